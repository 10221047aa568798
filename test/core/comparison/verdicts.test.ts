import { describe, expect, test } from 'vitest'
import { compare } from '../../../src/core/comparison/compare.ts'
import { gateOf } from '../../../src/core/comparison/gate.ts'
import { known } from '../../../src/core/score.ts'
import {
  changeOf,
  compareTold,
  BEFORE,
  WALL,
  shifted,
  twice,
  aComparedRun,
  perSample,
  repeats,
  type Told,
} from '../../support/comparison-builder.ts'

test('what is undecided, or not even declared, fails the gate only where that is asked for', () => {
  const undecided = compareTold(perSample([0.9, 0.8]), perSample([0.8, 0.9]))
  const improved = compareTold(
    perSample(BEFORE),
    shifted(BEFORE, (value, index) => value + 0.02 + index / 500),
  )
  expect(undecided.gate).toMatchObject({ state: 'undecided', failures: [], inconclusive: 'pass' })
  expect(gateOf(undecided.changes, 'fail')).toMatchObject({ state: 'failed', failures: [], inconclusive: 'fail' })
  expect(gateOf(undecided.changes, 'fail').undecided.map(({ metric }) => metric)).toEqual(['sensitivity'])
  expect(gateOf(improved.changes, 'fail').state).toBe('passed')
  expect(gateOf([], 'fail').state).toBe('failed')
})

