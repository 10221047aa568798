/** One leaderboard of a site, and what is needed of its ranking to advise the projects on it. */
import { communityStatistics } from '../../core/community/community-statistics.ts'
import type { BoardEntry, BoardModel, BoardUnranked, Estimate } from '../../core/dashboard/board-model.ts'
import type { Observation } from '../../core/ranking/observation.ts'
import type { RankedEntry, Ranking, Standing } from '../../core/ranking/rank-candidates.ts'
import { withSixDigits } from '../../core/ranking/six-digits.ts'
import { costOf, type PriceTable, resourceUse } from '../../core/recommendation/cost.ts'
import { logTInterval } from '../../core/stats/t-interval.ts'
import type { MeasuredDataset } from '../hub/rank-ports.ts'
import { rankCategory, type RankDeps, type RankedField } from '../rank/rank-category.ts'

/** A board with the ranking it was made of. */
export interface RankedBoard {
  readonly board: BoardModel
  readonly field: RankedField
}

const COSTS = ['wall_seconds', 'cpu_seconds', 'peak_rss_bytes'].map((metric) => ({ metric, level: null, rank: null }))

/** What a board is about, and what it needs besides the ranking. */
export interface BoardRequest {
  readonly category: string
  readonly dataset: MeasuredDataset | null
  readonly groupSize: number
  /** Run id to the class of its machine. */
  readonly machineOf: (runId: string) => string | null
}

/** Ranks everything comparable on one dataset. */
export const makeSiteBoard = (deps: RankDeps, request: BoardRequest): RankedBoard => {
  const field = rankCategory(deps, {
    category: request.category,
    datasets: request.dataset === null ? 'unnamed' : [request.dataset.id],
    includeUnknown: false,
    constraints: () => [],
    alsoRead: COSTS,
  })
  return { board: toBoard(field, request, deps.config.prices), field }
}

const toBoard = (field: RankedField, request: BoardRequest, prices: PriceTable | null): BoardModel => {
  const { ranking } = field
  const entries = ranking?.entries ?? []
  const rows = ranking === null ? [] : [...entries, ...ranking.unranked, ...ranking.excluded].flatMap((one) => one.rows)
  const newest = field.runs.map(({ startedAt }) => startedAt).sort()
  return withSixDigits<BoardModel>({
    schema: 'benchmark.dashboard-leaderboard/1',
    category: field.category,
    dataset: field.runs[0]?.dataset ?? request.dataset,
    as_of: newest.at(-1) ?? null,
    definition_version: field.definition,
    weights_from: field.weightsFrom,
    total: entries.length,
    entries: ranking === null ? [] : entries.map((entry) => toEntry(entry, ranking, request, prices)),
    unranked: unrankedOf(field),
    community:
      ranking === null ? [] : communityStatistics(ranking.board.metrics, rows, { k: Math.max(2, request.groupSize) }),
    group_size: Math.max(2, request.groupSize),
    prices: prices && {
      ...{ cpu_hour: prices.cpuHour, memory_gb_hour: prices.memoryGbHour, currency: prices.currency },
      ...{ date: prices.date, source: prices.source },
    },
    warnings: ranking?.warnings ?? [],
  })
}

const toEntry = (
  entry: RankedEntry,
  ranking: Ranking,
  { machineOf }: BoardRequest,
  prices: PriceTable | null,
): BoardEntry => {
  const newest = [...entry.rows].sort((left, right) => (left.date + left.runId < right.date + right.runId ? 1 : -1))[0]
  const runId = newest?.runId ?? ''
  return {
    ...entry.candidate,
    key: entry.key,
    ...{ rank: entry.rank, rank_low: entry.interval?.rankLow ?? null, rank_high: entry.interval?.rankHigh ?? null },
    score: entry.score,
    ...{ score_low: entry.interval?.scoreLow ?? null, score_high: entry.interval?.scoreHigh ?? null },
    ...{ n_samples: entry.nSamples, coverage: entry.coverage, provisional: entry.provisional },
    ...{ tied_with_best: entry.tiedWithBest, pareto: entry.pareto.place },
    trust: entry.trust[0]?.trust ?? 'owner',
    ...{ runs: entry.runs, newest: entry.newest, run_id: runId, machine: machineOf(runId) },
    metrics: entry.figures.map(({ metric, level, rank, unit, direction, weight, value, utility, n, nExpected }) => ({
      ...{ metric, level, rank, unit, direction, weight, value, utility, n },
      n_expected: nExpected,
    })),
    wall_seconds: estimateOf(entry.rows, 'wall_seconds'),
    peak_rss_bytes: estimateOf(entry.rows, 'peak_rss_bytes'),
    cost: prices === null ? null : costOf(resourceUse(entry.rows, ranking.board), prices),
  }
}

/** Mean over samples of the means over repeats. */
const estimateOf = (rows: readonly Observation[], metric: string): Estimate | null => {
  const samples = new Map<string, number[]>()
  for (const row of rows) {
    if (row.metric !== metric || row.value === null || row.value <= 0) continue
    const key = JSON.stringify([row.dataset, row.sample])
    samples.set(key, [...(samples.get(key) ?? []), row.value])
  }
  if (samples.size === 0) return null
  const means = [...samples]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([, values]) => [...values].sort((left, right) => left - right))
    .map((values) => values.reduce((sum, value) => sum + value, 0) / values.length)
  const value = Math.exp(means.reduce((sum, one) => sum + Math.log(one), 0) / means.length)
  const interval = means.length < 2 ? null : logTInterval(means, 0.95)
  return { value, low: interval?.low ?? null, high: interval?.high ?? null, n: means.length }
}

const unrankedOf = ({ ranking, notComparable }: RankedField): readonly BoardUnranked[] => {
  const of = ({ candidate, coverage, nSamples, missing }: Standing, reason: string): BoardUnranked => ({
    ...candidate,
    ...{ reason, coverage, n_samples: nSamples, missing: missing.length },
  })
  return [
    ...(ranking?.excluded ?? []).map((one) => of(one, 'constraint')),
    ...(ranking?.unranked ?? []).map((one) => of(one, one.reason)),
    ...notComparable.map(({ run, reason }) => ({
      ...{ project: run.project, pipeline: run.pipeline, version: run.version, params: run.params },
      ...{ reason, coverage: 0, n_samples: 0, missing: 0 },
    })),
  ]
}
