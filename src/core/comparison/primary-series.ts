import { byImportance } from '../profile/ranks.ts'
import type { PrimaryMetric } from './comparison.ts'
import type { SideSeries } from './sides.ts'

/** Whether a series is a declared primary metric: at its most telling rank, where no rank is named. */
export const primarySeries = (
  all: readonly SideSeries[],
  wanted: readonly PrimaryMetric[],
): ((series: SideSeries) => boolean) => {
  const isOf = ({ metric, level }: PrimaryMetric, series: SideSeries): boolean =>
    series.metric === metric && (level === null || series.level === level)
  return (series) =>
    wanted.some((primary) => {
      if (!isOf(primary, series)) return false
      if (primary.rank != null) return series.rank === primary.rank
      const ranks = all.filter((one) => isOf(primary, one)).flatMap(({ rank }) => rank ?? [])
      return series.rank === (byImportance([...new Set(ranks)])[0] ?? null)
    })
}
