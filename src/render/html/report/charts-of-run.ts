import { RANKS } from '../../../core/profile/ranks.ts'
import { AMR_LEVELS } from '../../../core/scoring-options.ts'
import type { ReportDocument } from '../../../generated/report.ts'
import { inSentence } from '../../report/variant.ts'
import type { Axis, ChartSpec, Datum, DotIntervalSpec, HeatTableSpec, TrendSpec } from '../charts/spec.ts'
import { atWords, changedName, changeWords, reasonWords, seriesWords } from './words.ts'

// The figures of a run report: specs only, made from the document. What cannot be drawn sensibly is left out; its
// numbers stand in the tables.

type Series = ReportDocument['sample_metrics'][number]

const axisOf = (of: Series): Axis => ({ label: inSentence(seriesWords(of)), unit: of.unit, direction: of.direction })

const datum = (value: number | null, reason: string | null = null): Datum =>
  value === null ? { missing: reasonWords(reason) } : value

/** Metric by level or rank, pipelines below each other; null where there is nothing to lay out in two directions. */
export const metricHeat = ({ key_numbers, metrics, run }: ReportDocument): HeatTableSpec | null => {
  const chosen = [...new Set(key_numbers.filter(({ unit }) => unit === 'ratio').map(({ metric }) => metric))].slice(
    0,
    4,
  )
  const rowsOf = metrics.filter(({ metric, aggregation }) => chosen.includes(metric) && aggregation === 'macro')
  const columns = [
    ...new Set(
      rowsOf
        .filter(({ value }) => value !== null)
        .sort(byLevelAndRank)
        .map(atWords),
    ),
  ]
  if (columns.length < 2 || rowsOf.length < 3) return null
  const hasRanks = rowsOf.some(({ rank }) => rank !== null)
  const rows = chosen.flatMap((metric) =>
    run.pipelines.flatMap(({ name }) => {
      const own = rowsOf.filter((row) => row.metric === metric && row.name === name)
      const [first] = own
      if (own.every(({ value }) => value === null)) return []
      const most = rowsOf.reduce((high, row) => (row.metric === metric ? Math.max(high, row.value ?? 0) : high), 0)
      return {
        label: `${first?.title ?? metric}: ${name}`,
        axis: { label: metric, unit: 'ratio', direction: first?.direction ?? ('none' as const) },
        // A few errors reach 2. What is better is shaded more in every row, whatever the direction of its metric.
        domain: first?.direction === 'lower' ? ([Math.max(1, Math.ceil(most)), 0] as const) : ([0, 1] as const),
        cells: columns.map((column) => {
          const found = own.find((row) => atWords(row) === column)
          return datum(found?.value ?? null, found?.reason ?? 'not_run')
        }),
      }
    }),
  )
  return {
    kind: 'heatTable',
    key: 'metrics-by-level',
    title: `Primary metrics by ${hasRanks ? 'taxonomic rank' : 'match level'}`,
    method: `Means over samples with a value; the stronger the shade, the better, from 0 to 1, or to 2 where errors are above 1. Rows and ${hasRanks ? 'ranks' : 'levels'} without any value are left out; – is a value that is missing, and the data below say why.`,
    rowLabel: 'metric and pipeline',
    columns,
    rows,
  }
}

/** Ranks from the highest, match levels from the strictest. */
const byLevelAndRank = (one: SeriesAt, other: SeriesAt): number => placeOf(one) - placeOf(other)

type SeriesAt = { readonly level: string | null; readonly rank: string | null }

const placeOf = ({ level, rank }: SeriesAt): number =>
  Math.max((RANKS as readonly string[]).indexOf(rank ?? ''), (AMR_LEVELS as readonly string[]).indexOf(level ?? ''))

