import { isKnownLevel, isKnownRank } from '../../core/hub/generalise.ts'
import { findMetric } from '../../core/metrics/registry.ts'
import type { RunPayload, SharedSeries } from '../../generated/hub-run.ts'
import type { Omission, SharedRun } from './share-run.ts'

/** The run with only those series whose metric, level and rank this program defines, and their scores. */
export const onlyKnownSeries = (payload: RunPayload): SharedRun => {
  const to = new Map<number, number>()
  const series: SharedSeries[] = []
  for (const [index, one] of payload.series.entries()) {
    const common = commonSeries(one)
    if (common !== null) to.set(index, series.push(common) - 1)
  }
  const unknown = payload.series.length - series.length
  const omissions: readonly Omission[] =
    unknown === 0 ? [] : [{ field: 'series', change: `${unknown} left out: metrics that not everybody has` }]
  return {
    payload: {
      ...payload,
      series,
      primary_metrics: payload.primary_metrics.filter(({ metric }) => findMetric(metric)?.definition.id === metric),
      executions: payload.executions.map((execution) => ({
        ...execution,
        scores: execution.scores.flatMap(([of, sample, value]) => {
          const position = to.get(of)
          return position === undefined ? [] : [[position, sample, value] satisfies [number, number | null, unknown]]
        }),
      })),
      summary: moved(payload.summary, to),
      condensed: payload.condensed && {
        ...payload.condensed,
        quantiles: moved(payload.condensed.quantiles, to),
      },
    },
    omissions,
  }
}

const moved = <T extends { readonly series: number }>(items: readonly T[], to: ReadonlyMap<number, number>): T[] =>
  items.flatMap((item) => {
    const series = to.get(item.series)
    return series === undefined ? [] : [{ ...item, series }]
  })

const commonSeries = ({ metric, level, rank }: SharedSeries): SharedSeries | null => {
  const definition = findMetric(metric)?.definition
  if (definition?.id !== metric || !isKnownLevel(level) || !isKnownRank(rank)) return null
  return { metric, level, rank, unit: definition.unit, direction: definition.direction }
}
