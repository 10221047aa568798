import type { CommunityStatistic } from '../community/community-statistics.ts'
import type { Parameters } from '../pipeline.ts'

/** What a leaderboard of a site orders by. */
export const CATEGORIES = ['overall', 'accuracy', 'speed', 'memory', 'cost'] as const
export type Category = (typeof CATEGORIES)[number]

/** Mean over samples with its 95 % interval (of logarithms, turned back); nulls where they are too few. */
export interface Estimate {
  readonly value: number
  readonly low: number | null
  readonly high: number | null
  readonly n: number
}

/** One metric of a candidate on a board. */
interface BoardFigure {
  readonly metric: string
  readonly level: string | null
  readonly rank: string | null
  readonly unit: string
  readonly direction: string
  readonly weight: number
  readonly value: number | null
  readonly utility: number | null
  readonly n: number
  readonly n_expected: number
}

/** Who stands on a board. */
export interface BoardName {
  readonly project: string | null
  readonly pipeline: string
  readonly version: string | null
  readonly params: Parameters
}

/** A candidate with a place. */
export interface BoardEntry extends BoardName {
  readonly key: string
  readonly rank: number
  readonly rank_low: number | null
  readonly rank_high: number | null
  readonly score: number
  readonly score_low: number | null
  readonly score_high: number | null
  readonly n_samples: number
  readonly coverage: number
  readonly provisional: boolean
  readonly tied_with_best: boolean
  readonly pareto: string
  readonly trust: string
  readonly runs: number
  readonly newest: string
  /** Newest run behind it. */
  readonly run_id: string
  readonly machine: string | null
  readonly metrics: readonly BoardFigure[]
  readonly wall_seconds: Estimate | null
  readonly peak_rss_bytes: Estimate | null
  /** Of one sample, in the currency of the prices. */
  readonly cost: number | null
}

/** A candidate without a place, and why. */
export interface BoardUnranked extends BoardName {
  readonly reason: string
  readonly coverage: number
  readonly n_samples: number
  readonly missing: number
}

/** A leaderboard: everything that is comparable on one dataset. `api/v1/leaderboard/…` is this, as JSON. */
export interface BoardModel {
  readonly schema: 'benchmark.dashboard-leaderboard/1'
  readonly category: string
  readonly dataset: { readonly id: string; readonly version: string; readonly labels: string | null } | null
  /** Newest run behind it. */
  readonly as_of: string | null
  /** Version of the hub's definition; null: this program's own. */
  readonly definition_version: number | null
  readonly weights_from: 'configuration' | 'definition'
  readonly total: number
  readonly entries: readonly BoardEntry[]
  readonly unranked: readonly BoardUnranked[]
  /** How the contributors do, metric by metric; withheld below `group_size`. */
  readonly community: readonly CommunityStatistic[]
  readonly group_size: number
  readonly prices: {
    readonly cpu_hour: number
    readonly memory_gb_hour: number
    readonly currency: string
    readonly date: string
    readonly source: string
  } | null
  readonly warnings: readonly string[]
}

/** A row of a leaderboard by one category. */
export interface CategoryRow {
  readonly entry: BoardEntry
  readonly rank: number
  readonly rank_low: number | null
  readonly rank_high: number | null
  readonly value: number
  readonly low: number | null
  readonly high: number | null
}

/** Candidates of one machine class by one category, the best first; and those without a value. */
export interface CategoryTable {
  /** Null where machines do not matter. */
  readonly machine: string | null
  readonly rows: readonly CategoryRow[]
}

/**
 * A board by one category. Times, memory and money of different machine classes are different tables. Their rank interval
 * counts the candidates whose 95 % intervals lie wholly on one side. Accuracy leaves resources out of the score.
 */
export const byCategory = (board: BoardModel, category: Category): readonly CategoryTable[] => {
  if (category === 'overall') return [{ machine: null, rows: board.entries.map(overall) }]
  if (category === 'accuracy') return [{ machine: null, rows: accuracyRows(board) }]
  const valueOf = (entry: BoardEntry): Estimate | null => {
    if (category === 'speed') return entry.wall_seconds
    if (category === 'memory') return entry.peak_rss_bytes
    return entry.cost === null ? null : { value: entry.cost, low: null, high: null, n: entry.n_samples }
  }
  const classes = new Map<string, { entry: BoardEntry; of: Estimate }[]>()
  for (const entry of board.entries) {
    const of = valueOf(entry)
    if (of === null) continue
    const machine = entry.machine ?? 'machine not told'
    classes.set(machine, [...(classes.get(machine) ?? []), { entry, of }])
  }
  return [...classes]
    .sort(([left, one], [right, other]) => other.length - one.length || (left < right ? -1 : 1))
    .map(([machine, members]) => ({ machine, rows: smallestFirst(members) }))
}

const overall = (entry: BoardEntry): CategoryRow => ({
  ...{ entry, rank: entry.rank, rank_low: entry.rank_low, rank_high: entry.rank_high },
  ...{ value: entry.score, low: entry.score_low, high: entry.score_high },
})

const RESOURCES: ReadonlySet<string> = new Set(['wall_seconds', 'cpu_seconds', 'peak_rss_bytes'])

const accuracyRows = (board: BoardModel): readonly CategoryRow[] => {
  const hasCosts = board.entries.some(({ metrics }) =>
    metrics.some(({ metric, weight }) => weight > 0 && RESOURCES.has(metric)),
  )
  if (!hasCosts) return board.entries.map(overall)
  const rated = board.entries
    .map((entry) => ({ entry, value: accuracyOf(entry) }))
    .sort((left, right) => right.value - left.value || left.entry.rank - right.entry.rank)
  return rated.map(({ entry, value }) => ({
    ...{ entry, value, low: null, high: null, rank_low: null, rank_high: null },
    rank: 1 + rated.filter((other) => other.value > value).length,
  }))
}

const accuracyOf = ({ metrics }: BoardEntry): number => {
  const counted = metrics.filter(({ metric, weight }) => weight > 0 && !RESOURCES.has(metric))
  const total = counted.reduce((sum, { weight }) => sum + weight, 0)
  return total === 0 ? 0 : counted.reduce((sum, { weight, utility }) => sum + weight * (utility ?? 0), 0) / total
}

const smallestFirst = (members: readonly { entry: BoardEntry; of: Estimate }[]): readonly CategoryRow[] =>
  [...members]
    .sort((left, right) => left.of.value - right.of.value || (left.entry.key < right.entry.key ? -1 : 1))
    .map(({ entry, of }): CategoryRow => ({
      ...{ entry, value: of.value, low: of.low, high: of.high },
      rank: 1 + members.filter((other) => other.of.value < of.value).length,
      rank_low:
        of.low === null ? null : 1 + members.filter(({ of: { high } }) => high !== null && high < (of.low ?? 0)).length,
      rank_high:
        of.high === null
          ? null
          : members.length - members.filter(({ of: { low } }) => low !== null && low > (of.high ?? 0)).length,
    }))
