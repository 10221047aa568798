import { type Baseline, chooseBaseline } from '../baseline.ts'
import { mainColumn, metricColumns, columnKey } from './columns.ts'
import type { AveragePerformance, CoverageCell, Maybe, ProjectModel, ProjectTrend } from './project-model.ts'
import { paramsText } from './shard.ts'
import { datasetText } from '../dataset-name.ts'
import type { SiteHistory } from './site-history.ts'
import { excludedBecause, type SiteRun, type SiteValue } from './site-run.ts'
import { slopeOf } from './trend.ts'

const DAY_MS = 86_400_000
const WINDOW_DAYS = 90
const RECENT = 10

/** Runs (not rows: one of three pipelines is one run), those that count, and why the others do not. */
export const totalRuns = (runs: readonly SiteRun[]): ProjectModel['sections']['overview']['totalRuns'] => {
  const seen = new Map(runs.map((run) => [run.runId, excludedBecause(run)]))
  const reasons = new Map<string, number>()
  for (const reason of seen.values()) if (reason !== null) reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
  return {
    all: seen.size,
    valid: [...seen.values()].filter((reason) => reason === null).length,
    excluded: [...reasons]
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([reason, count]) => ({ reason, runs: count })),
  }
}

/** Days from one time to a later one, whole ones. */
const daysBetween = (from: string, to: string): number =>
  Math.max(0, Math.floor((Date.parse(to) - Date.parse(from)) / DAY_MS))

/**
 * The run another is held against, of the same pipeline, dataset, samples and way of scoring: the one `baseline set` named
 * on this machine for its branch and label; else the newest earlier one with the tag or label `baseline`, which is what
 * travels with shared runs; else the oldest. Null where the run is the only one.
 */
export const baselineOf = (
  run: SiteRun,
  runs: readonly SiteRun[],
  baselines: readonly Baseline[],
): { readonly run: SiteRun; readonly chosenAs: 'set' | 'tagged' | 'first' } | null => {
  const comparable = runs.filter(
    (one) =>
      one.pipeline === run.pipeline &&
      one.runId !== run.runId &&
      one.startedAt <= run.startedAt &&
      one.setting === run.setting &&
      paramsText(one.params) === paramsText(run.params) &&
      excludedBecause(one) === null &&
      datasetText(one.dataset) === datasetText(run.dataset),
  )
  const named = chooseBaseline(baselines, run)?.runId
  const set = comparable.find(({ origin, runId }) => origin === 'own' && runId === named)
  if (set) return { run: set, chosenAs: 'set' }
  const tagged = comparable.filter(({ label, tags }) => label === 'baseline' || tags.includes('baseline')).at(-1)
  if (tagged) return { run: tagged, chosenAs: 'tagged' }
  const [first] = comparable
  return first ? { run: first, chosenAs: 'first' } : null
}

/** Ratios of the newest run of one pipeline to its baseline, dataset by dataset. `runs` in the order of time. */
export const averagePerformance = (
  runs: readonly SiteRun[],
  pipeline: string,
  baselines: readonly Baseline[],
): Maybe<AveragePerformance> => {
  const valid = runs.filter((run) => excludedBecause(run) === null)
  const type = valid.at(-1)?.benchmarkType ?? ''
  const ofType = valid.filter(({ benchmarkType }) => benchmarkType === type)
  const main = mainColumn(type, metricColumns(type, ofType))
  if (main === undefined) return { reason: 'no run has a metric that can be compared' }
  const key = columnKey(main)
  const levelOf = (run: SiteRun): SiteValue | undefined => run.values.find(({ series }) => columnKey(series) === key)
  const newest = new Map<string, SiteRun>()
  for (const run of ofType) if (run.pipeline === pipeline) newest.set(datasetText(run.dataset), run)
  const datasets = [...newest].flatMap(([dataset, run]) => {
    const baseline = baselineOf(run, ofType, baselines)
    const [level, earlier] = [levelOf(run), baseline === null ? undefined : levelOf(baseline.run)]
    const [value, before] = [level?.value ?? null, earlier?.value ?? null]
    // A mean over other samples would be another quantity.
    if (baseline === null || level?.n !== earlier?.n) return []
    if (value === null || before === null || value <= 0 || before <= 0) return []
    const ratio = main.direction === 'lower' ? before / value : value / before
    return [{ dataset, baseline: before, value, ratio, baseline_run: baseline.run.runId, run_id: run.runId }]
  })
  if (datasets.length === 0)
    return { reason: 'no dataset has a newer and an earlier run of this pipeline with values of as many samples' }
  datasets.sort((left, right) => (left.dataset < right.dataset ? -1 : 1))
  return {
    reason: null,
    ...{ metric: main.metric, level: main.level, rank: main.rank, pipeline },
    ratio: Math.exp(datasets.reduce((sum, { ratio }) => sum + Math.log(ratio), 0) / datasets.length),
    datasets,
    of_datasets: new Set(ofType.map(({ dataset }) => datasetText(dataset))).size,
  }
}

