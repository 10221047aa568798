import { describe, expect, test } from 'vitest'
import { comparedRun } from '../../../src/core/comparison/compared-run.ts'
import { SUCCESS_RATE } from '../../../src/core/comparison/failures.ts'
import { known, type Score } from '../../../src/core/score.ts'
import {
  changeOf,
  compareTold,
  BEFORE,
  WALL,
  shifted,
  aComparedRun,
  perSample,
  repeats,
  type Told,
} from '../../support/comparison-builder.ts'
import { aRun } from '../../support/run-builder.ts'

describe('what must agree', () => {
  test('another truth forbids comparing scores and names the key', () => {
    const comparison = compareTold(perSample(BEFORE), perSample(BEFORE), {
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
      const comparison = compareTold(told, told, { runs: { candidate: { machine } } })
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
    const comparison = compareTold(repeats([1000, 1002]), other, { runs: { candidate: { executions } } })
    expect(changeOf(comparison, 'wall_seconds').note).toMatch(/measuring method/)
  })

  test('another database forbids comparing that pipeline, unless it differs on purpose', () => {
    const runs = {
      baseline: { databases: { kma: { resfinder: '2024' } } },
      candidate: { databases: { kma: { resfinder: '2026' } } },
    }
    const better = BEFORE.map((value) => value + 0.05)
    const refused = compareTold(perSample(BEFORE), perSample(better), { runs })
    expect(changeOf(refused, 'sensitivity').note).toBe('differs: database:resfinder (2024 / 2026)')
    const allowed = compareTold(perSample(BEFORE), perSample(better), { runs, options: { controlled: ['database'] } })
    expect(changeOf(allowed, 'sensitivity').verdict).toBe('improved')
    expect(allowed).toMatchObject({ notComparable: [], controlled: [{ key: 'database:resfinder' }] })
  })
})

describe('small print', () => {
  test('averages that differ in the last bit are the same, and a difference of exactly 0.01 is large enough', () => {
    const thrice = perSample([0.1, 0.7, 0.3, 0.6, 0.9, 0.2]).flatMap((told) =>
      [1, 2, 3].map((repeat) => ({ ...told, repeat })),
    )
    expect(changeOf(compareTold(perSample([0.1, 0.7, 0.3, 0.6, 0.9, 0.2]), thrice), 'sensitivity')).toMatchObject({
      ...{ ties: 6, effect: 0, p: 1, verdict: 'equivalent' },
    })
    const lower = changeOf(
      compareTold(
        perSample(BEFORE),
        shifted(BEFORE, (value) => value - 0.01),
      ),
      'sensitivity',
    )
    expect(lower.verdict).toBe('regressed')
  })

  test('a single value of the whole data set cannot be tested', () => {
    const whole = (value: number): readonly Told[] => [
      {
        sample: 'S1',
        more: [
          {
            sample: null,
            metric: 'auroc',
            level: null,
            rank: null,
            ...known(value),
            unit: 'ratio',
            direction: 'higher',
          },
        ],
      },
    ]
    expect(changeOf(compareTold(whole(0.9), whole(0.8)), 'auroc')).toMatchObject({
      ...{ verdict: 'inconclusive', effect: -0.1, note: 'a single value of the whole data set cannot be tested' },
    })
  })

  test('a declared primary metric that is nowhere is warned about, and the gate does not pass for its lack', () => {
    const comparison = compareTold(perSample(BEFORE), perSample(BEFORE), {
      primary: [{ metric: 'precision', level: 'gene' }],
    })
    expect(comparison.warnings).toEqual(['the primary metric precision at gene is nowhere on both sides'])
    expect(comparison.gate.state).toBe('undecided')
  })

  test('too few repeats for the number of tests are told, with how many would do', () => {
    const primary = [WALL, { metric: 'peak_rss_bytes', level: null }]
    const told = (factor: number): readonly Told[] =>
      repeats([1000, 1010, 990, 1005].map((value) => value * factor)).map((one) => ({
        ...one,
        peakRssBytes: 1e9 * (one.wallSeconds ?? 0),
      }))
    const change = changeOf(compareTold(told(1), told(1.2), { primary }), 'wall_seconds')
    expect(change).toMatchObject({
      ...{ verdict: 'inconclusive', p: 0.0285714, pAdjusted: 0.0571429 },
      note: '4 repeats cannot pass the correction for 2 tests: needs >= 5',
    })
  })

  test('a stored run says which machine it ran on, where it knows', () => {
    expect(comparedRun(aRun({ environment: { machine_fingerprint: 'f1' } })).machine).toBe('f1')
    expect(comparedRun(aRun()).machine).toBeNull()
  })
})

describe('failures and families', () => {
  test('a new failure is a regression whatever p, and one that works again is fixed', () => {
    const failing = perSample(BEFORE).map((told, index) =>
      index === 3 ? { ...told, change: { state: 'failed' as const } } : told,
    )
    const worse = compareTold(perSample(BEFORE), failing)
    expect(worse).toMatchObject({ verdict: 'new-failure', gate: { state: 'failed' } })
    expect(changeOf(worse, SUCCESS_RATE)).toMatchObject({
      verdict: 'new-failure',
      note: 'newly failing: S4',
      p: 1,
      candidate: 0.875,
    })
    expect(changeOf(compareTold(failing, perSample(BEFORE)), 'success_rate').verdict).toBe('fixed')
  })

  test('primary metrics are corrected by Holm over pipelines, all others by Benjamini-Hochberg', () => {
    const told = (by: number): readonly Told[] =>
      ['kma', 'other', 'third'].flatMap((pipeline) =>
        BEFORE.map((value, index) => ({ pipeline, sample: `S${index}`, sensitivity: value + by + index / 1000 })),
      )
    const comparison = compareTold(
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
    const comparison = compareTold(ranked(0), ranked(0.03), {
      primary: [{ metric: 'bray_curtis_distance', level: null }],
    })
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
    const comparison = compareTold(
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
