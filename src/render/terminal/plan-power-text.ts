import type { PlannedPower } from '../../app/plan-power.ts'
import { formatMetric } from '../format-number.ts'
import { countText, seriesText, unitOf } from '../rank/candidate-text.ts'
import { type PagePart, renderPage } from '../table/page.ts'
import type { Table, TableOptions } from '../table/table.ts'
import { textTablePart } from './text-table.ts'

/** What a plan could show before it costs anything, one primary metric a row. */
export const renderPlanPower = (power: PlannedPower, options: TableOptions = {}): string =>
  renderPage(powerParts(power, options), () => powerRows(power), options)

/** The same as parts of a page. */
export const powerParts = (power: PlannedPower, options: TableOptions): readonly PagePart[] => {
  if (power.metrics.length === 0) return ['What it could show: unknown, no metric is declared as important.']
  const from =
    power.earlier.length === 0
      ? 'no earlier run on this truth to take spreads from'
      : `spreads from ${countText(power.earlier.length, 'earlier run')} on this truth`
  const rows = power.metrics.map((metric) => [
    seriesText(metric),
    metric.what === 'samples' ? countText(power.samples, 'sample') : countText(power.repeats, 'repeat'),
    effectText(metric.detectable, metric),
    effectText(metric.smallestEffect, metric),
    enoughText(metric),
  ])
  return [
    `What it could show in four of five cases (${from}):`,
    textTablePart(['metric', 'with', 'difference of', 'smallest that matters', 'enough?'], rows, options),
    reachText(power),
  ]
}

/** Every metric with its numbers in full; `relative`: they are shares of the mean. */
const powerRows = ({ metrics, samples, repeats }: PlannedPower): Table => ({
  head: [
    ...['metric', 'level', 'rank', 'counted', 'count', 'relative', 'spread', 'detectable', 'smallest_effect'],
    ...['enough', 'needed', 'note'],
  ],
  rows: metrics.map((one) =>
    [
      ...[one.metric, one.level, one.rank, one.what, one.what === 'samples' ? samples : repeats, one.isRelative],
      ...[one.spread, one.detectable, one.smallestEffect, one.isEnough, one.needed, one.note],
    ].map((value) => (value === null ? '' : String(value))),
  ),
})

const reachText = ({ tests, reachable, metrics }: PlannedPower): string => {
  const least = [
    ...(metrics.some(({ what }) => what === 'samples') ? [countText(reachable.samples, 'common sample')] : []),
    ...(metrics.some(({ what }) => what === 'repeats') ? [countText(reachable.repeats, 'repeat')] : []),
  ]
  return `${countText(tests, 'primary test')}: the correction for ${tests === 1 ? 'it' : 'all of them'} needs at least ${least.join(' and ')}.`
}

type MetricPower = PlannedPower['metrics'][number]

const effectText = (effect: number | null, { metric, isRelative }: MetricPower): string => {
  if (effect === null) return '–'
  // Runs of a busy machine can differ so much that a number would only look exact.
  if (isRelative && effect > 10) return 'more than 10 times'
  if (isRelative) return `${Number((effect * 100).toPrecision(2))} %`
  return formatMetric(effect, unitOf(metric))
}

const enoughText = ({ isEnough, needed, what, note }: MetricPower): string => {
  if (isEnough === true) return 'yes'
  if (isEnough === null) return `unknown: ${note ?? 'the size of its values is not known'}`
  if (needed !== null) return `no, ${countText(needed, what.slice(0, -1))} needed`
  return `no${note === null ? '' : `: ${note}`}`
}