describe('verdicts of paired samples', () => {
  test('better on every sample is improved, and the mirror image regressed', () => {
    const better = BEFORE.map((value, index) => value + 0.02 + index / 500)
    const up = compareTold(perSample(BEFORE), perSample(better))
    expect(changeOf(up, 'sensitivity')).toMatchObject({
      ...{ verdict: 'improved', better: 'candidate', p: 0.0078125, pAdjusted: 0.0078125, correction: 'holm' },
      ...{ wins: 8, ties: 0, losses: 0, superiority: 1, rankBiserial: 1, nCommon: 8, effect: 0.027 },
      statistic: { method: 'sign_flip_exact', m: 8, level: 0.95, seed: null },
    })
    expect(up).toMatchObject({ verdict: 'improved', gate: { state: 'passed', failures: [] } })
    const down = compareTold(perSample(better), perSample(BEFORE))
    expect(changeOf(down, 'sensitivity')).toMatchObject({ verdict: 'regressed', effect: -0.027, superiority: 0 })
    expect(down).toMatchObject({
      verdict: 'regressed',
      gate: { state: 'failed', failures: [{ metric: 'sensitivity' }] },
    })
  })

  test('as good as unchanged is equivalent, too noisy inconclusive with what would be needed', () => {
    const still = compareTold(
      perSample(BEFORE),
      shifted(BEFORE, (value, index) => value + (index % 2 === 0 ? 0.002 : -0.002)),
    )
    expect(changeOf(still, 'sensitivity').verdict).toBe('equivalent')
    expect(still.gate.state).toBe('passed')
    const noisy = changeOf(
      compareTold(
        perSample(BEFORE),
        shifted(BEFORE, (value, index) => value + (index % 2 === 0 ? 0.06 : -0.04)),
      ),
      'sensitivity',
    )
    expect(noisy).toMatchObject({ verdict: 'inconclusive', needed: { what: 'samples' } })
    expect(noisy.needed?.forSmallestEffect).toBeGreaterThan(100)
  })

  test('shown to differ, but by less than 0.01, is not a regression', () => {
    const change = changeOf(
      compareTold(
        perSample(BEFORE),
        shifted(BEFORE, (value) => value - 0.004),
      ),
      'sensitivity',
    )
    expect(change).toMatchObject({ verdict: 'equivalent', p: 0.0078125 })
  })

  test('five samples cannot show anything: the values are listed instead', () => {
    const change = changeOf(
      compareTold(
        perSample(BEFORE.slice(0, 5)),
        shifted(BEFORE.slice(0, 5), (value) => value - 0.1),
      ),
      'sensitivity',
    )
    expect(change).toMatchObject({
      verdict: 'inconclusive',
      p: null,
      low: null,
      note: 'needs >= 6 common samples, there are 5',
    })
    expect(change.values).toHaveLength(5)
    expect(change.effect).toBe(-0.1)
  })

  test('a deterministic metric that changed on few samples is changed-exact, and fails a gate when worse', () => {
    const [before, after] = [twice(perSample([0.8, 0.9, 0.7])), perSample([0.8, 0.85, 0.65])]
    const comparison = compareTold(before, after)
    expect(changeOf(comparison, 'sensitivity')).toMatchObject({
      verdict: 'changed-exact',
      isExact: true,
      better: 'baseline',
    })
    expect(comparison.gate.state).toBe('failed')
    expect(compareTold(after, before).gate.state).toBe('passed')
    expect(changeOf(compareTold(before, perSample([0.8, 0.9, 0.7])), 'sensitivity')).toMatchObject({
      verdict: 'equivalent',
      note: 'identical on all 3 samples (deterministic); says nothing of others',
    })
  })

  test('repeats that differ contradict a declaration that the metric is deterministic', () => {
    const before = [...perSample([0.8, 0.9]), { sample: 'S1', repeat: 2, sensitivity: 0.81 }]
    const change = changeOf(
      compareTold(before, perSample([0.7, 0.8]), { options: { assumeExact: ['sensitivity'] } }),
      'sensitivity',
    )
    expect(change).toMatchObject({ verdict: 'inconclusive', isExact: false })
    expect(change.statistic.warnings).toContain('declared deterministic, but repeats of the same sample differ')
  })

  test('a second execution of reused outputs proves nothing about determinism', () => {
    const copied = perSample([0.8, 0.9, 0.7]).map((told, index) => ({
      ...{ ...told, repeat: 2 },
      change: { state: 'cached' as const, cachedFrom: { runId: 'run-a', executionId: index + 1, finishedAt: null } },
    }))
    const change = changeOf(
      compareTold([...perSample([0.8, 0.9, 0.7]), ...copied], perSample([0.8, 0.8, 0.7])),
      'sensitivity',
    )
    expect(change).toMatchObject({ isExact: false, verdict: 'inconclusive' })
  })

  test('repeats of a sample are averaged before samples are paired', () => {
    const noisy = BEFORE.flatMap((value, index) => [
      { sample: `S${index + 1}`, sensitivity: value - 0.1 },
      { sample: `S${index + 1}`, repeat: 2, sensitivity: value + 0.1 },
    ])
    expect(changeOf(compareTold(perSample(BEFORE), noisy), 'sensitivity')).toMatchObject({
      nCommon: 8,
      effect: 0,
      verdict: 'equivalent',
    })
  })

  test('coverage below four fifths is warned about', () => {
    const change = changeOf(compareTold(perSample(BEFORE), perSample(BEFORE.slice(0, 6))), 'sensitivity')
    expect(change).toMatchObject({ nCommon: 6, nSamples: { baseline: 8, candidate: 6 } })
    expect(change.statistic.warnings[0]).toMatch(/only 6 samples/)
  })

  test('counts: an absolute floor of one, and 5 % of their size', () => {
    const counts = (values: readonly number[]): readonly Told[] =>
      values.map((value, index) => {
        const score = { sample: `S${index + 1}`, metric: 'false_positives', level: 'gene', rank: null }
        return {
          sample: `S${index + 1}`,
          more: [{ ...score, ...known(value), unit: 'count', direction: 'lower' }],
        }
      })
    const change = changeOf(compareTold(counts([3, 4, 2, 5, 3, 4]), counts([4, 6, 3, 6, 5, 5])), 'false_positives')
    expect(change).toMatchObject({ verdict: 'regressed', correction: 'benjamini-hochberg', losses: 6 })
  })
})

