import { describe, expect, test } from 'vitest'
import { makeBoard } from '../../../src/core/ranking/board.ts'
import type { HardConstraint } from '../../../src/core/ranking/hard-constraints.ts'
import type { Observation } from '../../../src/core/ranking/observation.ts'
import { rankCandidates, type RankingRequest } from '../../../src/core/ranking/rank-candidates.ts'
import { costOf, type PriceTable, resourceUse } from '../../../src/core/recommendation/cost.ts'
import { costSavingsOf } from '../../../src/core/recommendation/cost-savings.ts'
import { nextStepsOf } from '../../../src/core/recommendation/next-steps.ts'
import { optimizationsOf } from '../../../src/core/recommendation/optimizations.ts'
import { recommend, type Recommendation } from '../../../src/core/recommendation/recommend.ts'
import { observed, sampleNames, series } from '../../support/observations.ts'

const board = (m: number): RankingRequest['board'] =>
  makeBoard({
    metrics: [
      { ...series('sensitivity'), weight: 0.6 },
      { ...series('precision'), weight: 0.3 },
      { ...series('wall_seconds'), weight: 0.1, required: false },
    ],
    datasets: [{ dataset: 'mock', samples: sampleNames(m) }],
  })

const PRICES: PriceTable = {
  cpuHour: 0.04,
  memoryGbHour: 0.005,
  currency: 'EUR',
  date: '2026-10-01',
  source: 'cluster tariff',
}

// Each sample a little different, so that there is something to test.
const about = (m: number, centre: number, spread = 0.02): number[] =>
  Array.from({ length: m }, (_none, i) => Number((centre + spread * (((i * 7) % 5) / 2 - 1)).toFixed(4)))

const run = (
  pipeline: string,
  m: number,
  of: { sensitivity: number; precision: number; hours?: number; spread?: number; set?: number },
): readonly Observation[] =>
  observed({
    pipeline,
    params: of.set === undefined ? {} : { set: of.set },
    date: '2026-10-01T00:00:00.000Z',
    values: {
      sensitivity: about(m, of.sensitivity, of.spread),
      precision: about(m, of.precision, of.spread),
      wall_seconds: Array.from({ length: m }, () => 3600 * (of.hours ?? 1)),
      cpu_seconds: Array.from({ length: m }, () => 4 * 3600 * (of.hours ?? 1)),
      peak_rss_bytes: Array.from({ length: m }, () => 8e9),
    },
  })

const recommendation = (request: RankingRequest, prices: PriceTable | null = null): Recommendation =>
  recommend({ ranking: rankCandidates(request), prices, asOf: '2026-11-26T12:00:00.000Z' })

