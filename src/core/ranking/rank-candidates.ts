import type { Board } from './board.ts'
import { brokenBy, type BrokenConstraint, type HardConstraint } from './hard-constraints.ts'
import { metricFigures, type MetricFigure } from './metric-figures.ts'
import { meansOf, scoresOf, weightsOf } from './metric-means.ts'
import { type Basis, byCodeUnits, type Candidate, type Observation, seedOf } from './observation.ts'
import { collectParetoFront, type ParetoMembership } from './pareto.ts'
import { collectRanks, FEWEST_SAMPLES, pairedDraws, type RankInterval } from './rank-intervals.ts'
import { type Agreement, type SecondOpinion, secondOpinions } from './second-opinions.ts'
import { type OverallTest, overallTest, tieGroup } from './tie-group.ts'
import { buildUtilityTable, type CandidateUtilities, type MissingCell, type UtilityTable } from './utility-table.ts'
import { smallestWeightChange, type WeightChange } from './weight-change.ts'
import { weightRobustness, type WeightShares } from './weight-robustness.ts'

/** What is ranked, by which rules. */
export interface RankingRequest {
  readonly board: Board
  readonly rows: readonly Observation[]
  readonly constraints?: readonly HardConstraint[]
  /** Trust states whose rows count; the others are counted as ignored. Default: all. */
  readonly trusted?: readonly string[]
  /** Draws of intervals and weightings, 2,000 by default; 1 where only scores are asked for. */
  readonly draws?: number
}

/** What is known of a candidate whatever became of it. */
export interface Standing {
  readonly key: string
  readonly candidate: Candidate
  readonly nSamples: number
  readonly nDatasets: number
  /** Share of the expected values that are there, 0..1. */
  readonly coverage: number
  /** Share of its executions that succeeded; null where nothing says. */
  readonly successRate: number | null
  /** Required values it lacks; none of a ranked one. */
  readonly missing: readonly MissingCell[]
  readonly runs: number
  /** Trust states of its rows, each with its number of runs, most frequent first. */
  readonly trust: readonly { readonly trust: string; readonly runs: number }[]
  /** Dates of its oldest and newest row. */
  readonly oldest: string
  readonly newest: string
  readonly figures: readonly MetricFigure[]
  /** Bounds of its score with missing values as 0 and as 1; null where nothing on the board applies to it. */
  readonly scoreRange: { readonly low: number; readonly high: number } | null
  /** Its rows on the board's datasets. */
  readonly rows: readonly Observation[]
}

/** A candidate with a place. */
export interface RankedEntry extends Standing {
  /** Its position in the table of the ranking. */
  readonly position: number
  /** 1 + the number of candidates with a higher score. */
  readonly rank: number
  /** Null where one sample cannot say anything about others. */
  readonly interval: RankInterval | null
  /** 0..1; missing optional values count as 0: the lower end of `scoreRange`. */
  readonly score: number
  /** Fewer than five samples: rank intervals are too narrow to be relied on. */
  readonly provisional: boolean
  /** Not separable from the best. */
  readonly tiedWithBest: boolean
  /** Holm-adjusted p against the best; null for the best itself. */
  readonly pAgainstBest: number | null
  readonly nearWeights: WeightShares
  readonly anyWeights: WeightShares
  readonly pareto: ParetoMembership
  readonly secondOpinion: SecondOpinion
  /** Metrics that do not apply to it; their weight went to the others. */
  readonly renormalised: readonly string[]
}

/** A candidate without a place: required values are missing, or nothing on the board applies to it. */
interface UnrankedEntry extends Standing {
  readonly reason: 'missing_required' | 'nothing_applies'
}

/** A candidate kept out by hard constraints. */
interface ExcludedEntry extends Standing {
  readonly broken: readonly BrokenConstraint[]
}

/** A leaderboard and everything that says how far it can be trusted. */
export interface Ranking {
  readonly board: Board
  /** By score, the best first; equal scores in the order of their keys. */
  readonly entries: readonly RankedEntry[]
  /** By coverage, the fullest first. */
  readonly unranked: readonly UnrankedEntry[]
  readonly excluded: readonly ExcludedEntry[]
  /** The ranked candidates by key, with every single utility. */
  readonly table: UtilityTable
  readonly overall: OverallTest | null
  readonly smallestWeightChange: WeightChange | null
  readonly agreements: readonly Agreement[]
  /** Rows that did not count, because of their trust or because the board does not have their dataset. */
  readonly ignoredRows: { readonly trust: number; readonly dataset: number }
  readonly bases: {
    readonly ranks: Basis
    readonly tieGroup: Basis
    readonly weights: Basis
    readonly pareto: Basis
    readonly secondOpinions: Basis
  } | null
  readonly seed: string
  readonly warnings: readonly string[]
}

/**
 * Ranks candidates on fixed anchors: constraints first, then complete ones by score. A further candidate never changes
 * the order of the others, and neither does the order of the rows.
 */
