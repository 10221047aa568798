import { type Aggregation, known, missing, type Quantity, type Reason, type Summary } from '../score.ts'
import { mean, median } from '../stats/correlation.ts'
import { medianInterval, type Interval, intervalOverSamples } from '../stats/interval.ts'
import { type ConfusionCounts, CONFUSION_FORMULAS } from './confusion.ts'
import type { MetricDefinition } from './definition.ts'
import type { SampleTable, Series } from './sample-table.ts'

/**
 * One way of turning the per-sample values of a series into one number; none where the way does not apply to the
 * metric. `macro` = mean over samples with a value, `micro` = the formula on summed counts, `total` = sum,
 * `median` = middle value.
 */
export const aggregate = (how: Aggregation, series: Series, table: SampleTable): readonly Summary[] => {
  if (how === 'micro') return microOf(series, table)
  const column = table.column(series)
  const values = valuesOf(column)
  const combine = { macro: mean, median, total: (all: readonly number[]) => all.reduce((sum, value) => sum + value, 0) }
  const quantity = values.length === 0 ? missing(commonReason(column)) : known(combine[how](values))
  const interval = how === 'macro' && !series.ofDataset ? intervalOverSamples(values) : null
  return [summaryOf(series, quantity, { n: values.length, nExpected: column.length }, how, interval)]
}

/** A resource: median over executions, with its interval by order statistics. */
export const medianOfExecutions = (
  metric: MetricDefinition,
  measured: readonly (number | null)[],
  nExpected: number,
): Summary => {
  const values = measured.flatMap((value) => (value === null ? [] : [value])).sort((left, right) => left - right)
  const series = { metric: metric.id, level: null, rank: null, unit: metric.unit, direction: metric.direction }
  const quantity =
    values.length > 0 ? known(median(values)) : missing(measured.length === 0 ? 'not_run' : 'not_measured')
  return summaryOf(series, quantity, { n: values.length, nExpected }, 'median', medianInterval(values))
}

const microOf = (series: Series, table: SampleTable): readonly Summary[] => {
  const formula = CONFUSION_FORMULAS[PROFILE_NAMES[series.metric] ?? series.metric]
  if (!formula || series.ofDataset) return []
  const column = (metric: string): readonly Quantity[] => table.column({ ...series, metric })
  const counts = COUNTS.map(column)
  // A sample is counted when the three counts that need no universe are there.
  const counted = table.samples.map((_sample, row) =>
    counts.slice(0, 3).every((of) => of[row] !== undefined && of[row].value !== null),
  )
  const sums = counts.map((of) => sumWhere(of, counted))
  const [truePositives, falsePositives, falseNegatives, trueNegatives, falsePositivesOutside, redundantHits] = sums
  const n = counted.filter(Boolean).length
  const sizes = { n, nExpected: table.samples.length }
  if (n === 0) return [summaryOf(series, missing(commonReason(column('true_positives'))), sizes, 'micro', null)]
  const summed: ConfusionCounts = {
    truePositives: truePositives ?? 0,
    falsePositives: falsePositives ?? 0,
    falseNegatives: falseNegatives ?? 0,
    trueNegatives: trueNegatives ?? null,
    // A type without this count has none outside; where there is no universe there are no true negatives either.
    falsePositivesOutside: falsePositivesOutside ?? (trueNegatives === null ? null : 0),
    redundantHits: redundantHits ?? 0,
  }
  return [summaryOf(series, formula(summed), sizes, 'micro', null)]
}

// Profilers call the same two shares by names of their own.
const PROFILE_NAMES: Readonly<Record<string, string>> = { completeness: 'sensitivity', purity: 'precision' }

const COUNTS = [
  'true_positives',
  'false_positives',
  'false_negatives',
  'true_negatives',
  'fp_outside_universe',
  'redundant_hits',
]

/** Sum over the counted samples, or null when one of them has no such count (no universe). */
const sumWhere = (column: readonly Quantity[], counted: readonly boolean[]): number | null =>
  column.reduce<number | null>((sum, { value }, row) => {
    if (counted[row] !== true) return sum
    return sum === null || value === null ? null : sum + value
  }, 0)

const valuesOf = (column: readonly Quantity[]): readonly number[] =>
  column.flatMap(({ value }) => (value === null ? [] : [value]))

/** The reason most samples give; of equally frequent ones `not_run`, then the first. */
const commonReason = (column: readonly Quantity[]): Reason => {
  const counts = new Map<Reason, number>()
  for (const { reason } of column) if (reason !== null) counts.set(reason, (counts.get(reason) ?? 0) + 1)
  let common: Reason = 'not_run'
  for (const [reason, count] of counts) if (count > (counts.get(common) ?? 0)) common = reason
  return common
}

const summaryOf = (
  { metric, level, rank, unit, direction }: Omit<Series, 'ofDataset'>,
  quantity: Quantity,
  sizes: { readonly n: number; readonly nExpected: number },
  aggregation: Aggregation,
  interval: Interval | null,
): Summary => ({
  metric,
  level,
  rank,
  unit,
  direction,
  ...quantity,
  ...sizes,
  low: interval?.low ?? null,
  high: interval?.high ?? null,
  method: { aggregation, interval: interval?.method ?? null },
})
