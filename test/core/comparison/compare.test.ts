import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compare } from '../../../src/core/comparison/compare.ts'
import type { Change, ComparedRun, ComparisonOptions, PrimaryMetric } from '../../../src/core/comparison/comparison.ts'
import { known, type Score } from '../../../src/core/score.ts'
import { aComparedRun, perSample, repeats, type Told } from '../../support/comparison-builder.ts'

const SENSITIVITY: PrimaryMetric = { metric: 'sensitivity', level: 'gene' }
const WALL: PrimaryMetric = { metric: 'wall_seconds', level: null }
const BEFORE = [0.8, 0.82, 0.7, 0.9, 0.85, 0.77, 0.6, 0.93]

const of = (
  baseline: readonly Told[],
  candidate: readonly Told[],
  {
    primary = [SENSITIVITY],
    options = {},
    runs = {},
  }: {
    primary?: readonly PrimaryMetric[]
    options?: ComparisonOptions
    runs?: { baseline?: Partial<ComparedRun>; candidate?: Partial<ComparedRun> }
  } = {},
) =>
  compare({
    baseline: [aComparedRun('run-a', baseline, runs.baseline)],
    candidate: [aComparedRun('run-b', candidate, runs.candidate)],
    primaryMetrics: primary,
    options,
  })

const changeOf = (comparison: { changes: readonly Change[] }, metric: string): Change => {
  const found = comparison.changes.find((change) => change.metric === metric)
  if (!found) throw new Error(`no change of ${metric}`)
  return found
}
const shifted = (values: readonly number[], by: (value: number, index: number) => number) => perSample(values.map(by))
const twice = (told: readonly Told[]): readonly Told[] => [...told, ...told.map((one) => ({ ...one, repeat: 2 }))]

