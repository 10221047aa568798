import { nearest, Problem } from '../../core/problem.ts'
import type { CommunityComparison } from './compare-with-community.ts'

/** What of a comparison with the community is to be seen; empty: everything. */
export interface CommunityFilter {
  /** `sensitivity` or `sensitivity:gene`. */
  readonly metrics: readonly string[]
  /** Match levels and taxonomic ranks. */
  readonly levels: readonly string[]
}

type Series = Pick<CommunityComparison['statistics'][number], 'metric' | 'level' | 'rank'>

/**
 * The metrics that were asked for. The place by the score of the leaderboard stays, which is of all metrics. Throws
 * `E_NOT_FOUND` for a metric or level that is not among them.
 */
export const selectCommunity = (
  comparison: CommunityComparison,
  { metrics, levels }: CommunityFilter,
): CommunityComparison => {
  const { statistics, places } = comparison
  const all: readonly Series[] = [...statistics, ...places]
  demand('metric', metrics, all.flatMap(namesOf))
  demand('match level or rank', levels, all.flatMap(placesOf))
  const isWanted = (one: Series): boolean =>
    (metrics.length === 0 || namesOf(one).some((name) => metrics.includes(name))) &&
    (levels.length === 0 || placesOf(one).some((name) => levels.includes(name)))
  return { ...comparison, statistics: statistics.filter(isWanted), places: places.filter(isWanted) }
}

const placesOf = ({ level, rank }: Series): readonly string[] => [level, rank].flatMap((of) => of ?? [])

const namesOf = (series: Series): readonly string[] => [
  series.metric,
  ...placesOf(series).map((place) => `${series.metric}:${place}`),
]

const demand = (kind: string, wanted: readonly string[], there: readonly string[]): void => {
  const known = [...new Set(there)].sort()
  for (const name of wanted)
    if (!known.includes(name))
      throw new Problem('E_NOT_FOUND', `No ${kind} "${name}" is compared with the community.`, {
        hints: [
          ...nearest(name, known).map((near) => `Did you mean "${near}"?`),
          known.length === 0 ? 'None is.' : `Compared are ${known.filter((one) => !one.includes(':')).join(', ')}.`,
        ],
      })
}
