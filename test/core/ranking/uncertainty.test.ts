import { describe, expect, test } from 'vitest'
import fc from 'fast-check'
import { type Board, makeBoard } from '../../../src/core/ranking/board.ts'
import { drawDirichlet, drawGamma } from '../../../src/core/ranking/dirichlet.ts'
import { meansOf, scoresOf, weightsOf } from '../../../src/core/ranking/metric-means.ts'
import { expectedMetrics } from '../../../src/core/ranking/metric-figures.ts'
import type { Observation } from '../../../src/core/ranking/observation.ts'
import { collectParetoFront, dominates, marginsOf } from '../../../src/core/ranking/pareto.ts'
import { rankCandidates, type Ranking } from '../../../src/core/ranking/rank-candidates.ts'
import { collectRanks, pairedDraws } from '../../../src/core/ranking/rank-intervals.ts'
import { tieGroup } from '../../../src/core/ranking/tie-group.ts'
import { buildUtilityTable } from '../../../src/core/ranking/utility-table.ts'
import { smallestWeightChange } from '../../../src/core/ranking/weight-change.ts'
import { seededRandom } from '../../../src/core/stats/random.ts'
import { observed, sampleNames, series } from '../../support/observations.ts'

const oneMetric = (m: number): Board =>
  makeBoard({ metrics: [series('f1_score')], datasets: [{ dataset: 'mock', samples: sampleNames(m) }] })

const rank = (board: Board, values: Readonly<Record<string, Readonly<Record<string, readonly number[]>>>>): Ranking =>
  rankCandidates({ board, rows: rowsOf(values) })

const rowsOf = (values: Readonly<Record<string, Readonly<Record<string, readonly number[]>>>>): Observation[] =>
  Object.entries(values).flatMap(([pipeline, own]) => observed({ pipeline, values: own }))

const X = [0.8, 0.75, 0.9, 0.6, 0.85, 0.7, 0.95, 0.65, 0.8, 0.72]
const Y = [0.7, 0.74, 0.8, 0.66, 0.7, 0.7, 0.9, 0.6, 0.83, 0.7]
const Z = [0.6, 0.7, 0.85, 0.5, 0.8, 0.72, 0.9, 0.6, 0.75, 0.6]