describe('a recommendation', () => {
  const rows = [
    ...run('kma', 10, { sensitivity: 0.9, precision: 0.9, hours: 1 }),
    ...run('rgi', 10, { sensitivity: 0.7, precision: 0.95, hours: 2 }),
    ...run('abricate', 10, { sensitivity: 0.6, precision: 0.8, hours: 0.5 }),
  ]
  const found = recommendation({ board: board(10), rows }, PRICES)

  test('names the choice, the runner-up, and the three largest reasons that add up to the lead', () => {
    expect(found.recommended).toMatchObject({ candidate: { pipeline: 'kma' }, rank: 1, rankLow: 1, rankHigh: 1 })
    expect(found.decidedBy).toBe('score')
    expect(found.runnerUp?.candidate.pipeline).toBe('rgi')
    expect(found.reasons.map(({ metric }) => metric)).toEqual(['sensitivity', 'wall_seconds'])
    expect(found.reasons[0]?.contribution).toBeCloseTo(0.6 * 0.2, 9)
    expect(found.concessions.map(({ metric }) => metric)).toEqual(['precision'])
    const lead = [...found.reasons, ...found.concessions].reduce((sum, { contribution }) => sum + contribution, 0)
    expect(lead).toBeCloseTo((found.recommended?.score ?? 0) - (found.runnerUp?.score ?? 0), 9)
  })

  test('says what to expect, and on what it rests', () => {
    expect(found.expectedMetrics.map(({ metric, n }) => [metric, n])).toEqual([
      ['precision', 10],
      ['sensitivity', 10],
      ['wall_seconds', 10],
    ])
    expect(found.expectedMetrics[1]?.low).toBeLessThan(0.9)
    expect(found.evidence).toMatchObject({
      samples: 10,
      datasets: 1,
      runs: 1,
      coverage: 1,
      trust: [{ trust: 'owner', runs: 1 }],
      newest: '2026-10-01T00:00:00.000Z',
      ageDays: 56,
      ranked: 3,
      tied: 1,
    })
    expect(found.evidence?.bases.map(({ method }) => method)).toContain('smaa_dirichlet')
  })

  test('says what one sample costs', () => {
    // 4 h of processors and 1 h of 8 GB: 4 · 0.04 + 8 · 0.005 = 0.2.
    expect(found.recommended?.cost).toBeCloseTo(0.2, 12)
    expect(found.recommended?.use).toMatchObject({ wallHours: 1, cpuHours: 4, memoryGbHours: 8, samples: 10 })
  })

  test('says what would change it: a weight, a limit, missing values', () => {
    const constraints: readonly HardConstraint[] = [
      { name: 'max_runtime', kind: 'maximum', limit: 4000, ...series('wall_seconds'), judgedBy: 'worst' },
    ]
    const slow = run('slow-but-right', 10, { sensitivity: 1, precision: 1, hours: 3 })
    const gaps = run('gaps', 10, { sensitivity: 0.99, precision: 0.99 }).filter(
      ({ sample, metric }) => metric !== 'sensitivity' || sample !== 's3',
    )
    const { changes, excluded } = recommendation({ board: board(10), rows: [...rows, ...slow, ...gaps], constraints })
    expect(changes.map(({ kind, rival }) => [kind, rival.pipeline])).toEqual([
      ['weight', 'abricate'],
      ['constraint', 'slow-but-right'],
      ['missing_values', 'gaps'],
    ])
    expect(excluded.map(({ candidate, constraint, value }) => [candidate.pipeline, constraint, value])).toEqual([
      ['rgi', 'max_runtime', 7200],
      ['slow-but-right', 'max_runtime', 10_800],
    ])
  })
})

describe('inside the tie group', () => {
  test('equal shares of weightings: the cheaper one', () => {
    const rows = [
      ...run('dear', 8, { sensitivity: 0.9, precision: 0.9 }),
      ...run('cheap', 8, { sensitivity: 0.9, precision: 0.9 }).map((row) =>
        row.metric === 'cpu_seconds' ? { ...row, value: 1800 } : row,
      ),
      ...run('poor', 8, { sensitivity: 0.3, precision: 0.3 }),
    ]
    const found = recommendation({ board: board(8), rows })
    expect(found.recommended?.candidate.pipeline).toBe('cheap')
    expect(found.decidedBy).toBe('cost')
  })

  test('unequal shares: the one that wins under more weightings, even when it is dearer', () => {
    const rows = [
      // Precision leads here and there, so that eight samples cannot separate the two.
      ...run('narrow', 8, { sensitivity: 0.9, precision: 0.6, spread: 0.1, hours: 1 }),
      ...run('broad', 8, { sensitivity: 0.87, precision: 0.68, spread: -0.1, hours: 2 }),
      ...run('poor', 8, { sensitivity: 0.1, precision: 0.1 }),
    ]
    const ranking = rankCandidates({ board: board(8), rows })
    expect(ranking.entries.filter(({ tiedWithBest }) => tiedWithBest)).toHaveLength(2)
    const found = recommend({ ranking, prices: null, asOf: '2026-11-26' })
    expect(found.decidedBy).toBe('weight_share')
    const shares = ranking.entries.map(({ nearWeights }) => nearWeights.first)
    expect(found.recommended?.nearWeightsFirst).toBe(Math.max(...shares))
  })
})