export const rankCandidates = (request: RankingRequest): Ranking => {
  const { board, constraints = [] } = request
  const trusted = request.rows.filter(({ trust }) => request.trusted?.includes(trust) ?? true)
  const table = buildUtilityTable(board, trusted)
  const kept: CandidateUtilities[] = []
  const unranked: UnrankedEntry[] = []
  const excluded: ExcludedEntry[] = []
  const standings = standingsOf(table)
  for (const [c, candidate] of table.candidates.entries()) {
    const standing = standings[c]
    if (!standing) continue
    const broken = brokenBy(candidate.rows, constraints, board)
    if (broken.length > 0) excluded.push({ ...standing, broken })
    else if (standing.scoreRange === null || candidate.missing.length > 0)
      unranked.push({
        ...standing,
        reason: candidate.missing.length > 0 ? 'missing_required' : 'nothing_applies',
      })
    else kept.push(candidate)
  }
  const onBoard = new Set(board.datasets.map(({ dataset }) => dataset))
  const seed = seedOf(trusted)
  const ofKept = { ...table, candidates: kept }
  return {
    board,
    table: ofKept,
    ...placed(ofKept, new Map(standings.map((standing) => [standing.key, standing])), seed, request.draws),
    unranked: unranked.sort((left, right) => right.coverage - left.coverage || byCodeUnits(left.key, right.key)),
    excluded,
    ignoredRows: {
      trust: request.rows.length - trusted.length,
      dataset: trusted.filter(({ dataset }) => !onBoard.has(dataset)).length,
    },
    seed,
    warnings: table.warnings,
  }
}

const placed = (
  table: UtilityTable,
  standings: ReadonlyMap<string, Standing>,
  seed: string,
  draws?: number,
): Pick<Ranking, 'entries' | 'overall' | 'smallestWeightChange' | 'agreements' | 'bases'> => {
  if (table.candidates.length === 0)
    return { entries: [], overall: null, smallestWeightChange: null, agreements: [], bases: null }
  const means = meansOf(table)
  const weights = weightsOf(table.board)
  const scores = new Float64Array(table.candidates.length)
  scoresOf(means.low, means.applies, weights, table.board.aggregate, scores)
  const order = [...table.candidates.keys()].sort((left, right) => (scores[right] ?? 0) - (scores[left] ?? 0))
  const best = order[0] ?? 0

  const ranks = collectRanks(table, seed, draws)
  const pareto = collectParetoFront(table, seed, draws)
  pairedDraws(
    table,
    seed,
    draws,
  )((drawn, times) => {
    ranks.visit(drawn, times)
    pareto.visit(drawn, times)
  })
  const { intervals, basis: ofRanks } = ranks.finish()
  const front = pareto.finish()
  const ties = tieGroup(table, best, seed)
  const robustness = weightRobustness(table, means, seed, draws)
  const opinions = secondOpinions(table, scores)

  const entries = order.flatMap((c): RankedEntry[] => {
    const candidate = table.candidates[c]
    const membership = front.memberships[c]
    const opinion = opinions.opinions[c]
    const near = robustness.near[c]
    const uniform = robustness.uniform[c]
    const standing = candidate && standings.get(candidate.key)
    if (!standing || !membership || !opinion || !near || !uniform) return []
    return [
      {
        ...standing,
        position: c,
        rank: 1 + scores.filter((other) => other > (scores[c] ?? 0)).length,
        interval: intervals?.[c] ?? null,
        score: scores[c] ?? 0,
        provisional: table.samples.length < FEWEST_SAMPLES,
        tiedWithBest: ties.members[c] ?? true,
        pAgainstBest: ties.pAdjusted[c] ?? null,
        nearWeights: near,
        anyWeights: uniform,
        pareto: membership,
        secondOpinion: opinion,
        renormalised: standing.figures.flatMap(({ applies, metric }) => (applies ? [] : [metric])),
      },
    ]
  })
  return {
    entries,
    overall: overallTest(table),
    smallestWeightChange: smallestWeightChange(table, means, best),
    agreements: opinions.agreements,
    bases: {
      ranks: ofRanks,
      tieGroup: ties.basis,
      weights: robustness.basis,
      pareto: front.basis,
      secondOpinions: opinions.basis,
    },
  }
}

const standingsOf = (table: UtilityTable): readonly Standing[] => {
  const means = meansOf(table)
  const weights = weightsOf(table.board)
  const low = new Float64Array(table.candidates.length)
  const high = new Float64Array(table.candidates.length)
  scoresOf(means.low, means.applies, weights, table.board.aggregate, low)
  scoresOf(means.high, means.applies, weights, table.board.aggregate, high)
  return table.candidates.map((candidate, c) => {
    const applies = weights.some((weight, k) => weight > 0 && means.applies[c * weights.length + k] === 1)
    return {
      ...standingOf(table, candidate),
      scoreRange: applies ? { low: low[c] ?? 0, high: high[c] ?? 0 } : null,
    }
  })
}

const standingOf = (table: UtilityTable, candidate: CandidateUtilities): Omit<Standing, 'scoreRange'> => {
  const figures = metricFigures(table, candidate)
  const { rows } = candidate
  const runs = new Map(rows.map(({ runId, trust }) => [runId, trust]))
  const trust = new Map<string, number>()
  for (const state of runs.values()) trust.set(state, (trust.get(state) ?? 0) + 1)
  const dates = rows.map(({ date }) => date).sort(byCodeUnits)
  const measured = rows.filter(({ value, sample }) => value !== null && sample !== null)
  return {
    key: candidate.key,
    candidate: candidate.candidate,
    nSamples: new Set(measured.map(({ dataset, sample }) => JSON.stringify([dataset, sample]))).size,
    nDatasets: new Set(rows.filter(({ value }) => value !== null).map(({ dataset }) => dataset)).size,
    coverage: candidate.coverage,
    successRate: candidate.successRate,
    missing: candidate.missing,
    runs: runs.size,
    trust: [...trust]
      .map(([state, count]) => ({ trust: state, runs: count }))
      .sort((left, right) => right.runs - left.runs || byCodeUnits(left.trust, right.trust)),
    oldest: dates[0] ?? '',
    newest: dates[dates.length - 1] ?? '',
    figures,
    rows,
  }
}
