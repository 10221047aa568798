import { importantMetrics } from '../../app/show-run.ts'
import type { RunComparison } from '../../app/compare/run-comparison.ts'
import type { Change } from '../../core/comparison/comparison.ts'
import { findMetric } from '../../core/metrics/registry.ts'
import type { PipelineSummary, Run } from '../../core/run.ts'
import type { ReportDocument } from '../../generated/report.ts'
import { failedVariants, settingKey, type NamedVariant, variantKey, variantsOf } from './variant.ts'

export type MetricRow = ReportDocument['metrics'][number]
type SeriesOf = Pick<MetricRow, 'metric' | 'level' | 'rank' | 'unit' | 'direction'>

/** What a metric is called: `Sensitivity`, as its definition says, without the other names it has there. */
export const metricTitle = (metric: string): string =>
  (findMetric(metric)?.definition.title ?? metric).replace(/ \(.*\)$/, '')

/** A series as documents name it. */
export const seriesFields = ({ metric, level, rank, unit, direction }: SeriesOf) => ({
  ...{ metric, title: metricTitle(metric), level, rank, unit, direction },
})

const COSTS = new Set(['wall_seconds', 'peak_rss_bytes'])

/** The metric table of a report: every value, every important metric without one, and how many others have none. */
export const metricRows = (run: Run, comparison: RunComparison | null) => {
  const important = importantMetrics(run)
  const isImportant = ({ metric, level, rank, method }: PipelineSummary): boolean =>
    important.some(
      (one) =>
        one.metric === metric && one.level === level && one.rank === rank && one.aggregation === method.aggregation,
    )
  const changes = changesByKey(comparison)
  const bySetting = new Map(variantsOf(run).map((variant) => [variantKey(variant), variant]))
  const withValue = new Set(run.summary.filter(({ value }) => value !== null).map(seriesKey))
  const failed = new Set(failedVariants(run).map(settingKey))
  const rows: MetricRow[] = []
  const without: Record<string, number> = {}
  const counted = new Set<string>()
  for (const summary of run.summary) {
    const isShown = isImportant(summary)
    if (isShown || withValue.has(seriesKey(summary))) {
      const variant = bySetting.get(variantKey(summary)) ?? { ...summary, name: summary.pipeline }
      const row = rowOf(variant, summary, isShown, changes)
      rows.push(row.reason === 'not_run' && failed.has(settingKey(variant)) ? { ...row, reason: 'failed' } : row)
    } else if (!counted.has(seriesKey(summary))) {
      counted.add(seriesKey(summary))
      const reason = summary.reason ?? 'not_measured'
      without[reason] = (without[reason] ?? 0) + 1
    }
  }
  // Whole metrics one after another, the important ones first, pipelines beside each other.
  const order = new Map(important.map((one, index) => [`${one.metric}|${one.level ?? ''}|${one.rank ?? ''}`, index]))
  const place = (row: MetricRow): number =>
    row.is_primary ? (order.get(`${row.metric}|${row.level ?? ''}|${row.rank ?? ''}`) ?? 1e6) : 1e6
  const variants = variantsOf(run).map(({ name }) => name)
  const firstSeen = new Map<string, number>()
  for (const row of rows) if (!firstSeen.has(rowSeries(row))) firstSeen.set(rowSeries(row), firstSeen.size)
  rows.sort(
    (one, other) =>
      place(one) - place(other) ||
      (firstSeen.get(rowSeries(one)) ?? 0) - (firstSeen.get(rowSeries(other)) ?? 0) ||
      variants.indexOf(one.name) - variants.indexOf(other.name),
  )
  return { rows, without, keyNumbers: rows.filter(({ is_primary }) => is_primary) }
}

const seriesKey = ({ metric, level, rank, method }: PipelineSummary): string =>
  JSON.stringify([metric, level, rank, method.aggregation])

const rowSeries = ({ metric, level, rank, aggregation }: MetricRow): string =>
  JSON.stringify([metric, level, rank, aggregation])

const changeKey = (of: Pick<Change, 'pipeline' | 'params' | 'metric' | 'level' | 'rank'>): string =>
  JSON.stringify([settingKey(of), of.metric, of.level, of.rank])

const changesByKey = (comparison: RunComparison | null): ReadonlyMap<string, Change> =>
  new Map((comparison?.comparison.changes ?? []).map((change) => [changeKey(change), change]))

const rowOf = (
  variant: NamedVariant,
  summary: PipelineSummary,
  isPrimary: boolean,
  changes: ReadonlyMap<string, Change>,
): MetricRow => {
  // Comparisons are of means over samples, and of resources by execution; sums of counts have none.
  const isCompared = summary.method.aggregation === 'macro' || COSTS.has(summary.metric) || summary.unit === 'seconds'
  const change = isCompared ? changes.get(changeKey(summary)) : undefined
  return {
    name: variant.name,
    pipeline: variant.pipeline,
    version: variant.version,
    params: { ...variant.params },
    ...seriesFields(summary),
    aggregation: summary.method.aggregation,
    is_primary: isPrimary,
    value: summary.value,
    reason: summary.reason,
    low: summary.low,
    high: summary.high,
    interval: summary.method.interval,
    n: summary.n,
    n_expected: summary.nExpected,
    change: change === undefined ? null : changeOf(change),
  }
}

const changeOf = (change: Change): NonNullable<MetricRow['change']> => ({
  baseline: change.baseline,
  effect: change.effect,
  scale: change.effectScale,
  low: change.low,
  high: change.high,
  p_adjusted: change.pAdjusted,
  n_common: change.nCommon,
  verdict: change.verdict,
  note: change.note,
})