describe('rank intervals', () => {
  test('are those of all possible resamples, where these can be listed', () => {
    const fields = [
      [0.9, 0.5, 0.7, 0.8],
      [0.7, 0.6, 0.72, 0.75],
      [0.2, 0.9, 0.4, 0.62],
    ]
    // All 4⁴ resamples are equally likely; ranks in each of them, by brute force.
    const indices = [0, 1, 2, 3]
    const all = indices.flatMap((a) => indices.flatMap((b) => indices.flatMap((c) => indices.map((d) => [a, b, c, d]))))
    const exact = fields.map((own) =>
      all
        .map((draw) => {
          const total = (values: readonly number[]): number => draw.reduce((sum, i) => sum + values[i]!, 0)
          return 1 + fields.filter((other) => total(other) > total(own) + 1e-9).length
        })
        .sort((left, right) => left - right),
    )
    const { entries } = rank(oneMetric(4), {
      p0: { f1_score: fields[0]! },
      p1: { f1_score: fields[1]! },
      p2: { f1_score: fields[2]! },
    })
    const byName = new Map(entries.map((entry) => [entry.candidate.pipeline, entry]))
    for (const [index, ranks] of exact.entries()) {
      const entry = byName.get(`p${String(index)}`)
      expect(entry?.interval?.rankLow).toBe(ranks[Math.floor(0.025 * 256)])
      expect(entry?.interval?.rankHigh).toBe(ranks[Math.ceil(0.975 * 255)])
      const best = ranks.filter((place) => place === 1).length / 256
      expect(Math.abs((entry?.interval?.shareBest ?? 0) - best)).toBeLessThan(0.035)
    }
  })

  test('draws that repeat are visited once, and count as often as they came up', () => {
    for (const [m, most] of [
      [4, 35],
      [8, 2000],
    ] as const) {
      const table = buildUtilityTable(
        oneMetric(m),
        rowsOf({ p0: { f1_score: X.slice(0, m) }, p1: { f1_score: Y.slice(0, m) }, p2: { f1_score: Z.slice(0, m) } }),
      )
      const [together, apart] = [collectRanks(table, 'seed'), collectRanks(table, 'seed')]
      const [front, apartFront] = [collectParetoFront(table, 'seed'), collectParetoFront(table, 'seed')]
      let [visits, draws] = [0, 0]
      pairedDraws(
        table,
        'seed',
      )((means, times) => {
        visits++
        draws += times
        together.visit(means, times)
        front.visit(means, times)
        for (let i = 0; i < times; i++) {
          apart.visit(means, 1)
          apartFront.visit(means, 1)
        }
      })
      expect([draws, visits <= most]).toEqual([2000, true])
      expect(together.finish()).toEqual(apart.finish())
      expect(front.finish()).toEqual(apartFront.finish())
    }
  })

  test('one sample has none, fewer than five are provisional, the seed and the method stand beside them', () => {
    const one = rank(oneMetric(1), { kma: { f1_score: [0.9] }, rgi: { f1_score: [0.8] } })
    expect(one.entries.map(({ interval }) => interval)).toEqual([null, null])
    const four = rank(oneMetric(4), { kma: { f1_score: [0.9, 0.8, 0.7, 0.9] } })
    expect(four.entries[0]?.provisional).toBe(true)
    expect(four.bases?.ranks).toMatchObject({
      method: 'paired_percentile_bootstrap',
      n: 2000,
      m: 4,
      warnings: ['provisional'],
    })
    expect(four.bases?.ranks.seed).toMatch(/^\d+$/)
  })

  test('an optional value that is missing widens the interval to both sides', () => {
    const board = makeBoard({
      metrics: [series('f1_score'), { ...series('precision'), required: false }],
      datasets: [{ dataset: 'mock', samples: sampleNames(6) }],
    })
    const same = [0.5, 0.5, 0.5, 0.5, 0.5, 0.5]
    const { entries } = rankCandidates({
      board,
      rows: [
        ...observed({
          pipeline: 'open',
          values: { f1_score: same, precision: same.map(() => 'no_prediction' as const) },
        }),
        ...observed({ pipeline: 'good', values: { f1_score: same, precision: [0.9, 0.9, 0.9, 0.9, 0.9, 0.9] } }),
        ...observed({ pipeline: 'poor', values: { f1_score: same, precision: [0.1, 0.1, 0.1, 0.1, 0.1, 0.1] } }),
      ],
    })
    const places = entries.map(({ candidate, interval }) => [candidate.pipeline, interval?.rankLow, interval?.rankHigh])
    expect(places).toEqual([
      ['good', 1, 2],
      ['poor', 2, 3],
      ['open', 1, 3],
    ])
  })
})