describe('no recommendation', () => {
  const good = (m: number): readonly Observation[] => run('kma', m, { sensitivity: 0.9, precision: 0.9 })

  test('two samples say nothing, and the leading one is still named', () => {
    const found = recommendation({
      board: board(2),
      rows: [...good(2), ...run('rgi', 2, { sensitivity: 0.1, precision: 0.1 })],
    })
    expect(found.recommended).toBeNull()
    expect(found.why).toEqual(['too_few_samples', 'nobody_separable'])
    expect(found.leading?.candidate.pipeline).toBe('kma')
  })

  test('everybody in the tie group, and how many samples would tell', () => {
    const rows = [
      ...run('kma', 8, { sensitivity: 0.9, precision: 0.9 }),
      ...run('rgi', 8, { sensitivity: 0.895, precision: 0.9, spread: -0.1 }),
    ]
    const found = recommendation({ board: board(8), rows })
    expect(found.why).toEqual(['nobody_separable'])
    const change = found.changes.find(({ kind }) => kind === 'more_samples')
    expect(change?.kind === 'more_samples' && change.needed).toBeGreaterThan(8)
  })

  test('less than 80 % of the values', () => {
    const rows = good(10).filter(({ metric, sample }) => metric !== 'wall_seconds' || sample === 's0')
    const wide = makeBoard({
      metrics: [series('sensitivity'), { ...series('wall_seconds'), required: false }],
      datasets: [{ dataset: 'mock', samples: sampleNames(10) }],
    })
    expect(recommendation({ board: wide, rows }).why).toEqual(['low_coverage'])
  })

  test('nobody meets the constraints, nobody is complete, nobody is there', () => {
    const constraints: readonly HardConstraint[] = [
      { name: 'min_sensitivity', kind: 'minimum', limit: 0.95, ...series('sensitivity'), judgedBy: 'mean' },
    ]
    expect(recommendation({ board: board(4), rows: good(4), constraints })).toMatchObject({
      recommended: null,
      leading: null,
      why: ['nobody_meets_constraints'],
      excluded: [{ constraint: 'min_sensitivity', limit: 0.95 }],
    })
    expect(recommendation({ board: board(9), rows: good(4) }).why).toEqual(['nobody_complete'])
    expect(recommendation({ board: board(9), rows: [] }).why).toEqual(['no_results'])
  })

  test('a single candidate with enough evidence is recommended as the only one', () => {
    expect(recommendation({ board: board(4), rows: good(4) })).toMatchObject({
      recommended: { candidate: { pipeline: 'kma' } },
      decidedBy: 'only_candidate',
      runnerUp: null,
      reasons: [],
    })
  })
})

