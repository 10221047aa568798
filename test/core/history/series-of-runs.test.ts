import { expect, test } from 'vitest'
import { judgeHistory } from '../../../src/core/history/judge-history.ts'
import { seriesOfRuns } from '../../../src/core/history/series-of-runs.ts'
import { aComparedRun, type Told } from '../../support/comparison-builder.ts'

const told = (value: number, wallSeconds: number): readonly Told[] =>
  [1, 2].flatMap((repeat) =>
    ['S1', 'S2'].map((sample, index) => ({
      sample,
      repeat,
      sensitivity: value + index / 10,
      wallSeconds: wallSeconds * (index + 1),
    })),
  )

test('runs become series: one for each metric, resources apart by machine, scores by what they were scored against', () => {
  const runs = [
    aComparedRun('r1', told(0.8, 100)),
    aComparedRun('r2', told(0.7, 110), { machine: 'm2' }),
    aComparedRun('r3', told(0.6, 120), { comparability: { truth_sha256: 'other' } }),
    aComparedRun('r4', [{ sample: 'S1', change: { state: 'failed', scores: [], resources: null } }]),
  ]
  const series = seriesOfRuns(runs, [{ metric: 'sensitivity', level: 'gene' }], {
    labels: new Map([['r1', 'v1.0']]),
    isBlessed: (runId, { pipeline }) => runId === 'r2' && pipeline === 'kma',
  })
  const told_ = series.map(({ definition, isPrimary, points }) => [
    definition.id,
    isPrimary,
    points.map(({ label, values, isBlessed }) => [label, values.map((value) => Number(value.toFixed(4))), isBlessed]),
  ])
  expect(told_).toEqual([
    [
      'sensitivity',
      true,
      [
        ['v1.0', [0.85, 0.85], false],
        ['r2', [0.75, 0.75], true],
        ['r4', [], false],
      ],
    ],
    [
      'wall_seconds',
      false,
      [
        ['v1.0', [141.4214, 141.4214], false],
        ['r4', [], false],
      ],
    ],
    ['wall_seconds', false, [['r2', [155.5635, 155.5635], true]]],
    ['sensitivity', true, [['r3', [0.65, 0.65], false]]],
    ['wall_seconds', false, [['r3', [169.7056, 169.7056], false]]],
  ])
  expect(judgeHistory(series).unjudged).toEqual({ missing: 2, 'too short': 3 })
})

test('a run that failed on a sample has no level, instead of one over fewer samples', () => {
  const partly = told(0.8, 100).filter(({ sample }) => sample === 'S1')
  const runs = [aComparedRun('r1', told(0.8, 100)), aComparedRun('r2', told(0.8, 100)), aComparedRun('r3', partly)]
  const [sensitivity] = seriesOfRuns(runs, [])
  expect(sensitivity?.points.map(({ values }) => values.length)).toEqual([2, 2, 0])
})

test('outputs that were reused give a level, but what they cost was measured once', () => {
  const reused = told(0.7, 100).map((one, index) => ({
    ...one,
    change: { state: 'cached' as const, cachedFrom: { runId: 'r1', executionId: index + 1, finishedAt: null } },
  }))
  const runs = [aComparedRun('r1', told(0.7, 100)), aComparedRun('r2', reused), aComparedRun('r3', told(0.7, 90))]
  const series = seriesOfRuns(runs, [])
  expect(series.map(({ definition, points }) => [definition.id, points.map(({ values }) => values.length)])).toEqual([
    ['sensitivity', [2, 2, 2]],
    ['wall_seconds', [2, 0, 2]],
  ])
})
