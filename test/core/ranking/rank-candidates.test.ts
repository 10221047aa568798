import { describe, expect, test } from 'vitest'
import fc from 'fast-check'
import { type BoardRequest, makeBoard } from '../../../src/core/ranking/board.ts'
import type { HardConstraint } from '../../../src/core/ranking/hard-constraints.ts'
import type { Observation } from '../../../src/core/ranking/observation.ts'
import { rankCandidates, type Ranking } from '../../../src/core/ranking/rank-candidates.ts'
import { withSixDigits } from '../../../src/core/ranking/six-digits.ts'
import { observed, sampleNames, series } from '../../support/observations.ts'

const board = (samples: number, request: Partial<BoardRequest> = {}): ReturnType<typeof makeBoard> =>
  makeBoard({
    metrics: [
      { ...series('sensitivity'), weight: 3 },
      { ...series('precision'), weight: 1 },
    ],
    datasets: [{ dataset: 'mock', samples: sampleNames(samples) }],
    ...request,
  })

const names = (entries: readonly { readonly candidate: { readonly pipeline: string } }[]): readonly string[] =>
  entries.map(({ candidate }) => candidate.pipeline)

describe('scores on fixed anchors', () => {
  // By hand: kma = 3/4 · (0.9 + 0.7)/2 + 1/4 · (0.5 + 0.7)/2 = 0.75; rgi = 3/4 · 0.6 + 1/4 · 1 = 0.7.
  const rows = [
    ...observed({ pipeline: 'rgi', values: { sensitivity: [0.6, 0.6], precision: [1, 1] } }),
    ...observed({ pipeline: 'kma', values: { sensitivity: [0.9, 0.7], precision: [0.5, 0.7] } }),
  ]

  test('a score is the weighted mean of utilities', () => {
    const { entries } = rankCandidates({ board: board(2), rows })
    expect(names(entries)).toEqual(['kma', 'rgi'])
    expect(entries.map(({ score, rank }) => [score, rank])).toEqual([
      [0.75, 1],
      [0.7, 2],
    ])
  })

  test('the geometric score does not let a bad metric be bought off', () => {
    const zero = observed({ pipeline: 'zero', values: { sensitivity: [1, 1], precision: [0, 0] } })
    const arithmetic = rankCandidates({ board: board(2), rows: [...rows, ...zero] })
    const geometric = rankCandidates({ board: board(2, { aggregate: 'geometric' }), rows: [...rows, ...zero] })
    expect(names(geometric.entries)).toEqual(['kma', 'rgi', 'zero'])
    // 1^0.75 · 0.01^0.25
    expect(geometric.entries[2]?.score).toBeCloseTo(0.01 ** 0.25, 12)
    expect(arithmetic.entries.map(({ rank }) => rank)).toEqual([1, 1, 3])
  })

  test('datasets count by weight, whatever their number of samples', () => {
    const two = board(4, {
      datasets: [
        { dataset: 'mock', samples: sampleNames(4), weight: 1 },
        { dataset: 'gut', samples: sampleNames(1), weight: 3 },
      ],
      metrics: [series('sensitivity')],
    })
    const { entries } = rankCandidates({
      board: two,
      rows: [
        ...observed({ pipeline: 'kma', values: { sensitivity: [1, 1, 1, 1] } }),
        ...observed({ pipeline: 'kma', dataset: 'gut', values: { sensitivity: [0.2] } }),
      ],
    })
    expect(entries[0]?.score).toBeCloseTo(0.25 * 1 + 0.75 * 0.2, 12)
    expect(entries[0]?.figures[0]?.value).toBeCloseTo(0.4, 12)
  })

  test('repeats of a sample count once, times by their ratio', () => {
    const times = board(1, {
      metrics: [{ ...series('wall_seconds'), anchor: { worst: 1000, best: 10, scale: 'log' } }],
    })
    const { entries } = rankCandidates({
      board: times,
      rows: [
        ...observed({ pipeline: 'kma', runId: 'a', values: { wall_seconds: [10] } }),
        ...observed({ pipeline: 'kma', runId: 'b', values: { wall_seconds: [1000] } }),
      ],
    })
    expect(entries[0]?.figures[0]?.value).toBeCloseTo(100, 9)
    expect(entries[0]?.score).toBeCloseTo(0.5, 12)
  })

  test('values beyond an anchor count as the anchor and are shown as they are', () => {
    const narrow = board(1, {
      metrics: [{ ...series('f1_score'), anchor: { worst: 0.4, best: 0.8, scale: 'linear' } }],
    })
    const { entries } = rankCandidates({
      board: narrow,
      rows: observed({ pipeline: 'kma', values: { f1_score: [0.9] } }),
    })
    expect(entries[0]?.score).toBe(1)
    expect(entries[0]?.figures[0]?.unclampedUtility).toBeCloseTo(1.25, 12)
  })
})

