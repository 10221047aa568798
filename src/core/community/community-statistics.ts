import type { BoardMetric } from '../ranking/board.ts'
import {
  type Basis,
  basisOf,
  byCodeUnits,
  type MetricSeries,
  type Observation,
  seriesKey,
} from '../ranking/observation.ts'
import { anchorFor, meanOnScale } from '../ranking/utility-table.ts'
import { unclampedUtility } from '../ranking/utility.ts'
import { percentile } from '../stats/bootstrap.ts'
import { mean } from '../stats/correlation.ts'

/** How the community does in one metric on one dataset. No person's values, and nothing about fewer than k people. */
export interface CommunityStatistic extends MetricSeries {
  readonly dataset: string
  /** Comparable runs of pipelines with a value; null where the statistic is withheld. */
  readonly n: number | null
  /** Contributors, rounded down to a multiple of k, so that one joining is not seen; null where withheld. */
  readonly contributorsAtLeast: number | null
  readonly quartiles: Quartiles | null
  /** `fewer_than_k`: withheld, because too few people stand behind it. */
  readonly withheld: 'fewer_than_k' | 'no_values' | null
  readonly basis: Basis
}

/** First quartile, median and third quartile, by linear interpolation (Hyndman and Fan type 7). */
interface Quartiles {
  readonly first: number
  readonly median: number
  readonly third: number
}

/** What a person's result is among the others'. */
export interface CommunityPlace extends MetricSeries {
  readonly dataset: string
  readonly value: number
  /** 1 + the number of others that are better (`rank` is the taxonomic one). Null where withheld. */
  readonly place: number | null
  /** Others and this one. */
  readonly of: number | null
  /** Share of the others that are worse, ties counting half; 0..100. */
  readonly percentile: number | null
  readonly withheld: CommunityStatistic['withheld']
}

/** One contributor's mean in one series on one dataset. */
interface ContributorValue {
  readonly contributor: string
  readonly value: number
  readonly utility: number
}

/** What may be told about people, from the hub's policy. */
export interface CommunityPolicy {
  /** Contributors that must stand behind every number; at least 2. */
  readonly k: number
}

/**
 * Quartiles of a metric over contributors: each contributor counts once, with the mean of what they contributed, so that
 * many runs of one do not speak for all. Everything over fewer than k contributors is withheld.
 */
export const communityStatistics = (
  metrics: readonly BoardMetric[],
  rows: readonly Observation[],
  policy: CommunityPolicy,
): readonly CommunityStatistic[] => {
  const k = requireK(policy)
  return eachSeries(metrics, rows).map(({ metric, dataset, own }) => {
    const values = contributorValues(metric, own)
    const runs = new Set(own.map(({ runId }) => runId)).size
    const enough = values.length >= k
    const sorted = values.map(({ value }) => value).sort((left, right) => left - right)
    return {
      metric: metric.metric,
      level: metric.level,
      rank: metric.rank,
      dataset,
      n: enough ? runs : null,
      contributorsAtLeast: enough ? Math.floor(values.length / k) * k : null,
      quartiles: enough
        ? { first: percentile(sorted, 0.25), median: percentile(sorted, 0.5), third: percentile(sorted, 0.75) }
        : null,
      withheld: enough ? null : withheldFor(values),
      basis: basisOf({
        method: 'quartiles_over_contributors',
        n: enough ? runs : 0,
        m: enough ? Math.floor(values.length / k) * k : 0,
        warnings: enough ? [] : [withheldFor(values)],
      }),
    }
  })
}

/**
 * Where one's own mean stands among the other contributors', for each metric and dataset one has a value of. Withheld
 * below k others: with fewer, one's own rank would tell what a single other person has.
 */
