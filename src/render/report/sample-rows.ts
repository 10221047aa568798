import { importantMetrics, type ShownMetric } from '../../app/show-run.ts'
import { type Execution, hasOutputs, type Run } from '../../core/run.ts'
import type { Score } from '../../core/score.ts'
import { percentile } from '../../core/stats/bootstrap.ts'
import type { ReportDocument } from '../../generated/report.ts'
import { seriesFields } from './metric-rows.ts'
import { settingKey, variantsOf } from './variant.ts'

type SampleRow = NonNullable<ReportDocument['samples']>[number]
type Spread = ReportDocument['spreads'][number]

/** Rows above which the samples are shown by their quantiles only. */
export const MOST_SAMPLE_ROWS = 10_000

const COSTS = new Set(['wall_seconds', 'peak_rss_bytes'])

/** How samples are shown: every one, every one below {@link MOST_SAMPLE_ROWS}, or their quantiles alone. */
export type SampleDetail = 'all' | 'usual' | 'quantiles'

/** Samples by pipeline, repeats as their mean; null where they are shown by their quantiles. */
export const sampleRows = (run: Run, detail: SampleDetail) => {
  const metrics = importantMetrics(run).filter(({ metric }) => !COSTS.has(metric))
  const groups = groupsOf(run)
  const all = groups.map((group) => rowOf(group, metrics))
  const directions = new Map(run.summary.map(({ metric, direction }) => [metric, direction]))
  const series = metrics.map((metric) =>
    seriesFields({ ...metric, direction: directions.get(metric.metric) ?? 'none' }),
  )
  const isCondensed = detail === 'quantiles' || (detail === 'usual' && all.length > MOST_SAMPLE_ROWS)
  return {
    metrics: series,
    count: all.length,
    rows: isCondensed ? null : all,
    spreads: variantsOf(run).flatMap((variant) => series.map((one, index) => spreadOf(variant.name, one, index, all))),
  }
}

interface Group {
  readonly name: string
  readonly sample: string
  readonly executions: readonly Execution[]
}

/** Executions of one sample by one variant. Executions of the whole dataset are split by the samples they scored. */
const groupsOf = (run: Run): readonly Group[] => {
  const names = new Map(variantsOf(run).map((variant) => [settingKey(variant), variant.name]))
  const order = [...names.values()]
  const groups = new Map<string, { name: string; sample: string; executions: Execution[] }>()
  const byId = [...run.executions].sort((one, other) => one.id - other.id)
  for (const execution of byId) {
    if (execution.warmup) continue
    const name = names.get(settingKey(execution)) ?? execution.pipeline
    const scored = [...new Set(execution.scores.flatMap(({ sample }) => sample ?? []))]
    const samples = execution.sample !== null ? [execution.sample] : scored.length > 0 ? scored : run.samples
    for (const sample of samples) {
      const key = JSON.stringify([name, sample])
      const group = groups.get(key) ?? { name, sample, executions: [] }
      groups.set(key, group)
      group.executions.push(execution)
    }
  }
  return [...groups.values()].sort(
    (one, other) =>
      (one.sample < other.sample ? -1 : one.sample > other.sample ? 1 : 0) ||
      order.indexOf(one.name) - order.indexOf(other.name),
  )
}

const rowOf = ({ name, sample, executions }: Group, metrics: readonly ShownMetric[]): SampleRow => {
  const states = [...new Set(executions.map(({ state }) => state.replaceAll('_', ' ')))]
  const reasons = [...new Set(executions.flatMap(({ state, reason }) => (hasOutputs(state) ? [] : (reason ?? []))))]
  // What a whole dataset cost is no sample's cost.
  const own = executions.filter((execution) => execution.sample !== null && execution.resources !== null)
  const walls = own.flatMap(({ resources }) => resources?.wallSeconds ?? [])
  const peaks = own.flatMap(({ resources }) => resources?.peakRssBytes ?? [])
  const indexed = executions.map(({ scores }) => scoresOf(scores, sample))
  return {
    name,
    sample,
    repeats: executions.length,
    state: states.join(', '),
    reason: reasons.length === 0 ? null : reasons.join('; '),
    wall_seconds: meanOf(walls),
    peak_rss_bytes: walls.length === 0 && peaks.length === 0 ? null : peaks.length === 0 ? null : Math.max(...peaks),
    scores: metrics.map((metric) => scoreOf(indexed, metric, executions)),
  }
}

const metricKey = ({ metric, level, rank }: Pick<Score, 'metric' | 'level' | 'rank'>): string =>
  `${metric}|${level ?? ''}|${rank ?? ''}`

const scoresOf = (scores: readonly Score[], sample: string): ReadonlyMap<string, Score> =>
  new Map(scores.filter((score) => score.sample === sample).map((score) => [metricKey(score), score]))

const scoreOf = (
  indexed: readonly ReadonlyMap<string, Score>[],
  metric: ShownMetric,
  executions: readonly Execution[],
): SampleRow['scores'][number] => {
  const found = indexed.flatMap((scores) => scores.get(metricKey(metric)) ?? [])
  const mean = meanOf(found.flatMap(({ value }) => value ?? []))
  if (mean !== null) return { value: mean, reason: null }
  const failed = executions.every(({ state }) => !hasOutputs(state))
  return { value: null, reason: found[0]?.reason ?? (failed ? 'failed' : 'not_measured') }
}

const meanOf = (values: readonly number[]): number | null =>
  values.length === 0 ? null : tidy(values.reduce((sum, value) => sum + value, 0) / values.length)

/** Twelve digits: the order in which repeats are added must not show. */
const tidy = (value: number): number => Number(value.toPrecision(12))

const spreadOf = (
  name: string,
  series: ReportDocument['sample_metrics'][number],
  index: number,
  rows: readonly SampleRow[],
): Spread => {
  const own = rows.filter((row) => row.name === name)
  const sorted = own.flatMap(({ scores }) => scores[index]?.value ?? []).sort((one, other) => one - other)
  const at = (p: number): number | null => (sorted.length === 0 ? null : tidy(percentile(sorted, p)))
  return {
    name,
    ...series,
    ...{ n: sorted.length, missing: own.length - sorted.length },
    ...{ lowest: at(0), first_quartile: at(0.25), median: at(0.5), third_quartile: at(0.75), highest: at(1) },
  }
}
