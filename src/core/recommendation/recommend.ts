import type { BrokenConstraint } from '../ranking/hard-constraints.ts'
import { type ExpectedMetric, expectedMetrics } from '../ranking/metric-figures.ts'
import type { Basis, Candidate } from '../ranking/observation.ts'
import type { RankedEntry, Ranking, Standing } from '../ranking/rank-candidates.ts'
import { changesOf, type PossibleChange } from './changes.ts'
import { costOf, type PriceTable, type ResourceUse, resourceUse } from './cost.ts'
import { weightedDifferences, type WeightedDifference } from './differences.ts'

/** Why the data cannot say. Several can hold. */
export type NoRecommendationReason =
  | 'no_results' // nobody has results on this board
  | 'nobody_meets_constraints'
  | 'nobody_complete' // required values are missing everywhere
  | 'too_few_samples' // fewer than 3
  | 'low_coverage' // less than 80 % of the expected values
  | 'nobody_separable' // these samples tell no candidate from the best

/** How much the choice rests on. */
interface Evidence {
  readonly samples: number
  readonly datasets: number
  readonly runs: number
  readonly coverage: number
  readonly trust: Standing['trust']
  readonly oldest: string
  readonly newest: string
  /** Whole days from the newest result to the day asked for. */
  readonly ageDays: number
  /** Fewer than five samples. */
  readonly provisional: boolean
  /** Candidates that were ranked, and those of them not separable from the best. */
  readonly ranked: number
  readonly tied: number
  readonly bases: readonly Basis[]
}

/** What decided: the score alone, or in the tie group the share of weightings won, or there the cost. */
type DecidedBy = 'only_candidate' | 'score' | 'weight_share' | 'cost'

/** One chosen candidate. */
export interface Choice {
  readonly key: string
  readonly candidate: Candidate
  readonly rank: number
  readonly rankLow: number | null
  readonly rankHigh: number | null
  readonly score: number
  /** Share of weightings near the given ones, and of any, under which it is first. */
  readonly nearWeightsFirst: number
  readonly anyWeightsFirst: number
  readonly use: ResourceUse
  /** Of one sample, in the currency of the prices; null without prices or measurements. */
  readonly cost: number | null
}

/** An answer with everything that stands behind it. */
export interface Recommendation {
  /** Null when the data cannot say; `leading` then still names who would be first. */
  readonly recommended: Choice | null
  readonly why: readonly NoRecommendationReason[]
  readonly leading: Choice | null
  readonly decidedBy: DecidedBy | null
  readonly expectedMetrics: readonly ExpectedMetric[]
  /** The three largest advantages over the runner-up, and what is given up for them. */
  readonly reasons: readonly WeightedDifference[]
  readonly concessions: readonly WeightedDifference[]
  readonly runnerUp: Choice | null
  readonly evidence: Evidence | null
  readonly changes: readonly PossibleChange[]
  readonly excluded: readonly (BrokenConstraint & { readonly candidate: Candidate })[]
  readonly prices: PriceTable | null
  readonly warnings: readonly string[]
}

/** A ranking that already applied the constraints, and what else counts. */
export interface RecommendationRequest {
  readonly ranking: Ranking
  readonly prices: PriceTable | null
  /** The day the age of results is counted to, ISO 8601. */
  readonly asOf: string
}

const FEWEST_SAMPLES = 3
const LEAST_COVERAGE = 0.8
const REASONS = 3
const DAY_MS = 86_400_000

/**
 * Constraints, then utility, then the tie group, in it the share of weightings won, then the lower cost
 * (statistics §6.7).
 */
export const recommend = ({ ranking, prices, asOf }: RecommendationRequest): Recommendation => {
  const { entries } = ranking
  const excluded = ranking.excluded.flatMap(({ candidate, broken }) => broken.map((each) => ({ ...each, candidate })))
  const chosen = choose(ranking, prices)
  if (chosen === null) return { ...noRecommendation(whyNobody(ranking)), excluded, prices, warnings: ranking.warnings }
  const { entry, decidedBy } = chosen
  const why = doubts(ranking, entry)
  const runnerUp = entries.find((other) => other !== entry) ?? null
  const differences = runnerUp === null ? [] : weightedDifferences(ranking, entry, runnerUp)
  const choice = choiceOf(ranking, entry, prices)
  return {
    recommended: why.length === 0 ? choice : null,
    why,
    leading: choice,
    decidedBy,
    expectedMetrics: expectedOf(ranking, entry),
    reasons: differences.filter(({ contribution }) => contribution > 0).slice(0, REASONS),
    concessions: differences
      .filter(({ contribution }) => contribution < 0)
      .reverse()
      .slice(0, REASONS),
    runnerUp: runnerUp && choiceOf(ranking, runnerUp, prices),
    evidence: evidenceOf(ranking, entry, asOf),
    changes: changesOf(ranking, entry),
    excluded,
    prices,
    warnings: [
      ...ranking.warnings,
      ...(ranking.bases === null ? [] : Object.values(ranking.bases).flatMap((basis: Basis) => basis.warnings)),
    ].filter((warning, index, all) => all.indexOf(warning) === index),
  }
}

