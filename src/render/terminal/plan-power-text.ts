import type { PlannedPower } from '../../app/plan-power.ts'
import { formatMetric } from '../format-number.ts'
import { countText, seriesText, unitOf } from '../rank/candidate-text.ts'
import { textTable } from './text-table.ts'

/** What a plan could show before it costs anything, one primary metric a row. */
export const renderPlanPower = (power: PlannedPower, width?: number): string => {
  if (power.metrics.length === 0) return 'What it could show: unknown, no metric is declared as important.'
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
    textTable(['metric', 'with', 'difference of', 'smallest that matters', 'enough?'], rows, width),
    reachText(power),
  ].join('\n')
}

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
