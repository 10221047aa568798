import { describe, expect, test } from 'vitest'
import fc from 'fast-check'
import { communityRank } from '../../../src/core/community/community-rank.ts'
import { communityPlaces, communityStatistics } from '../../../src/core/community/community-statistics.ts'
import { type BoardMetric, makeBoard } from '../../../src/core/ranking/board.ts'
import type { Observation } from '../../../src/core/ranking/observation.ts'
import { rankCandidates } from '../../../src/core/ranking/rank-candidates.ts'
import { observed, sampleNames, series } from '../../support/observations.ts'

const board = makeBoard({
  metrics: [series('f1_score')],
  datasets: [{ dataset: 'mock', samples: sampleNames(1) }],
})
const metrics: readonly BoardMetric[] = board.metrics

const of = (contributor: string, value: number, runId = contributor): readonly Observation[] =>
  observed({ pipeline: `p-${contributor}`, contributor, runId, values: { f1_score: [value] } })

const six = [0.61, 0.7, 0.72, 0.8, 0.81, 0.9].flatMap((value, index) => of(`c${String(index)}`, value))

describe('statistics of the community', () => {
  test('quartiles are those of numpy and R, one value for each contributor', () => {
    // numpy 2.4.6: quantile([.61,.7,.72,.8,.81,.9], [.25,.5,.75]); R 4.2.2: quantile(type = 7).
    const many = [...six, ...of('c5', 0.9, 'again'), ...of('c5', 0.9, 'and again')]
    const [statistic] = communityStatistics(metrics, many, { k: 5 })
    expect(statistic?.quartiles?.first).toBeCloseTo(0.705, 12)
    expect(statistic?.quartiles?.median).toBeCloseTo(0.76, 12)
    expect(statistic?.quartiles?.third).toBeCloseTo(0.8075, 12)
    expect(statistic).toMatchObject({ n: 8, contributorsAtLeast: 5, withheld: null })
  })

  test('nothing is said of fewer than k contributors, however many runs they have', () => {
    const few = [0, 1, 2, 3].flatMap((c) => [
      ...of(`c${String(c)}`, 0.5, `r${String(c)}`),
      ...of(`c${String(c)}`, 0.6, `q${String(c)}`),
    ])
    expect(communityStatistics(metrics, few, { k: 5 })).toMatchObject([
      { n: null, contributorsAtLeast: null, quartiles: null, withheld: 'fewer_than_k', basis: { n: 0, m: 0 } },
    ])
  })

  test('a policy that protects nobody is refused', () => {
    expect(() => communityStatistics(metrics, six, { k: 1 })).toThrow(/At least 2/)
  })
})

describe("one's own place", () => {
  test('counts the contributors that are better, ties as half', () => {
    const mine = of('me', 0.8)
    expect(communityPlaces(metrics, mine, [...six, ...mine], { k: 5 })).toMatchObject([
      {
        metric: 'f1_score',
        value: 0.8,
        place: 3,
        of: 7,
        percentile: expect.closeTo((100 * 3.5) / 6, 9) as number,
        withheld: null,
      },
    ])
  })

  test('less is better where the anchors say so', () => {
    const times = makeBoard({ metrics: [series('wall_seconds')], datasets: board.datasets }).metrics
    const runs = [100, 200, 300].flatMap((value, c) =>
      observed({ pipeline: 'kma', contributor: `c${String(c)}`, values: { wall_seconds: [value] } }),
    )
    const mine = observed({ pipeline: 'kma', contributor: 'me', values: { wall_seconds: [150] } })
    expect(communityPlaces(times, mine, runs, { k: 3 })).toMatchObject([{ place: 2, of: 4 }])
  })

  test('is withheld below k others, which does not count oneself', () => {
    const mine = of('me', 0.8)
    expect(communityPlaces(metrics, mine, [...six, ...mine], { k: 7 })).toMatchObject([
      { place: null, of: null, percentile: null, withheld: 'fewer_than_k', value: 0.8 },
    ])
    const ranking = rankCandidates({ board, rows: [...six, ...mine] })
    expect(communityRank(ranking, ['me'], { k: 7 })).toMatchObject({ rank: null, withheld: 'fewer_than_k' })
    expect(communityRank(ranking, ['me'], { k: 6 })).toMatchObject({
      rank: 3,
      of: 7,
      percentile: expect.closeTo(58.3333, 3) as number,
    })
    expect(communityRank(ranking, ['nobody'], { k: 6 })).toBeNull()
  })

  test('never tells anything about fewer than k people, whoever contributed what', () => {
    const contribution = fc.tuple(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 0, max: 10 }))
    fc.assert(
      fc.property(fc.array(contribution, { maxLength: 20 }), fc.integer({ min: 2, max: 6 }), (contributions, k) => {
        const rows = contributions.flatMap(([c, value], index) =>
          of(`c${String(c)}`, value / 10, `run-${String(index)}`),
        )
        const people = new Set(contributions.map(([c]) => c)).size
        for (const { quartiles, n } of communityStatistics(metrics, rows, { k }))
          expect([quartiles === null, n === null]).toEqual([people < k, people < k])
        for (const { place } of communityPlaces(metrics, of('me', 0.5), rows, { k }))
          expect(place === null).toBe(people < k)
      }),
    )
  })
})