describe('verdicts of repeats', () => {
  test('four repeats on each side are compared by ranks', () => {
    const comparison = compareTold(repeats([1000, 1010, 990, 1005]), repeats([1200, 1210, 1190, 1220]), {
      primary: [WALL],
    })
    expect(changeOf(comparison, 'wall_seconds')).toMatchObject({
      ...{ verdict: 'regressed', effectScale: 'relative', better: 'baseline' },
      statistic: { method: 'mann_whitney_exact', n: [4, 4], m: null },
    })
  })

  test('two or three by Welch on logarithms, and the assumption is said', () => {
    const change = changeOf(
      compareTold(repeats([1000, 1010, 990]), repeats([800, 790, 805]), { primary: [WALL] }),
      'wall_seconds',
    )
    expect(change).toMatchObject({ verdict: 'improved', statistic: { method: 'welch_t', n: [3, 3] } })
    expect(change.statistic.assumption).toMatch(/log-normal/)
  })

  test('single runs borrow a spread, or have no interval', () => {
    const alone = changeOf(compareTold(repeats([1000]), repeats([1500]), { primary: [WALL] }), 'wall_seconds')
    expect(alone).toMatchObject({ verdict: 'inconclusive', p: null, effect: 0.5 })
    expect(alone.note).toMatch(/no interval \(n=1\)/)
    const options = {
      storedRepeats: {
        wall_seconds: [
          [100, 102, 99],
          [3000, 3050, 2990],
        ],
      },
    }
    const borrowed = changeOf(
      compareTold(repeats([1000]), repeats([1500]), { primary: [WALL], options }),
      'wall_seconds',
    )
    expect(borrowed).toMatchObject({ verdict: 'regressed', statistic: { method: 'borrowed_t', df: 4 } })
  })

  test('below the floor of a minute nothing is a regression', () => {
    const change = changeOf(
      compareTold(repeats([10, 10.1, 9.9, 10]), repeats([20, 20.1, 19.9, 20]), { primary: [WALL] }),
      'wall_seconds',
    )
    expect(change.verdict).toBe('equivalent')
    const lowered = { primary: [WALL], options: { floors: { wall_seconds: 1 } } }
    expect(
      changeOf(compareTold(repeats([10, 10.1, 9.9, 10]), repeats([20, 20.1, 19.9, 20]), lowered), 'wall_seconds')
        .verdict,
    ).toBe('regressed')
  })

  test('pipelines that ran in the same blocks are compared block by block', () => {
    const drift = [1, 1.5, 2, 2.5]
    const told = [
      ...repeats(
        drift.map((by) => 1000 * by),
        'kma',
      ),
      ...repeats(
        drift.map((by) => 1200 * by * (by === 2 ? 1.01 : 1)),
        'other',
      ),
    ]
    const run = aComparedRun('run-a', told)
    const params = run.executions[0]?.params ?? {}
    const matches = [{ baseline: { pipeline: 'kma', params }, candidate: { pipeline: 'other', params } }]
    const change = changeOf(
      compare({ baseline: [run], candidate: [run], primaryMetrics: [WALL], options: { matches, isInterleaved: true } }),
      'wall_seconds',
    )
    expect(change).toMatchObject({ verdict: 'regressed', statistic: { method: 'paired_t_blocks', m: 4 } })
  })

  test('a straggler is kept and flagged, and the median shown', () => {
    const change = changeOf(
      compareTold(repeats([1000, 1010, 990, 1005]), repeats([1000, 1010, 990, 4000]), { primary: [WALL] }),
      'wall_seconds',
    )
    expect(change.candidate).toBeCloseTo(1005, 0)
    expect(change.statistic.warnings[0]).toMatch(/stands far off/)
  })

  test('a measurement reused from the other side is not a second one', () => {
    const reused = repeats([1000]).map((told) => ({
      ...told,
      change: { state: 'cached' as const, cachedFrom: { runId: 'run-a', executionId: 1, finishedAt: null } },
    }))
    const comparison = compareTold(repeats([1000]), reused, { primary: [WALL] })
    expect(comparison.changes.filter(({ metric }) => metric === 'wall_seconds')).toEqual([])
    expect(comparison.gate.state).toBe('undecided')
    expect(comparison.warnings[0]).toMatch(/same on both sides .reused outputs.: 1;/)
  })
})