/** Slope of the newest 90 days of the primary series with the most runs in them. */
export const projectTrend = (histories: readonly SiteHistory[]): Maybe<ProjectTrend> => {
  const primary = histories.filter(({ isPrimary }) => isPrimary)
  const newest = primary
    .flatMap(({ points }) => points.map(({ at }) => at))
    .sort()
    .at(-1)
  if (newest === undefined) return { reason: 'no primary metric has two comparable runs' }
  const start = new Date(Date.parse(newest) - WINDOW_DAYS * DAY_MS).toISOString()
  const windows = primary
    .map((history) => ({ history, points: sinceRestart(history).filter(({ at }) => at >= start) }))
    .sort((left, right) => right.points.length - left.points.length || (left.history.key < right.history.key ? -1 : 1))
  const [chosen] = windows
  if (!chosen) return { reason: 'no primary metric has two comparable runs' }
  const { history, points } = chosen
  const slope = slopeOf(
    points.map(({ at }) => Date.parse(at) / DAY_MS / WINDOW_DAYS),
    points.map(({ value }) => value),
  )
  if (slope === null) return { reason: `fewer than four comparable runs in ${String(WINDOW_DAYS)} days` }
  const isClear = slope.low > 0 || slope.high < 0
  const isBetter = slope.slope > 0 === (history.series.direction === 'higher')
  return {
    reason: null,
    ...{ pipeline: history.pipeline, params: history.params, dataset: history.dataset, series: history.series },
    ...{ slope_per_90_days: slope.slope, low: slope.low, high: slope.high, n: slope.n },
    ...{ from: points[0]?.at ?? newest, to: newest },
    direction: isClear ? (isBetter ? 'better' : 'worse') : 'no clear trend',
  }
}

/** Points since the pipeline last began to read something else: those before say nothing about the slope. */
const sinceRestart = ({ points, restarts }: SiteHistory): SiteHistory['points'] =>
  points.slice(restarts.at(-1)?.index ?? 0)

/** Pipelines by datasets: how often, how long ago, and why there is nothing. */
export const coverageOf = (runs: readonly SiteRun[]): readonly CoverageCell[] => {
  const now = runs.at(-1)?.startedAt ?? ''
  const pipelines = [...new Set(runs.map(({ pipeline }) => pipeline))].sort()
  const datasets = [...new Set(runs.map(({ dataset }) => datasetText(dataset)))].sort()
  const cells = new Map<string, SiteRun[]>()
  for (const run of runs) {
    const key = JSON.stringify([run.pipeline, datasetText(run.dataset)])
    const list = cells.get(key)
    if (list) list.push(run)
    else cells.set(key, [run])
  }
  return pipelines.flatMap((pipeline) =>
    datasets.map((dataset): CoverageCell => {
      const all = cells.get(JSON.stringify([pipeline, dataset])) ?? []
      const valid = all.filter((run) => excludedBecause(run) === null)
      const newest = valid.at(-1)?.startedAt ?? null
      const last = all.at(-1)
      const reason = newest !== null ? null : last === undefined ? 'not run' : (excludedBecause(last) ?? 'excluded')
      return {
        ...{ pipeline, dataset, runs: valid.length, newest, reason },
        age_days: newest === null ? null : daysBetween(newest, now),
      }
    }),
  )
}

/** The newest rows, newest first, each with its first primary metric. */
export const recentRuns = (runs: readonly SiteRun[]): ProjectModel['recent'] =>
  [...runs.slice(-RECENT)].reverse().map((run) => {
    const main = mainColumn(run.benchmarkType, metricColumns(run.benchmarkType, [run]))
    const found = main && run.values.find(({ series }) => columnKey(series) === columnKey(main))
    return {
      ...{ run_id: run.runId, at: run.startedAt, pipeline: run.pipeline, version: run.version },
      ...{ params: paramsText(run.params), dataset: datasetText(run.dataset), state: run.state, trust: run.trust },
      ...{ metric: main ? columnKey(main) : null, value: found?.value ?? null, unit: main?.unit ?? null },
    }
  })
