import { findBenchmarkType } from '../benchmark-types.ts'
import { byImportance } from '../profile/ranks.ts'
import type { SiteRun, SiteSeries } from './site-run.ts'

/** At most so many metrics of a type this program does not know. */
const MOST = 8

/** One text for one series. */
export const columnKey = ({ metric, level, rank }: SiteSeries): string =>
  [metric, level, rank].filter((part) => part !== null).join('@')

/**
 * The metrics a table of these runs shows: the primary ones of the benchmark type, then the others of its tables, each at
 * its level and its most telling rank. Of a type nobody knows the first few by name.
 */
export const metricColumns = (benchmarkType: string, runs: readonly SiteRun[]): readonly SiteSeries[] => {
  const seen = new Map<string, SiteSeries>()
  for (const { values } of runs) for (const { series } of values) seen.set(columnKey(series), series)
  const all = [...seen].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, series]) => series)
  const type = findBenchmarkType(benchmarkType)
  if (type === undefined) return all.slice(0, MOST)
  const wanted = new Map([...type.primaryMetrics, ...type.tableMetrics].map((one) => [JSON.stringify(one), one]))
  return [...wanted.values()].flatMap(({ metric, level }) => telling(all, metric, level) ?? [])
}

/** The series of a metric at a level and its most telling rank. */
const telling = (all: readonly SiteSeries[], metric: string, level: string | null): SiteSeries | undefined => {
  const found = all.filter((series) => series.metric === metric && series.level === level)
  const [rank = null] = byImportance([...new Set(found.flatMap((series) => series.rank ?? []))])
  return found.find((series) => series.rank === rank)
}

/** The first primary metric of a type that these runs have. */
export const mainColumn = (benchmarkType: string, columns: readonly SiteSeries[]): SiteSeries | undefined => {
  const primary = findBenchmarkType(benchmarkType)?.primaryMetrics ?? []
  for (const { metric, level } of primary) {
    const found = columns.find((series) => series.metric === metric && series.level === level)
    if (found) return found
  }
  return columns.find(({ direction }) => direction !== 'none')
}