/** Differences to the baseline with their intervals: those in the unit of the metric, and those in percent. */
export const changeCharts = (document: ReportDocument): readonly DotIntervalSpec[] => {
  const { result } = document.comparison.vs_baseline
  if (result === null) return []
  const titles = new Map(document.metrics.map(({ metric, title }) => [metric, title]))
  const severity = (verdict: string): number =>
    ['regressed', 'new-failure'].includes(verdict) ? 0 : verdict === 'changed-exact' ? 1 : 2
  const primary = result.changes
    .filter(({ primary: isPrimary, metric }) => isPrimary || metric === 'wall_seconds' || metric === 'peak_rss_bytes')
    .map((change, index) => ({ change, index }))
    .sort((one, other) => severity(one.change.verdict) - severity(other.change.verdict) || one.index - other.index)
    .map(({ change }) => change)
  const chart = (scale: 'absolute' | 'relative', unit: string, changes: typeof primary): DotIntervalSpec[] =>
    changes.every(({ effect }) => effect === null)
      ? []
      : [
          {
            kind: 'dotInterval',
            key: scale === 'relative' ? 'changes-relative' : `changes-${unit.replaceAll(/[^a-z0-9]+/g, '-')}`,
            title: scale === 'relative' ? 'Relative differences to the baseline' : 'Differences to the baseline',
            method: `This run minus the baseline on the samples both have${scale === 'relative' ? ', as a share of the baseline' : ''}, with 95 % intervals; hollow where the interval contains no difference. A triangle is better, a square worse.`,
            x: {
              label: scale === 'relative' ? 'change' : 'difference',
              unit: scale === 'relative' ? 'percent' : unit,
              direction: 'none',
            },
            reference: 0,
            rows: changes.slice(0, 30).map((change) => {
              const factor = scale === 'relative' ? 100 : 1
              const words = changeWords(change.verdict, change.effect, change.direction)
              return {
                label: `${changedName(document, change)}: ${inSentence(titles.get(change.metric) ?? change.metric)}${atWords(change) === '' ? '' : ` (${atWords(change)})`}`,
                value: datum(change.effect === null ? null : change.effect * factor),
                low: change.low === null ? null : change.low * factor,
                high: change.high === null ? null : change.high * factor,
                tone: words.tone,
                note: words.word,
              }
            }),
          },
        ]
  const relative = primary.filter(({ effect_scale }) => effect_scale === 'relative')
  const absolute = primary.filter(({ effect_scale }) => effect_scale === 'absolute')
  const units = [...new Set(absolute.map(({ unit }) => unit))]
  return [
    ...units.slice(0, 2).flatMap((unit) =>
      chart(
        'absolute',
        unit,
        absolute.filter((one) => one.unit === unit),
      ),
    ),
    ...chart('relative', 'percent', relative),
  ]
}

/** A line for each pipeline, a figure for each metric; metrics that moved first. */
export const historyCharts = (
  { comparison: { vs_history: of } }: ReportDocument,
  most: number,
): readonly TrendSpec[] => {
  const series = (of.result?.series ?? []).filter(
    ({ points }) => points.filter(({ value }) => value !== null).length > 1,
  )
  const keys = [...new Set(series.map((one) => JSON.stringify([one.metric, one.level, one.rank])))].slice(0, most)
  return keys.flatMap((key, index): TrendSpec[] => {
    const own = series.filter((one) => JSON.stringify([one.metric, one.level, one.rank]) === key)
    const [first] = own
    if (first === undefined) return []
    return [
      {
        kind: 'trend',
        key: `history-${String(index + 1)}`,
        title: `${seriesWords(first)} over earlier runs`,
        method:
          'Mean of each run by the time it started; the band is the 95 % interval over samples. Dashed lines: steps between levels that were found in the series. Gaps are runs without a value.',
        y: axisOf(first),
        series: own
          .map(({ name, points }) => ({
            name,
            points: points.map(({ at, run_id, value, low, high }) => ({
              at,
              label: run_id,
              value: datum(value),
              low,
              high,
            })),
          }))
          .sort((one, other) => (one.name < other.name ? -1 : 1)),
        changePoints: own.flatMap(({ name, shifts, points }) =>
          shifts
            .filter(({ is_current, is_confirmed }) => is_current || is_confirmed)
            .flatMap(({ run_id, turn }) => {
              const at = points.find((point) => point.run_id === run_id)?.at
              return at === undefined
                ? []
                : [
                    {
                      at,
                      label: `${name} from run ${run_id}`,
                      direction: turn === 'other' ? ('none' as const) : turn,
                      series: name,
                    },
                  ]
            }),
        ),
      },
    ]
  })
}