describe('optimizations and savings', () => {
  const rows = [
    ...run('kma', 10, { sensitivity: 0.8, precision: 0.8, set: 1, hours: 2 }),
    ...run('kma', 10, { sensitivity: 0.95, precision: 0.9, set: 2, hours: 2 }),
    ...run('kma', 10, { sensitivity: 0.801, precision: 0.8, set: 3, hours: 1 }),
    ...run('kma', 10, { sensitivity: 0.7, precision: 0.8, set: 4, hours: 0.5 }),
    ...run('rgi', 10, { sensitivity: 0.99, precision: 0.99, hours: 1 }),
  ]
  const ranking = rankCandidates({ board: board(10), rows })
  const current = ranking.entries.find(({ candidate }) => candidate.params['set'] === 1)!

  test('are parameter sets of the same pipeline that dominate, or are shown as good and cheaper', () => {
    const found = optimizationsOf(ranking, current, PRICES)
    expect(found.map(({ to, kind }) => [to.params['set'], kind])).toEqual([
      [2, 'dominates'],
      // Equally right and faster: nowhere worse, in time better.
      [3, 'dominates'],
    ])
    expect(found[1]?.saving?.share).toBeCloseTo(0.5, 12)
    expect(found[1]?.equivalentIn).toEqual(['precision', 'sensitivity'])
  })

  test('without time in the score, the same set is equivalent and cheaper', () => {
    const without = makeBoard({
      metrics: [series('sensitivity'), series('precision')],
      datasets: [{ dataset: 'mock', samples: sampleNames(10) }],
    })
    const of = rankCandidates({ board: without, rows })
    const from = of.entries.find(({ candidate }) => candidate.params['set'] === 1)!
    const found = optimizationsOf(of, from, PRICES)
    expect(found.map(({ to, kind }) => [to.params['set'], kind])).toEqual([
      [2, 'dominates'],
      [3, 'equivalent_and_cheaper'],
    ])
    expect(found[1]?.basis).toMatchObject({ method: 'tost_paired_sign_flip_interval', m: 10, level: 0.9 })
  })

  test('savings carry prices, their source, and what is known of the quality', () => {
    const { savings, prices } = costSavingsOf(ranking, current, PRICES)
    expect(prices?.source).toBe('cluster tariff')
    expect(savings.map(({ to, quality }) => [to.pipeline, to.params['set'], quality])).toEqual([
      ['rgi', undefined, 'better'],
      ['kma', 3, 'equivalent'],
    ])
    // Two hours: 8 · 0.04 + 16 · 0.005 = 0.4; one hour: 0.2.
    expect(savings[0]?.saving.costBefore).toBeCloseTo(0.4, 12)
    expect(savings[0]?.saving.costAfter).toBeCloseTo(0.2, 12)
    // Nobody takes a set that is worse because it is cheap.
    expect(savings.some(({ to }) => to.params['set'] === 4)).toBe(false)
  })

  test('next steps follow from facts, each with them', () => {
    const recommended = recommend({ ranking, prices: PRICES, asOf: '2027-11-26' })
    const steps = nextStepsOf({
      ranking,
      recommendation: recommended,
      current,
      optimizations: optimizationsOf(ranking, current, PRICES),
    })
    expect(steps.map(({ code }) => code)).toEqual(['take_recommended', 'try_parameters', 'measure_again'])
    expect(steps[2]?.evidence).toMatchObject({ age_days: 421 })
    expect(steps[1]?.message).toBe('Other parameters of kma are nowhere worse and somewhere better.')
  })

  test('next steps of an empty board and of an incomplete one', () => {
    const stepsOf = (request: RankingRequest): readonly string[] => {
      const of = rankCandidates(request)
      const answer = recommend({ ranking: of, prices: null, asOf: '2026-11-26' })
      return nextStepsOf({ ranking: of, recommendation: answer, current: null, optimizations: [] }).map(
        ({ code }) => code,
      )
    }
    expect(stepsOf({ board: board(4), rows: [] })).toEqual(['share_results'])
    const failed = observed({ pipeline: 'rgi', trust: 'unsigned', values: { sensitivity: [1], success_rate: [1, 0] } })
    expect(stepsOf({ board: board(4), rows: failed })).toEqual(['complete_results', 'look_at_failures'])
    expect(stepsOf({ board: board(4), rows: failed, trusted: ['owner'] })).toEqual(['share_results', 'establish_trust'])
  })
})

describe('use of resources', () => {
  const datasets = { datasets: [{ dataset: 'mock', weight: 1, samples: ['s0', 's1'] }] }

  test('what a whole dataset took is shared among its samples', () => {
    const whole = observed({
      pipeline: 'mag',
      values: { wall_seconds: [7200], cpu_seconds: [28_800], peak_rss_bytes: [4e9] },
    })
    const use = resourceUse(
      whole.map((row) => ({ ...row, sample: null })),
      datasets,
    )
    expect(use).toEqual({ wallHours: 1, cpuHours: 4, memoryGbHours: 4, samples: 2 })
    expect(costOf(use, PRICES)).toBeCloseTo(0.18, 12)
  })

  test('what was not measured costs nobody knows what', () => {
    const use = resourceUse(observed({ pipeline: 'kma', values: { wall_seconds: [60, 60] } }), datasets)
    expect(use).toMatchObject({ cpuHours: null, memoryGbHours: null })
    expect(costOf(use, PRICES)).toBeNull()
  })
})