describe('verdicts of paired samples', () => {
  test('better on every sample is improved, and the mirror image regressed', () => {
    const better = BEFORE.map((value, index) => value + 0.02 + index / 500)
    const up = of(perSample(BEFORE), perSample(better))
    expect(changeOf(up, 'sensitivity')).toMatchObject({
      ...{ verdict: 'improved', better: 'candidate', p: 0.0078125, pAdjusted: 0.0078125, correction: 'holm' },
      ...{ wins: 8, ties: 0, losses: 0, superiority: 1, rankBiserial: 1, nCommon: 8, effect: 0.027 },
      statistic: { method: 'sign_flip_exact', m: 8, level: 0.95, seed: null },
    })
    expect(up).toMatchObject({ verdict: 'improved', gate: { state: 'passed', failures: [] } })
    const down = of(perSample(better), perSample(BEFORE))
    expect(changeOf(down, 'sensitivity')).toMatchObject({ verdict: 'regressed', effect: -0.027, superiority: 0 })
    expect(down).toMatchObject({
      verdict: 'regressed',
      gate: { state: 'failed', failures: [{ metric: 'sensitivity' }] },
    })
  })

  test('as good as unchanged is equivalent, too noisy inconclusive with what would be needed', () => {
    const still = of(
      perSample(BEFORE),
      shifted(BEFORE, (value, index) => value + (index % 2 === 0 ? 0.002 : -0.002)),
    )
    expect(changeOf(still, 'sensitivity').verdict).toBe('equivalent')
    expect(still.gate.state).toBe('passed')
    const noisy = changeOf(
      of(
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
      of(
        perSample(BEFORE),
        shifted(BEFORE, (value) => value - 0.004),
      ),
      'sensitivity',
    )
    expect(change).toMatchObject({ verdict: 'equivalent', p: 0.0078125 })
  })

  test('five samples cannot show anything: the values are listed instead', () => {
    const change = changeOf(
      of(
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
    const comparison = of(before, after)
    expect(changeOf(comparison, 'sensitivity')).toMatchObject({
      verdict: 'changed-exact',
      isExact: true,
      better: 'baseline',
    })
    expect(comparison.gate.state).toBe('failed')
    expect(of(after, before).gate.state).toBe('passed')
    expect(changeOf(of(before, perSample([0.8, 0.9, 0.7])), 'sensitivity')).toMatchObject({
      verdict: 'equivalent',
      note: 'identical on all 3 samples (deterministic); says nothing of others',
    })
  })

  test('repeats that differ contradict a declaration that the metric is deterministic', () => {
    const before = [...perSample([0.8, 0.9]), { sample: 'S1', repeat: 2, sensitivity: 0.81 }]
    const change = changeOf(
      of(before, perSample([0.7, 0.8]), { options: { assumeExact: ['sensitivity'] } }),
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
    const change = changeOf(of([...perSample([0.8, 0.9, 0.7]), ...copied], perSample([0.8, 0.8, 0.7])), 'sensitivity')
    expect(change).toMatchObject({ isExact: false, verdict: 'inconclusive' })
  })

  test('repeats of a sample are averaged before samples are paired', () => {
    const noisy = BEFORE.flatMap((value, index) => [
      { sample: `S${index + 1}`, sensitivity: value - 0.1 },
      { sample: `S${index + 1}`, repeat: 2, sensitivity: value + 0.1 },
    ])
    expect(changeOf(of(perSample(BEFORE), noisy), 'sensitivity')).toMatchObject({
      nCommon: 8,
      effect: 0,
      verdict: 'equivalent',
    })
  })

  test('coverage below four fifths is warned about', () => {
    const change = changeOf(of(perSample(BEFORE), perSample(BEFORE.slice(0, 6))), 'sensitivity')
    expect(change).toMatchObject({ nCommon: 6, nSamples: { baseline: 8, candidate: 6 } })
    expect(change.statistic.warnings[0]).toMatch(/only 6 samples/)
  })

  test('counts: an absolute floor of one, and 5 % of their size', () => {
    const counts = (values: readonly number[]): readonly Told[] =>
      values.map((value, index) => {
        const score = { sample: `S${index + 1}`, metric: 'false_positives', level: 'gene', rank: null }
        return {
          sample: `S${index + 1}`,
          more: [{ ...score, ...known(value), unit: 'count', direction: 'lower' } as Score],
        }
      })
    const change = changeOf(of(counts([3, 4, 2, 5, 3, 4]), counts([4, 6, 3, 6, 5, 5])), 'false_positives')
    expect(change).toMatchObject({ verdict: 'regressed', correction: 'benjamini-hochberg', losses: 6 })
  })
})

describe('verdicts of repeats', () => {
  test('four repeats on each side are compared by ranks', () => {
    const comparison = of(repeats([1000, 1010, 990, 1005]), repeats([1200, 1210, 1190, 1220]), { primary: [WALL] })
    expect(changeOf(comparison, 'wall_seconds')).toMatchObject({
      ...{ verdict: 'regressed', effectScale: 'relative', better: 'baseline' },
      statistic: { method: 'mann_whitney_exact', n: [4, 4], m: null },
    })
  })

  test('two or three by Welch on logarithms, and the assumption is said', () => {
    const change = changeOf(
      of(repeats([1000, 1010, 990]), repeats([800, 790, 805]), { primary: [WALL] }),
      'wall_seconds',
    )
    expect(change).toMatchObject({ verdict: 'improved', statistic: { method: 'welch_t', n: [3, 3] } })
    expect(change.statistic.assumption).toMatch(/log-normal/)
  })

  test('single runs borrow a spread, or have no interval', () => {
    const alone = changeOf(of(repeats([1000]), repeats([1500]), { primary: [WALL] }), 'wall_seconds')
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
    const borrowed = changeOf(of(repeats([1000]), repeats([1500]), { primary: [WALL], options }), 'wall_seconds')
    expect(borrowed).toMatchObject({ verdict: 'regressed', statistic: { method: 'borrowed_t', df: 4 } })
  })

  test('below the floor of a minute nothing is a regression', () => {
    const change = changeOf(
      of(repeats([10, 10.1, 9.9, 10]), repeats([20, 20.1, 19.9, 20]), { primary: [WALL] }),
      'wall_seconds',
    )
    expect(change.verdict).toBe('equivalent')
    const lowered = { primary: [WALL], options: { floors: { wall_seconds: 1 } } }
    expect(
      changeOf(of(repeats([10, 10.1, 9.9, 10]), repeats([20, 20.1, 19.9, 20]), lowered), 'wall_seconds').verdict,
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
      of(repeats([1000, 1010, 990, 1005]), repeats([1000, 1010, 990, 4000]), { primary: [WALL] }),
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
    const comparison = of(repeats([1000]), reused, { primary: [WALL] })
    expect(comparison.changes.filter(({ metric }) => metric === 'wall_seconds')).toEqual([])
    expect(comparison.gate.state).toBe('undecided')
  })
})

describe('what must agree', () => {
  test('another truth forbids comparing scores and names the key', () => {
    const comparison = of(perSample(BEFORE), perSample(BEFORE), {
      runs: { candidate: { comparability: { benchmark_type: 'amr-detection', truth_sha256: 'b' } } },
      options: { controlled: ['truth_sha256'] },
    })
    expect(comparison.notComparable).toEqual([
      { key: 'truth_sha256', baseline: 'a', candidate: 'b', forbids: 'scores', pipeline: null, controlledBy: null },
    ])
    expect(changeOf(comparison, 'sensitivity')).toMatchObject({
      ...{ verdict: 'not-comparable', note: 'differs: truth_sha256 (a / b)', effect: null, p: null },
      gates: [{ gate: 'comparable', isPassed: false }],
    })
    expect(comparison).toMatchObject({
      verdict: 'not-comparable',
      gate: { state: 'undecided' },
      family: { primary: 0 },
    })
    expect(comparison.warnings[0]).toMatch(/truth_sha256 cannot be made to differ/)
  })

  test('another machine forbids comparing resources only, and one nobody knows too', () => {
    const told = BEFORE.map((value, index) => ({ sample: `S${index}`, sensitivity: value, wallSeconds: 100 }))
    for (const machine of ['m2', null]) {
      const comparison = of(told, told, { runs: { candidate: { machine } } })
      expect(changeOf(comparison, 'sensitivity').verdict).toBe('equivalent')
      expect(changeOf(comparison, 'wall_seconds').verdict).toBe('not-comparable')
    }
  })

  test('another instrument is not comparable', () => {
    const other = repeats([1000]).map((told) => ({ ...told, change: { resources: null } }))
    const run = aComparedRun('run-b', repeats([1000, 1001]))
    const executions = run.executions.map((execution) => ({
      ...execution,
      resources: execution.resources && {
        ...execution.resources,
        method: { ...execution.resources.method, agent: 'gnu-time' },
      },
    }))
    const comparison = of(repeats([1000, 1002]), other, { runs: { candidate: { executions } } })
    expect(changeOf(comparison, 'wall_seconds').note).toMatch(/measuring method/)
  })

  test('another database forbids comparing that pipeline, unless it differs on purpose', () => {
    const runs = {
      baseline: { databases: { kma: { resfinder: '2024' } } },
      candidate: { databases: { kma: { resfinder: '2026' } } },
    }
    const better = BEFORE.map((value) => value + 0.05)
    const refused = of(perSample(BEFORE), perSample(better), { runs })
    expect(changeOf(refused, 'sensitivity').note).toBe('differs: database:resfinder (2024 / 2026)')
    const allowed = of(perSample(BEFORE), perSample(better), { runs, options: { controlled: ['database'] } })
    expect(changeOf(allowed, 'sensitivity').verdict).toBe('improved')
    expect(allowed).toMatchObject({ notComparable: [], controlled: [{ key: 'database:resfinder' }] })
  })
})

describe('failures and families', () => {
  test('a new failure is a regression whatever p, and one that works again is fixed', () => {
    const failing = perSample(BEFORE).map((told, index) =>
      index === 3 ? { ...told, change: { state: 'failed' as const } } : told,
    )
    const worse = of(perSample(BEFORE), failing)
    expect(worse).toMatchObject({ verdict: 'new-failure', gate: { state: 'failed' } })
    expect(changeOf(worse, 'success_rate')).toMatchObject({
      verdict: 'new-failure',
      note: 'newly failing: S4',
      p: 1,
      candidate: 0.875,
    })
    expect(changeOf(of(failing, perSample(BEFORE)), 'success_rate').verdict).toBe('fixed')
  })

  test('primary metrics are corrected by Holm over pipelines, all others by Benjamini-Hochberg', () => {
    const told = (by: number): readonly Told[] =>
      ['kma', 'other', 'third'].flatMap((pipeline) =>
        BEFORE.map((value, index) => ({ pipeline, sample: `S${index}`, sensitivity: value + by + index / 1000 })),
      )
    const comparison = of(
      told(0),
      told(0.05).map((one, index) => ({ ...one, sensitivity: (one.sensitivity ?? 0) + (index % 8) / 500 })),
    )
    expect(comparison.family).toEqual({ primary: 3, others: 0, alpha: 0.05 })
    expect(
      comparison.changes.filter(({ metric }) => metric === 'sensitivity').map(({ pAdjusted }) => pAdjusted),
    ).toEqual(new Array(3).fill(0.0234375))
  })

  test('a primary metric without a rank means the most telling one', () => {
    const ranked = (by: number): readonly Told[] =>
      BEFORE.map((value, index) => ({
        sample: `S${index}`,
        more: ['genus', 'species', 'phylum'].map((rank): Score => ({
          ...{
            sample: `S${index}`,
            metric: 'bray_curtis_distance',
            level: null,
            rank,
            unit: 'ratio',
            direction: 'lower',
          },
          ...known(value + by * (1 + index / 10)),
        })),
      }))
    const comparison = of(ranked(0), ranked(0.03), { primary: [{ metric: 'bray_curtis_distance', level: null }] })
    expect(comparison.changes.filter(({ isPrimary }) => isPrimary).map(({ rank }) => rank)).toEqual(['species'])
    expect(comparison.gate.failures).toHaveLength(1)
  })

  test('what has no partner and what nobody can be better at is left out by name', () => {
    const described: Score = {
      sample: 'S1',
      metric: 'taxon_counts',
      level: null,
      rank: 'species',
      ...known(4),
      unit: 'count',
      direction: 'none',
    }
    const comparison = of(
      [...perSample(BEFORE), { sample: 'S1', pipeline: 'old', more: [] }],
      [{ sample: 'S1', more: [described] }],
    )
    expect(comparison.leftOut.map(({ pipeline, metric, reason }) => [pipeline, metric, reason])).toEqual([
      ['old', null, 'only-in-baseline'],
      ['kma', 'sensitivity', 'only-in-baseline'],
      ['kma', 'taxon_counts', 'descriptive'],
    ])
  })
})

describe('laws', () => {
  const value = fc.integer({ min: 1, max: 100 }).map((percent) => percent / 100)
  const pairs = fc.array(
    fc.tuple(value, value, fc.integer({ min: 50, max: 5000 }), fc.integer({ min: 50, max: 5000 })),
    { minLength: 1, maxLength: 20 },
  )
  const sideOf = (rows: readonly (readonly [number, number, number, number])[], side: 0 | 1): readonly Told[] =>
    rows.map((row, index) => ({ sample: `S${index}`, sensitivity: row[side], wallSeconds: row[side === 0 ? 2 : 3] }))
  const MIRROR: Readonly<Record<string, string>> = {
    improved: 'regressed',
    regressed: 'improved',
    'new-failure': 'fixed',
    fixed: 'new-failure',
  }

  test('swapping the sides mirrors every verdict, effect and p', () => {
    fc.assert(
      fc.property(pairs, (rows) => {
        const [a, b] = [aComparedRun('a', sideOf(rows, 0)), aComparedRun('b', sideOf(rows, 1))]
        const there = compare({ baseline: [a], candidate: [b], primaryMetrics: [SENSITIVITY, WALL] })
        const back = compare({ baseline: [b], candidate: [a], primaryMetrics: [SENSITIVITY, WALL] })
        for (const change of there.changes) {
          const mirrored = changeOf(back, change.metric)
          expect(mirrored.verdict).toBe(MIRROR[change.verdict] ?? change.verdict)
          expect(mirrored.p).toBe(change.p)
          expect([mirrored.wins, mirrored.losses]).toEqual([change.losses, change.wins])
          if (change.effectScale === 'absolute' && change.low !== null) {
            expect(mirrored.effect).toBeCloseTo(-(change.effect ?? NaN), 6)
            expect(mirrored.low).toBeCloseTo(-(change.high ?? NaN), 6)
          }
        }
      }),
      { numRuns: 60 },
    )
  })

  test('the order of runs and executions changes nothing', () => {
    fc.assert(
      fc.property(pairs, (rows) => {
        const sides = [0, 1].map((side) =>
          [1, 2].map((part) => aComparedRun(`${side}-${part}`, sideOf(rows, side === 0 ? 0 : 1))),
        )
        const turned = sides.map((runs) =>
          [...runs].reverse().map((run) => ({ ...run, executions: [...run.executions].reverse() })),
        )
        const ask = ([baseline = [], candidate = []]: readonly (readonly ComparedRun[])[]) =>
          compare({ baseline, candidate, primaryMetrics: [SENSITIVITY] })
        expect(ask(turned)).toEqual(ask(sides))
      }),
      { numRuns: 40 },
    )
  })

  test('a sample on which both sides are the same never turns a shown difference around, nor lowers p', () => {
    fc.assert(
      fc.property(pairs, value, (rows, same) => {
        const more = [...rows, [same, same, 100, 100] as const]
        const ask = (of_: readonly (readonly [number, number, number, number])[]) =>
          changeOf(
            compare({
              baseline: [aComparedRun('a', sideOf(of_, 0))],
              candidate: [aComparedRun('b', sideOf(of_, 1))],
              primaryMetrics: [SENSITIVITY],
            }),
            'sensitivity',
          )
        const [before, after] = [ask(rows), ask(more)]
        if (before.p !== null && rows.length < 16) expect(after.p).toBe(before.p)
        expect(Math.abs(after.effect ?? 0)).toBeLessThanOrEqual(Math.abs(before.effect ?? 0) + 1e-9)
        expect(new Set([before.verdict, after.verdict])).not.toEqual(new Set(['improved', 'regressed']))
      }),
      { numRuns: 60 },
    )
  })

  test('the unit of a time does not matter, but for the floor', () => {
    fc.assert(
      fc.property(pairs, fc.integer({ min: 2, max: 1000 }), (rows, factor) => {
        const options = { floors: { wall_seconds: 0 } }
        const ask = (by: number) => {
          const told = (side: 0 | 1) =>
            sideOf(rows, side).flatMap((one) =>
              [1, 1.01, 1.03].map((noise, index) => ({
                ...one,
                repeat: index + 1,
                wallSeconds: (one.wallSeconds ?? 0) * noise * by,
              })),
            )
          return changeOf(of(told(0), told(1), { primary: [WALL], options }), 'wall_seconds')
        }
        const [one, many] = [ask(1), ask(factor)]
        expect(many.verdict).toBe(one.verdict)
        expect(many.effect).toBeCloseTo(one.effect ?? NaN, 4)
      }),
      { numRuns: 40 },
    )
  })
})