describe('tie group', () => {
  test('p values are those of scipy.stats.permutation_test, adjusted as by p.adjust of R', () => {
    // scipy 1.17.1: permutation_test((x - y,), mean, permutation_type='samples', n_resamples=inf) = 0.09765625, and
    // 0.00390625 for x - z; R 4.2.2: p.adjust(c(0.09765625, 0.00390625), 'holm') = 0.09765625 0.0078125.
    const { entries, bases } = rank(oneMetric(10), { x: { f1_score: X }, y: { f1_score: Y }, z: { f1_score: Z } })
    const found = new Map(
      entries.map(({ candidate, pAgainstBest, tiedWithBest }) => [candidate.pipeline, [pAgainstBest, tiedWithBest]]),
    )
    expect(found.get('x')).toEqual([null, true])
    expect(found.get('y')).toEqual([0.09765625, true])
    expect(found.get('z')).toEqual([0.0078125, false])
    expect(bases?.tieGroup.method).toBe('paired_sign_flip_exact_holm')
  })

  test("Friedman's test is that of scipy and R", () => {
    // scipy 1.17.1 stats.friedmanchisquare(x, y, z); R 4.2.2 friedman.test gives 7.5135, 0.02336.
    const { overall } = rank(oneMetric(10), { x: { f1_score: X }, y: { f1_score: Y }, z: { f1_score: Z } })
    expect(overall?.statistic).toBeCloseTo(7.513513513513516, 12)
    expect(overall?.p).toBeCloseTo(0.02335937779752509, 12)
  })

  test('with five samples nobody is told apart, and the reason stands there', () => {
    const { entries, bases } = rank(oneMetric(5), {
      kma: { f1_score: [0.9, 0.9, 0.9, 0.9, 0.9] },
      rgi: { f1_score: [0.1, 0.2, 0.1, 0.2, 0.1] },
    })
    expect(entries[1]).toMatchObject({ pAgainstBest: 0.0625, tiedWithBest: true })
    expect(bases?.tieGroup.warnings).toEqual(['too_few_samples_to_separate'])
  })

  test('another candidate does not change what is drawn for the others', () => {
    const long = Array.from({ length: 20 }, (_none, i) => 0.5 + 0.02 * (i % 7))
    const rows = rowsOf({
      a: { f1_score: long.map((value) => value + 0.1) },
      b: { f1_score: long.map((value, i) => value + (i % 3 === 0 ? 0.3 : -0.02)) },
    })
    const more = rowsOf({ c: { f1_score: long } })
    const p = (all: readonly Observation[]): number | null | undefined => {
      const table = buildUtilityTable(oneMetric(20), all)
      return tieGroup(table, 0, 'ab').pAdjusted[1]
    }
    // Holm leaves the largest p as it is.
    expect(p(rows)).toBeGreaterThan(0.05)
    expect(p([...rows, ...more])).toBe(p(rows))
  })
})

describe('gamma and Dirichlet draws', () => {
  // scipy 1.17.1: scipy.stats.gamma.ppf(q, shape), q = 0.1 0.25 0.5 0.75 0.9
  test.each([
    [
      0.05,
      [5.844632057286505e-21, 5.315661889916942e-13, 5.573878440746256e-7, 0.0018567356838462775, 0.07631711390918905],
    ],
    [0.5, [0.00789538704671561, 0.05076552213381078, 0.227468211559786, 0.6616518484657332, 1.352771727047702]],
    [1, [0.10536051565782636, 0.2876820724517809, 0.6931471805599455, 1.3862943611198906, 2.302585092994046]],
    [4, [1.7447695628249114, 2.535320211900093, 3.672060748850897, 5.109427485123381, 6.680783068255865]],
    [20, [14.525261465272756, 16.83014746149223, 19.66767242330567, 22.80800680947107, 25.902528606658755]],
  ])('the share of gamma(%d) draws below each quantile of scipy is right', (shape, quantiles) => {
    const random = seededRandom(5)
    const draws = Array.from({ length: 20_000 }, () => drawGamma(shape, random))
    for (const [index, share] of [0.1, 0.25, 0.5, 0.75, 0.9].entries()) {
      const below = draws.filter((draw) => draw < quantiles[index]!).length / draws.length
      // Four standard errors.
      expect(Math.abs(below - share)).toBeLessThan(4 * Math.sqrt((share * (1 - share)) / draws.length))
    }
  })

  test('a Dirichlet draw sums to 1, has the given means, and 0 where the concentration is 0', () => {
    const random = seededRandom(3)
    const draws = Array.from({ length: 5000 }, () => drawDirichlet([14, 5, 1, 0], random))
    for (const draw of draws.slice(0, 50)) expect(draw.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12)
    for (const [index, mean] of [0.7, 0.25, 0.05, 0].entries())
      expect(draws.reduce((sum, draw) => sum + draw[index]!, 0) / draws.length).toBeCloseTo(mean, 2)
  })
})

