import { expect, test } from 'vitest'
import { observationsOfRuns, type SourcedRun } from '../../../src/core/ranking/observations-of-runs.ts'
import { known, missing } from '../../../src/core/score.ts'
import { anExecution, aRun, someResources } from '../../support/run-builder.ts'

const sourced = (run: SourcedRun['run']): SourcedRun => ({
  run,
  dataset: 'mini@1',
  machine: 'm1',
  trust: 'local',
  contributor: 'me',
})

const score = {
  sample: 'S1',
  metric: 'sensitivity',
  level: 'gene',
  rank: null,
  unit: 'ratio',
  direction: 'higher',
} as const

test('scores, resources and success of executions become rows, warm-ups do not', () => {
  const run = aRun({
    executions: [
      anExecution({
        scores: [{ ...score, ...known(0.9) }],
        resources: someResources({ wallSeconds: 12, readBytes: null }),
      }),
      anExecution({ id: 2, repeat: 2, scores: [{ ...score, ...missing('no_truth') }], resources: null }),
      anExecution({ id: 3, warmup: true }),
      anExecution({ id: 4, sample: 'S10', state: 'timed_out', scores: [] }),
      anExecution({ id: 5, sample: 'S10', state: 'cancelled', scores: [] }),
    ],
  })
  const rows = observationsOfRuns([sourced(run)])
  const of = (metric: string): unknown[] =>
    rows.filter((row) => row.metric === metric).map(({ sample, value, reason }) => [sample, value, reason])
  expect(of('sensitivity')).toEqual([
    ['S1', 0.9, null],
    ['S1', null, 'no_truth'],
  ])
  expect(of('wall_seconds')).toEqual([
    ['S1', 12, null],
    ['S1', null, 'not_measured'],
  ])
  expect(of('success_rate')).toEqual([
    ['S1', 1, null],
    ['S1', 1, null],
    ['S10', 0, null],
  ])
  for (const row of rows) expect((row.value === null) !== (row.reason === null)).toBe(true)
  expect(rows[0]).toMatchObject({
    dataset: 'mini@1',
    machine: 'm1',
    trust: 'local',
    contributor: 'me',
    runId: run.runId,
  })
})

test('outputs reused from another of the runs count once', () => {
  const first = aRun({ runId: 'first', executions: [anExecution()] })
  const cachedFrom = { runId: 'first', executionId: 1, finishedAt: null }
  const second = aRun({ runId: 'second', executions: [anExecution({ state: 'cached', cachedFrom })] })
  const both = observationsOfRuns([sourced(first), sourced(second)])
  expect(new Set(both.map(({ runId }) => runId))).toEqual(new Set(['first']))
  expect(observationsOfRuns([sourced(second)]).length).toBe(both.length)
})