/** Distribution of the first metrics over samples, pipeline by pipeline. */
export const sampleCharts = (
  { samples, sample_metrics, spreads, run }: ReportDocument,
  most: number,
): readonly ChartSpec[] => {
  const charts = sample_metrics.flatMap((metric, index): ChartSpec[] => {
    const key = `samples-${String(index + 1)}`
    const title = `${seriesWords(metric)} by sample`
    if (samples === null)
      return [
        {
          ...{ kind: 'dotInterval', key, title, x: axisOf(metric), reference: null },
          method: 'Median over samples, with the middle half of them as the line.',
          rows: spreads
            .filter((one) => one.metric === metric.metric && one.level === metric.level && one.rank === metric.rank)
            .map((one) => ({
              label: one.name,
              value: datum(one.median),
              low: one.first_quartile,
              high: one.third_quartile,
            })),
        },
      ]
    const groups = run.pipelines.slice(0, 10).map(({ name }) => ({
      name,
      values: samples
        .filter((row) => row.name === name)
        .map((row) => ({
          label: row.sample,
          value: datum(row.scores[index]?.value ?? null, row.scores[index]?.reason ?? null),
        })),
    }))
    if (!groups.some(({ values }) => values.filter(({ value }) => typeof value === 'number').length > 1)) return []
    return [
      {
        ...{ kind: 'boxStrip', key, title, x: axisOf(metric), groups },
        method:
          'One mark a sample (mean of its repeats); box of quartiles with the median, whiskers to the last value within 1.5 times its height.',
      },
    ]
  })
  return charts.slice(0, most)
}

/** Processes in the figure of memory. */
const MOST_PROCESSES = 12

/** Time and memory: by process where a trace is there, else by pipeline. */
export const resourceCharts = ({ resources, key_numbers }: ReportDocument): readonly ChartSpec[] => {
  const charts: ChartSpec[] = []
  const { pipelines, processes } = resources
  if (processes.length > 0)
    charts.push({
      ...{ kind: 'stacked', key: 'time-by-process', title: 'Time by process', partLabel: 'process' },
      method:
        'Time of all tasks of each process added up, as the trace of the workflow says; tasks may have run side by side.',
      x: { label: 'time of all tasks', unit: 'seconds', direction: 'lower' },
      rows: [...new Set(processes.map(({ name }) => name))].map((name) => ({
        label: name,
        parts: processes
          .filter((one) => one.name === name)
          .map(({ process, wall_seconds }) => ({ name: process, value: datum(wall_seconds) })),
      })),
    })
  const peaks = processes
    .flatMap(({ name, process, peak_rss_bytes: bytes }) => (bytes === null ? [] : [{ name, process, bytes }]))
    .sort((one, other) => other.bytes - one.bytes)
  if (peaks.length > 0) {
    const isOfOne = new Set(peaks.map(({ name }) => name)).size === 1
    charts.push({
      ...{ kind: 'bars', key: 'memory-by-process', title: 'Peak memory by process' },
      // Peaks do not add up: bars beside each other, not on each other.
      method: `Largest peak of any task of each process, as the trace of the workflow says${peaks.length > MOST_PROCESSES ? `; the first ${String(MOST_PROCESSES)} of ${String(peaks.length)}` : ''}.`,
      x: { label: 'peak memory', unit: 'bytes', direction: 'lower' },
      rows: peaks.slice(0, MOST_PROCESSES).map(({ name, process, bytes }) => ({
        label: isOfOne ? process : `${process} · ${name}`,
        value: bytes,
      })),
    })
  }
  const cost = (metric: string, title: string, label: string, unit: string, key: string): void => {
    const rows = key_numbers.filter((row) => row.metric === metric)
    if (rows.filter(({ value }) => value !== null).length === 0) return
    charts.push({
      ...{ kind: 'dotInterval', key, title, reference: null },
      method: 'Median over executions with its 95 % interval.',
      x: { label, unit, direction: 'lower' },
      rows: rows.map(({ name, value, reason, low, high }) => ({ label: name, value: datum(value, reason), low, high })),
    })
  }
  if (pipelines.length > 1 || processes.length === 0) {
    cost('wall_seconds', 'Runtime of an execution', 'runtime', 'seconds', 'runtime')
    cost('peak_rss_bytes', 'Peak memory of an execution', 'peak memory', 'bytes', 'memory')
  }
  return charts
}

/** Quality against cost; null with fewer than two pipelines to tell apart. */
export const tradeOffChart = ({ trade_off: of }: ReportDocument): ChartSpec | null => {
  if (of === null || of.points.filter(({ x, y }) => x !== null && y !== null).length < 2) return null
  const xs = of.points.flatMap(({ x }) => (x === null || x <= 0 ? [] : [x]))
  return {
    ...{
      kind: 'pareto',
      key: 'trade-off-chart',
      title: `${seriesWords(of.y)} against ${inSentence(seriesWords(of.x))}`,
    },
    method: 'Named and joined by steps: pipelines that no other one beats in both. Hollow: all others.',
    x: axisOf(of.x),
    y: axisOf(of.y),
    logX: xs.length > 1 && Math.max(...xs) / Math.min(...xs) > 20,
    points: of.points.map(({ name, x, y, is_on_front }) => ({
      name,
      x: datum(x),
      y: datum(y),
      isOnFront: is_on_front,
    })),
  }
}