export const communityPlaces = (
  metrics: readonly BoardMetric[],
  mine: readonly Observation[],
  rows: readonly Observation[],
  policy: CommunityPolicy,
): readonly CommunityPlace[] => {
  const k = requireK(policy)
  const me = new Set(mine.map(({ contributor }) => contributor))
  const others = rows.filter(({ contributor }) => !me.has(contributor))
  const theirs = new Map(
    eachSeries(metrics, others).map(({ metric, dataset, own }) => [
      placeKey(metric, dataset),
      contributorValues(metric, own),
    ]),
  )
  return eachSeries(metrics, mine).flatMap(({ metric, dataset, own }): CommunityPlace[] => {
    // One person, however many names the rows carry.
    const [mean] = contributorValues(
      metric,
      own.map((row) => ({ ...row, contributor: '' })),
    )
    if (!mean) return []
    const compared = theirs.get(placeKey(metric, dataset)) ?? []
    const base = { metric: metric.metric, level: metric.level, rank: metric.rank, dataset, value: mean.value }
    if (compared.length < k)
      return [{ ...base, place: null, of: null, percentile: null, withheld: withheldFor(compared) }]
    const better = compared.filter(({ utility }) => utility > mean.utility).length
    const equal = compared.filter(({ utility }) => utility === mean.utility).length
    const worse = compared.length - better - equal
    return [
      {
        ...base,
        place: 1 + better,
        of: compared.length + 1,
        percentile: (100 * (worse + equal / 2)) / compared.length,
        withheld: null,
      },
    ]
  })
}

/** The k of a policy. Throws below 2, which would protect nobody. */
export const requireK = ({ k }: CommunityPolicy): number => {
  if (Number.isInteger(k) && k >= 2) return k
  throw new RangeError(`At least 2 contributors must stand behind a number, not ${String(k)}`)
}

const withheldFor = (values: readonly ContributorValue[]): 'fewer_than_k' | 'no_values' =>
  values.length === 0 ? 'no_values' : 'fewer_than_k'

const placeKey = (series: MetricSeries, dataset: string): string => JSON.stringify([seriesKey(series), dataset])

const eachSeries = (
  metrics: readonly BoardMetric[],
  rows: readonly Observation[],
): readonly { readonly metric: BoardMetric; readonly dataset: string; readonly own: readonly Observation[] }[] => {
  const datasets = [...new Set(rows.map(({ dataset }) => dataset))].sort(byCodeUnits)
  return metrics.flatMap((metric) => {
    const of = rows.filter(
      (row) =>
        row.value !== null && row.metric === metric.metric && row.level === metric.level && row.rank === metric.rank,
    )
    return datasets.map((dataset) => ({ metric, dataset, own: of.filter((row) => row.dataset === dataset) }))
  })
}

/** One value for each contributor: the mean over samples of the means over repeats and settings. */
const contributorValues = (metric: BoardMetric, rows: readonly Observation[]): readonly ContributorValue[] => {
  const byContributor = new Map<string, Map<string, { values: number[]; utilities: number[] }>>()
  for (const row of rows) {
    if (row.value === null) continue
    const samples = byContributor.get(row.contributor) ?? new Map<string, { values: number[]; utilities: number[] }>()
    byContributor.set(row.contributor, samples)
    const cell = samples.get(row.sample ?? '') ?? { values: [], utilities: [] }
    samples.set(row.sample ?? '', cell)
    cell.values.push(row.value)
    cell.utilities.push(unclampedUtility(row.value, anchorFor(metric, row)))
  }
  return [...byContributor]
    .sort(([left], [right]) => byCodeUnits(left, right))
    .map(([contributor, samples]) => {
      const cells = [...samples].sort(([left], [right]) => byCodeUnits(left, right)).map(([, cell]) => cell)
      const inOrder = (values: readonly number[]): readonly number[] => [...values].sort((left, right) => left - right)
      return {
        contributor,
        value: meanOnScale(
          cells.map(({ values }) => meanOnScale(inOrder(values), metric.anchor)),
          metric.anchor,
        ),
        // Rounding must not make two equal people unequal.
        utility: Math.round(mean(cells.map(({ utilities }) => mean(inOrder(utilities)))) * 1e12) / 1e12,
      }
    })
}