describe('who is not ranked', () => {
  const complete = observed({ pipeline: 'kma', values: { sensitivity: [0.9, 0.7], precision: [0.5, 0.7] } })

  test('a required value missing: below the ranking, with its coverage and what is missing', () => {
    const failed = observed({
      pipeline: 'rgi',
      values: { sensitivity: [0.6, 'not_run'], precision: [1, 'not_run'], success_rate: [1, 0] },
    })
    const { entries, unranked } = rankCandidates({ board: board(2), rows: [...failed, ...complete] })
    expect(names(entries)).toEqual(['kma'])
    expect(unranked).toMatchObject([
      { reason: 'missing_required', coverage: 0.5, successRate: 0.5, candidate: { pipeline: 'rgi' } },
    ])
    expect(unranked[0]?.missing).toHaveLength(2)
    expect(unranked[0]?.missing[0]).toMatchObject({ sample: 's1', reason: 'not_run' })
  })

  test('an optional value missing: ranked by what it has shown, with the bounds of its score', () => {
    const optional = board(2, {
      metrics: [
        { ...series('sensitivity'), weight: 3 },
        { ...series('precision'), weight: 1, required: false },
      ],
    })
    const partial = observed({ pipeline: 'rgi', values: { sensitivity: [1, 1], precision: [0.4, 'no_prediction'] } })
    const { entries } = rankCandidates({ board: optional, rows: [...partial, ...complete] })
    expect(entries[0]?.candidate.pipeline).toBe('rgi')
    expect(entries[0]?.scoreRange?.low).toBeCloseTo(0.75 + 0.25 * 0.2, 12)
    expect(entries[0]?.scoreRange?.high).toBeCloseTo(0.75 + 0.25 * 0.7, 12)
    expect(entries[0]?.coverage).toBe(0.75)
  })

  test('a metric declared not to apply leaves its weight to the others, and says so', () => {
    const without = observed({
      pipeline: 'rgi',
      values: { sensitivity: [0.6, 0.6], precision: ['not_applicable', 'not_applicable'] },
    })
    const { entries } = rankCandidates({ board: board(2), rows: [...without, ...complete] })
    expect(entries[1]).toMatchObject({ score: 0.6, renormalised: ['precision'], coverage: 1 })
  })

  test('a broken constraint comes before every score, and unknown values do not meet it', () => {
    const constraints: readonly HardConstraint[] = [
      { name: 'max_memory', kind: 'maximum', limit: 10, ...series('peak_rss_bytes'), judgedBy: 'worst' },
    ]
    const fits = observed({
      pipeline: 'rgi',
      values: { sensitivity: [0.1, 0.1], precision: [0, 0], peak_rss_bytes: [9, 10] },
    })
    const tooBig = observed({
      pipeline: 'abricate',
      values: { sensitivity: [1, 1], precision: [1, 1], peak_rss_bytes: [1, 11] },
    })
    const { entries, excluded } = rankCandidates({
      board: board(2),
      rows: [...fits, ...tooBig, ...complete],
      constraints,
    })
    expect(names(entries)).toEqual(['rgi'])
    expect(
      excluded.map(({ candidate, broken }) => [candidate.pipeline, broken[0]?.constraint, broken[0]?.value]),
    ).toEqual([
      ['abricate', 'max_memory', 11],
      ['kma', 'max_memory', null],
    ])
  })

  test('rows of sources nobody trusts do not count and are counted', () => {
    const doubtful = observed({
      pipeline: 'rgi',
      trust: 'unsigned',
      values: { sensitivity: [1, 1], precision: [1, 1] },
    })
    const ranking = rankCandidates({ board: board(2), rows: [...doubtful, ...complete], trusted: ['owner'] })
    expect(names(ranking.entries)).toEqual(['kma'])
    expect(ranking.ignoredRows.trust).toBe(4)
  })

  test('nobody at all is an empty ranking', () => {
    expect(rankCandidates({ board: board(2), rows: [] })).toMatchObject({ entries: [], bases: null })
  })
})