describe('weights', () => {
  const board = makeBoard({
    metrics: [
      { ...series('sensitivity'), weight: 0.7 },
      { ...series('precision'), weight: 0.3 },
    ],
    datasets: [{ dataset: 'mock', samples: ['s0'] }],
  })
  const field = { a: { sensitivity: [0.9], precision: [0.2] }, b: { sensitivity: [0.5], precision: [0.8] } }

  test('shares of weightings are those of the beta distribution where there are two metrics', () => {
    // a is first when the weight of sensitivity is above 0.6.
    // scipy 1.17.1: beta.sf(0.6, 14, 6) = 0.8370775175125271; uniform: 0.4.
    const { entries } = rank(board, field)
    const [a, b] = entries
    expect(Math.abs((a?.nearWeights.first ?? 0) - 0.8370775175125271)).toBeLessThan(0.033)
    expect(Math.abs((a?.anyWeights.first ?? 0) - 0.4)).toBeLessThan(0.044)
    expect((a?.nearWeights.first ?? 0) + (b?.nearWeights.first ?? 0)).toBe(1)
    expect(b?.nearWeights.topThree).toBe(1)
  })

  test('the smallest change that makes another candidate level is exact', () => {
    // 0.9 t + 0.2 (1 - t) = 0.5 t + 0.8 (1 - t) at t = 0.6; both metrics lead to the same change of 0.1.
    const { smallestWeightChange: change, entries } = rank(board, field)
    expect(Math.abs((change?.to ?? 0) - (change?.from ?? 0))).toBeCloseTo(0.1, 12)
    expect(change?.rival).toBe(entries[1]?.key)
  })

  test('a candidate that is best everywhere cannot be overtaken', () => {
    expect(rank(board, { a: { sensitivity: [0.9], precision: [0.9] }, b: field.b }).smallestWeightChange).toBeNull()
  })

  test('at the changed weight the two are level, also where a metric does not apply to one', () => {
    const share = fc.integer({ min: 0, max: 100 }).map((value) => value / 100)
    const three = makeBoard({
      metrics: [
        { ...series('sensitivity'), weight: 0.5 },
        { ...series('precision'), weight: 0.3 },
        { ...series('specificity'), weight: 0.2 },
      ],
      datasets: [{ dataset: 'mock', samples: ['s0'] }],
    })
    fc.assert(
      fc.property(
        fc.array(
          fc.record({ of: fc.tuple(share, share, share), lacks: fc.constantFrom(null, 'precision', 'specificity') }),
          {
            minLength: 2,
            maxLength: 4,
          },
        ),
        (candidates) => {
          const rows = candidates.flatMap(({ of: [sensitivity, precision, specificity], lacks }, index) =>
            observed({
              pipeline: `p${String(index)}`,
              values: Object.fromEntries(
                Object.entries({ sensitivity, precision, specificity }).map(([metric, value]) => [
                  metric,
                  [metric === lacks ? ('not_applicable' as const) : value],
                ]),
              ),
            }),
          )
          const table = buildUtilityTable(three, rows)
          const means = meansOf(table)
          const scores = new Float64Array(table.candidates.length)
          scoresOf(means.low, means.applies, weightsOf(three), 'arithmetic', scores)
          const winner = scores.indexOf(Math.max(...scores))
          const change = smallestWeightChange(table, means, winner)
          if (change === null) return
          const k = three.metrics.findIndex(({ metric }) => metric === change.metric)
          const rival = table.candidates.findIndex(({ key }) => key === change.rival)
          const at = (weight: number): Float64Array => {
            const into = new Float64Array(table.candidates.length)
            const weights = three.metrics.map((metric, other) =>
              other === k ? weight : (metric.weight * (1 - weight)) / (1 - change.from),
            )
            scoresOf(means.low, means.applies, weights, 'arithmetic', into)
            return into
          }
          const level = at(change.to)
          // At weight 1 of a metric that does not apply to one of the two nothing is left to compare.
          if (change.to > 0.999) return
          expect(level[winner]).toBeCloseTo(level[rival]!, 6)
          // No smaller change in either direction brings anybody past the winner.
          for (const part of [0.5, 0.9]) {
            const nearer = at(change.from + part * (change.to - change.from))
            for (const other of nearer) expect(other).toBeLessThanOrEqual(nearer[winner]! + 1e-9)
          }
        },
      ),
      { numRuns: 200 },
    )
  })
})

