import { describe, expect, test } from 'vitest'
import { isComparable } from '../../../src/core/comparison/comparability.ts'
import { comparedRun } from '../../../src/core/comparison/compared-run.ts'
import { SUCCESS_RATE } from '../../../src/core/comparison/failures.ts'
import { versionKeys } from '../../../src/core/metrics/metric-versions.ts'
import type { Execution } from '../../../src/core/run.ts'
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

const [OLD, NEW] = ['1'.repeat(64), '9'.repeat(64)]

/** Eight samples of a pipeline that read these databases, with sensitivities moved by so much. */
const having = (databases: Execution['databases'], by = 0): readonly Told[] =>
  perSample(BEFORE.map((value) => value + by)).map((told) => ({ ...told, change: { databases } }))

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
    const [before, after] = [having({ resfinder: OLD }), having({ resfinder: NEW }, 0.05)]
    const refused = compareTold(before, after)
    expect(refused.verdict).toBe('not-comparable')
    expect(changeOf(refused, 'sensitivity').note).toBe(
      `differs: database:resfinder (${OLD.slice(0, 12)} / ${NEW.slice(0, 12)})`,
    )
    expect(refused.notComparable).toEqual([
      {
        ...{ key: 'database:resfinder', baseline: OLD, candidate: NEW, forbids: 'pipeline', pipeline: 'kma' },
        controlledBy: 'database',
      },
    ])
    const allowed = compareTold(before, after, { options: { controlled: ['database'] } })
    expect(changeOf(allowed, 'sensitivity').verdict).toBe('improved')
    expect(allowed).toMatchObject({ notComparable: [], controlled: [{ key: 'database:resfinder' }] })
  })

  test.each<[string, Execution['databases'], Execution['databases'], string, string]>([
    ['a database only one side has', {}, { card: NEW }, 'none', NEW],
    ['one that went', { card: OLD }, {}, OLD, 'none'],
  ])('%s differs', (_, before, after, baseline, candidate) => {
    const { notComparable } = compareTold(having(before), having(after))
    expect(notComparable).toMatchObject([{ key: 'database:card', baseline, candidate }])
  })

  test('a database that changed before the run was resumed differs from either version', () => {
    const mixed = having({ resfinder: OLD }).map((told, index) =>
      index < 4 ? told : { ...told, change: { databases: { resfinder: NEW } } },
    )
    for (const databases of [{ resfinder: OLD }, { resfinder: NEW }])
      expect(compareTold(having(databases), mixed)).toMatchObject({
        verdict: 'not-comparable',
        notComparable: [{ candidate: [OLD, NEW].join(' and ') }],
      })
    expect(compareTold(mixed, mixed).verdict).toBe('not-comparable')
  })

  test('a side that does not tell is compared, and that nobody could check is said', () => {
    const worse = having(null, -0.1)
    const comparison = compareTold(having({ resfinder: OLD }), worse)
    expect(comparison).toMatchObject({ verdict: 'regressed', notComparable: [], controlled: [] })
    expect(comparison.unchecked).toEqual([
      { pipeline: 'kma', database: 'resfinder', baseline: OLD, candidate: 'unknown' },
    ])
    expect(comparison.warnings).toEqual([
      `not checked: whether kma read the same version of the database resfinder on both sides (baseline: ${OLD.slice(0, 12)}, this run: unknown)`,
    ])
    const neither = compareTold(having(null), worse)
    expect(neither.unchecked).toEqual([{ pipeline: 'kma', database: null, baseline: 'unknown', candidate: 'unknown' }])
    expect(compareTold(having({ resfinder: null }), worse).unchecked).toMatchObject([{ database: 'resfinder' }])
  })

  test('the same databases, and none at all, are nothing to speak of', () => {
    for (const databases of [{ resfinder: OLD }, {}])
      expect(compareTold(having(databases), having(databases))).toMatchObject({
        ...{ notComparable: [], controlled: [], unchecked: [], warnings: [] },
      })
  })

  test('executions that never ran say nothing about databases', () => {
    const skipped = { sample: 'S9', change: { state: 'skipped' as const, databases: null, resources: null } }
    const before = having({ resfinder: OLD })
    expect(compareTold(before, [...before, skipped]).unchecked).toEqual([])
  })

  test('two pipelines held against each other have databases of their own, which are told', () => {
    const rival = having({ card: NEW }).map((told) => ({ ...told, pipeline: 'rgi' }))
    const comparison = compareTold(having({ resfinder: OLD }), rival, {
      options: {
        matches: [
          {
            baseline: { pipeline: 'kma', params: { min_identity: 90 } },
            candidate: { pipeline: 'rgi', params: { min_identity: 90 } },
          },
        ],
      },
    })
    expect(comparison.notComparable).toEqual([])
    expect(changeOf(comparison, 'sensitivity').verdict).toBe('equivalent')
    expect(comparison.controlled).toMatchObject([
      { key: 'database:card', baseline: 'none', candidate: NEW, pipeline: 'rgi' },
      { key: 'database:resfinder', baseline: OLD, candidate: 'none', pipeline: 'rgi' },
    ])
  })

  test('a metric whose definition changed is not compared; the others are', () => {
    const precision = (told: Told): Told => ({
      ...told,
      more: [
        {
          ...{ sample: told.sample, metric: 'precision', level: 'gene', rank: null },
          ...{ ...known(0.9), unit: 'ratio', direction: 'higher' as const },
        },
      ],
    })
    const both = having({}).map(precision)
    const comparability = { benchmark_type: 'amr-detection', truth_sha256: 'a' }
    const later = {
      ...comparability,
      ...versionKeys([{ metric: 'sensitivity' }], (id) => (id === 'sensitivity' ? '2' : '1')),
    }
    const comparison = compareTold(both, both, { runs: { candidate: { comparability: later } } })
    expect(changeOf(comparison, 'sensitivity')).toMatchObject({
      ...{ verdict: 'not-comparable', note: 'differs: metric version (1 / 2)' },
    })
    expect(changeOf(comparison, 'precision').verdict).toBe('equivalent')
    expect(isComparable({ comparability }, { comparability: later })).toBe(false)
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