describe('boards', () => {
  test('a metric without anchors is refused, because a guess would decide', () => {
    expect(() => board(1, { metrics: [series('true_positives')] })).toThrow(/which value is worst/)
    expect(() => board(1, { metrics: [{ ...series('f1_score'), weight: 0 }] })).toThrow(/No metric/)
    expect(() => board(1, { metrics: [series('f1_score'), series('f1_score')] })).toThrow(/twice/)
  })
})

const share = fc.integer({ min: 0, max: 20 }).map((value) => value / 20)
const field = fc
  .record({ m: fc.integer({ min: 1, max: 8 }), size: fc.integer({ min: 1, max: 6 }) })
  .chain(({ m, size }) => {
    const column = fc.array(share, { minLength: m, maxLength: m })
    return fc.record({
      m: fc.constant(m),
      pipelines: fc.array(fc.record({ sensitivity: column, precision: column }), { minLength: size, maxLength: size }),
    })
  })

const rowsOf = (
  pipelines: readonly { readonly sensitivity: number[]; readonly precision: number[] }[],
): Observation[] => pipelines.flatMap((values, index) => observed({ pipeline: `p${String(index)}`, values }))

const documentOf = (ranking: Ranking): unknown =>
  withSixDigits({
    entries: ranking.entries.map((entry) => ({ ...entry, rows: entry.rows.length })),
    change: ranking.smallestWeightChange,
    bases: ranking.bases,
    agreements: ranking.agreements,
    seed: ranking.seed,
  })