describe('Pareto membership', () => {
  const board = makeBoard({
    metrics: [series('sensitivity'), series('precision')],
    datasets: [{ dataset: 'mock', samples: sampleNames(6) }],
  })
  const constant = (value: number): number[] => sampleNames(6).map(() => value)

  test('a difference below the smallest of interest neither dominates nor saves', () => {
    const { entries } = rank(board, {
      both: { sensitivity: constant(0.9), precision: constant(0.9) },
      hair: { sensitivity: constant(0.905), precision: constant(0.8) },
      trade: { sensitivity: constant(0.95), precision: constant(0.5) },
      near: { sensitivity: constant(0.895), precision: constant(0.895) },
    })
    const places = Object.fromEntries(entries.map(({ candidate, pareto }) => [candidate.pipeline, pareto]))
    expect(places).toEqual({
      both: { share: 1, place: 'front' },
      hair: { share: 0, place: 'dominated' },
      trade: { share: 1, place: 'front' },
      near: { share: 1, place: 'front' },
    })
  })

  test('a share counts the draws in which nobody dominates', () => {
    // Worse on average in both, better in one sample of six: often drawn so that it is not dominated.
    const { entries } = rank(board, {
      steady: { sensitivity: constant(0.6), precision: constant(0.6) },
      uneven: { sensitivity: [1, 0.5, 0.5, 0.5, 0.5, 0.5], precision: constant(0.55) },
    })
    const share = entries.find(({ candidate }) => candidate.pipeline === 'uneven')?.pareto.share ?? 0
    // Undominated when 0.5 + draws of the good sample / 12 reaches 0.59: at least two of six draws,
    // 1 - (5/6)⁶ - 6 (1/6) (5/6)⁵ = 0.2632.
    expect(Math.abs(share - 0.2632)).toBeLessThan(0.03)
  })

  test('metrics that do not apply to both are left out of the comparison', () => {
    const table = buildUtilityTable(board, [
      ...rowsOf({ a: { sensitivity: constant(0.9), precision: constant(0.1) } }),
      ...observed({
        pipeline: 'b',
        values: { sensitivity: constant(0.5), precision: constant(0).map(() => 'not_applicable' as const) },
      }),
    ])
    const means = meansOf(table)
    expect(dominates(means, marginsOf(table), 0, 1)).toBe(true)
    expect(dominates(means, marginsOf(table), 1, 0)).toBe(false)
  })
})

describe('expected metrics', () => {
  test('of one dataset have the interval over samples, of two a bootstrap inside each', () => {
    const one = buildUtilityTable(oneMetric(10), rowsOf({ x: { f1_score: X } }))
    const [figure] = expectedMetrics(one, one.candidates[0]!)
    expect(figure).toMatchObject({ n: 10, nExpected: 10, unit: 'ratio', direction: 'higher' })
    expect(figure?.value).toBeCloseTo(0.772, 12)
    expect(figure?.basis.method).toBe('bca_bootstrap')
    expect(figure?.low).toBeLessThan(0.772)
    const two = makeBoard({
      metrics: [series('f1_score')],
      datasets: [
        { dataset: 'mock', samples: sampleNames(10) },
        { dataset: 'gut', samples: sampleNames(10) },
      ],
    })
    const both = buildUtilityTable(two, [
      ...rowsOf({ x: { f1_score: X } }),
      ...observed({ pipeline: 'x', dataset: 'gut', values: { f1_score: Z } }),
    ])
    const [pooled] = expectedMetrics(both, both.candidates[0]!)
    expect(pooled?.basis).toMatchObject({ method: 'stratified_percentile_bootstrap', m: 20, level: 0.95 })
    // Means 0.772 and 0.702; normal interval of the mean of the two means: 0.737 ± 1.96 · 0.0279.
    expect(Math.abs((pooled?.low ?? 0) - 0.687)).toBeLessThan(0.01)
    expect(Math.abs((pooled?.high ?? 0) - 0.787)).toBeLessThan(0.01)
  })
})