/** An answer that names nobody. */
export const noRecommendation = (why: Recommendation['why']): Omit<Recommendation, 'prices'> => ({
  recommended: null,
  why,
  leading: null,
  decidedBy: null,
  expectedMetrics: [],
  reasons: [],
  concessions: [],
  runnerUp: null,
  evidence: null,
  changes: [],
  excluded: [],
  warnings: [],
})

const expectedOf = ({ table }: Ranking, { position }: RankedEntry): readonly ExpectedMetric[] => {
  const candidate = table.candidates[position]
  return candidate ? expectedMetrics(table, candidate) : []
}

const whyNobody = ({ excluded, unranked }: Ranking): readonly NoRecommendationReason[] => {
  const why: NoRecommendationReason[] = []
  if (excluded.length > 0) why.push('nobody_meets_constraints')
  if (unranked.length > 0) why.push('nobody_complete')
  return why.length === 0 ? ['no_results'] : why
}

const doubts = ({ entries, table }: Ranking, entry: RankedEntry): readonly NoRecommendationReason[] => {
  const why: NoRecommendationReason[] = []
  if (table.samples.length < FEWEST_SAMPLES) why.push('too_few_samples')
  if (entry.coverage < LEAST_COVERAGE) why.push('low_coverage')
  if (entries.length > 1 && entries.every(({ tiedWithBest }) => tiedWithBest)) why.push('nobody_separable')
  return why
}

/** The candidate to take, and what decided between it and the others. */
const choose = (
  ranking: Ranking,
  prices: PriceTable | null,
): { readonly entry: RankedEntry; readonly decidedBy: DecidedBy } | null => {
  const [best] = ranking.entries
  if (!best) return null
  if (ranking.entries.length === 1) return { entry: best, decidedBy: 'only_candidate' }
  const tied = ranking.entries.filter(({ tiedWithBest }) => tiedWithBest)
  if (tied.length === 1) return { entry: best, decidedBy: 'score' }
  const largest = Math.max(...tied.map(({ nearWeights }) => nearWeights.first))
  // Shares closer than two standard errors of the draws are the same share.
  const draws = ranking.bases?.weights.n ?? 1
  const grain = 2 * Math.sqrt((largest * (1 - largest)) / draws)
  const robust = tied.filter(({ nearWeights }) => nearWeights.first >= largest - grain)
  const [first, ...others] = robust
  if (!first || others.length === 0) return { entry: first ?? best, decidedBy: 'weight_share' }
  const costs = new Map(robust.map((entry) => [entry, expense(ranking, entry, prices)]))
  // What was not measured is not cheap. Entries come by score: of equal costs the better one stays first.
  const cheapest = robust.reduce((least, entry) =>
    (costs.get(entry) ?? Infinity) < (costs.get(least) ?? Infinity) ? entry : least,
  )
  return { entry: cheapest, decidedBy: costs.get(cheapest) === null ? 'weight_share' : 'cost' }
}

/** Cost in money, or without prices in processor hours (wall hours where those were not measured). */
const expense = ({ board }: Ranking, { rows }: Standing, prices: PriceTable | null): number | null => {
  const use = resourceUse(rows, board)
  return prices === null ? (use.cpuHours ?? use.wallHours) : costOf(use, prices)
}

const choiceOf = ({ board }: Ranking, entry: RankedEntry, prices: PriceTable | null): Choice => {
  const use = resourceUse(entry.rows, board)
  return {
    key: entry.key,
    candidate: entry.candidate,
    rank: entry.rank,
    rankLow: entry.interval?.rankLow ?? null,
    rankHigh: entry.interval?.rankHigh ?? null,
    score: entry.score,
    nearWeightsFirst: entry.nearWeights.first,
    anyWeightsFirst: entry.anyWeights.first,
    use,
    cost: prices && costOf(use, prices),
  }
}

const evidenceOf = ({ entries, table, bases }: Ranking, entry: RankedEntry, asOf: string): Evidence => ({
  samples: table.samples.length,
  datasets: table.ranges.length,
  runs: entry.runs,
  coverage: entry.coverage,
  trust: entry.trust,
  oldest: entry.oldest,
  newest: entry.newest,
  ageDays: Math.max(0, Math.floor((Date.parse(asOf) - Date.parse(entry.newest)) / DAY_MS)),
  provisional: entry.provisional,
  ranked: entries.length,
  tied: entries.filter(({ tiedWithBest }) => tiedWithBest).length,
  bases: bases === null ? [] : Object.values(bases),
})