describe('for every field of candidates', () => {
  test('a further candidate never reorders the others, with either aggregate', () => {
    fc.assert(
      fc.property(field, fc.constantFrom('arithmetic', 'geometric'), ({ m, pipelines }, aggregate) => {
        const request = { board: board(m, { aggregate }) }
        const before = rankCandidates({ ...request, rows: rowsOf(pipelines.slice(0, -1)) }).entries
        const after = rankCandidates({ ...request, rows: rowsOf(pipelines) }).entries
        const added = `p${String(pipelines.length - 1)}`
        expect(names(after).filter((name) => name !== added)).toEqual(names(before))
        const scores = new Map(after.map(({ key, score }) => [key, score]))
        for (const { key, score } of before) expect(scores.get(key)).toBe(score)
      }),
      { numRuns: 40 },
    )
  })

  test('the order of the rows changes nothing, to the last digit', () => {
    fc.assert(
      fc.property(
        field.chain(({ m, pipelines }) => {
          const rows = rowsOf(pipelines)
          return fc.record({
            m: fc.constant(m),
            rows: fc.constant(rows),
            shuffled: fc.shuffledSubarray(rows, { minLength: rows.length, maxLength: rows.length }),
          })
        }),
        ({ m, rows, shuffled }) => {
          expect(documentOf(rankCandidates({ board: board(m), rows: shuffled }))).toEqual(
            documentOf(rankCandidates({ board: board(m), rows })),
          )
        },
      ),
      { numRuns: 25 },
    )
  })

  test('the best has rank 1, ranks and intervals are possible, and every interval lies in the field', () => {
    fc.assert(
      fc.property(field, ({ m, pipelines }) => {
        const { entries, table } = rankCandidates({ board: board(m), rows: rowsOf(pipelines) })
        expect(entries).toHaveLength(pipelines.length)
        expect(entries[0]?.rank).toBe(1)
        for (const [index, { rank, score, interval, tiedWithBest, provisional }] of entries.entries()) {
          expect(rank).toBe(1 + entries.filter((other) => other.score > score).length)
          if (index > 0) expect(score).toBeLessThanOrEqual(entries[index - 1]?.score ?? 1)
          if (interval) {
            expect(interval.rankLow).toBeGreaterThanOrEqual(1)
            expect(interval.rankHigh).toBeGreaterThanOrEqual(interval.rankLow)
            expect(interval.rankHigh).toBeLessThanOrEqual(entries.length)
          } else expect(table.samples).toHaveLength(1)
          expect(provisional).toBe(m < 5)
          // No test of fewer than six samples reaches 5 %.
          if (m < 6) expect(tiedWithBest).toBe(true)
        }
      }),
      { numRuns: 25 },
    )
  })

  test('identical candidates share rank, interval and every share', () => {
    fc.assert(
      fc.property(field, ({ m, pipelines }) => {
        const twins = [...pipelines, ...pipelines]
        const { entries } = rankCandidates({ board: board(m), rows: rowsOf(twins) })
        const byName = new Map(entries.map((entry) => [entry.candidate.pipeline, entry]))
        for (const index of pipelines.keys()) {
          const [left, right] = [byName.get(`p${String(index)}`), byName.get(`p${String(index + pipelines.length)}`)]
          for (const property of ['rank', 'interval', 'score', 'nearWeights', 'anyWeights', 'pareto'] as const)
            expect(left?.[property]).toEqual(right?.[property])
          expect(left?.tiedWithBest).toBe(right?.tiedWithBest)
        }
      }),
      { numRuns: 20 },
    )
  })

  test('a better value never lowers the place of its candidate, nor raises that of another', () => {
    fc.assert(
      fc.property(field, fc.nat(), fc.nat(), ({ m, pipelines }, which, where) => {
        const c = which % pipelines.length
        const better = pipelines.map(({ sensitivity, precision }, index) => ({
          sensitivity: sensitivity.map((value, i) =>
            index === c && i === where % m ? Math.min(1, value + 0.1) : value,
          ),
          precision,
        }))
        const ranksOf = ({ entries }: Ranking): ReadonlyMap<string, number> =>
          new Map(entries.map(({ candidate, rank }) => [candidate.pipeline, rank]))
        const before = ranksOf(rankCandidates({ board: board(m), rows: rowsOf(pipelines) }))
        const after = ranksOf(rankCandidates({ board: board(m), rows: rowsOf(better) }))
        for (const [name, place] of after)
          if (name === `p${String(c)}`) expect(place).toBeLessThanOrEqual(before.get(name)!)
          else expect(place).toBeGreaterThanOrEqual(before.get(name)!)
      }),
      { numRuns: 20 },
    )
  })

  test('units do not matter: values and anchors in other units give the same ranking', () => {
    fc.assert(
      fc.property(field, fc.constantFrom(1000, 0.5, 1024), ({ m, pipelines }, factor) => {
        const scaled = pipelines.map(({ sensitivity, precision }) => ({
          sensitivity: sensitivity.map((value) => value * factor),
          precision,
        }))
        const inUnits = board(m, {
          metrics: [
            { ...series('sensitivity'), weight: 3, anchor: { worst: 0, best: factor, scale: 'linear' } },
            { ...series('precision'), weight: 1 },
          ],
        })
        const plain = rankCandidates({ board: board(m), rows: rowsOf(pipelines) })
        const other = rankCandidates({ board: inUnits, rows: rowsOf(scaled) })
        expect(names(other.entries)).toEqual(names(plain.entries))
        expect(other.entries.map(({ interval }) => interval?.rankLow)).toEqual(
          plain.entries.map(({ interval }) => interval?.rankLow),
        )
      }),
      { numRuns: 20 },
    )
  })
})
