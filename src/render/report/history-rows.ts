import type { ReportParts } from '../../app/report/report-parts.ts'
import type { RunSeries } from '../../core/history/series-of-runs.ts'
import type { Run } from '../../core/run.ts'
import type { ReportDocument } from '../../generated/report.ts'
import { seriesFields } from './metric-rows.ts'
import { settingKey, variantsOf } from './variant.ts'

type HistorySection = ReportDocument['comparison']['vs_history']
type HistorySeries = NonNullable<HistorySection['result']>['series'][number]

/** Metrics over earlier runs: the ones that moved first. */
export const historySection = ({ history, run }: ReportParts): HistorySection => {
  if (history.found === null) return { missing: history.missing, next: history.next, result: null }
  const { runs, series, report } = history.found
  const findings = new Map(report.findings.map((finding) => [finding.key, finding]))
  const names = new Map(variantsOf(run).map((variant) => [settingKey(variant), variant]))
  const rows = series.flatMap((one): HistorySeries[] => {
    const finding = findings.get(one.key)
    if (finding === undefined) return []
    const variant = names.get(settingKey(one)) ?? { ...one, version: null, name: one.pipeline }
    return [
      {
        name: variant.name,
        pipeline: variant.pipeline,
        version: variant.version,
        params: { ...variant.params },
        ...seriesFields({
          ...one,
          metric: one.definition.id,
          unit: one.definition.unit,
          direction: one.definition.direction,
        }),
        state: finding.state,
        reasons: [...finding.reasons],
        points: one.points.map(({ label, values }) => pointOf(runs.get(label), label, values, one)),
        shifts: finding.shifts.map(({ from, before, after, turn, isCurrent, isConfirmed }) => ({
          ...{ run_id: from, before, after, turn },
          ...{ is_current: isCurrent, is_confirmed: isConfirmed },
        })),
      },
    ]
  })
  const order = ['confirmed', 'watch', 'quiet', 'unjudged']
  const indexed = rows.map((row, index) => ({ row, index }))
  indexed.sort((one, other) => order.indexOf(one.row.state) - order.indexOf(other.row.state) || one.index - other.index)
  return {
    missing: null,
    next: null,
    result: { runs: runs.size, judged: report.judged, series: indexed.map(({ row }) => row) },
  }
}

const pointOf = (
  run: Run | undefined,
  runId: string,
  values: readonly number[],
  { pipeline, params, definition, level, rank }: RunSeries,
): HistorySeries['points'][number] => {
  const value =
    values.length === 0 ? null : Number((values.reduce((sum, one) => sum + one, 0) / values.length).toPrecision(12))
  const stated = run?.summary.find(
    (one) =>
      settingKey(one) === settingKey({ pipeline, params }) &&
      one.metric === definition.id &&
      one.level === level &&
      one.rank === rank &&
      one.method.aggregation === 'macro',
  )
  // The interval is of the mean over all samples of that run: it belongs to this point only where that mean is its value.
  const isSame =
    value !== null &&
    typeof stated?.value === 'number' &&
    Math.abs(stated.value - value) <= 1e-9 * Math.max(1, Math.abs(value))
  return {
    run_id: runId,
    at: run?.startedAt ?? '',
    commit: run?.commit ?? null,
    value,
    low: isSame ? stated.low : null,
    high: isSame ? stated.high : null,
  }
}
