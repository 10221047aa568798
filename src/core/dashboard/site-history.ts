import { fnv1a } from '../hash.ts'
import { definitionOf } from '../comparison/definition-of.ts'
import { findBenchmarkType } from '../benchmark-types.ts'
import { RESOURCE_VALUES } from '../metrics/resources.ts'
import { type DatabaseChange, databaseChanges } from '../history/database-changes.ts'
import type { HistoryFinding, HistorySeries } from '../history/history.ts'
import { judgeHistory } from '../history/judge-history.ts'
import { columnKey, metricColumns } from './columns.ts'
import { paramsText } from './shard.ts'
import { datasetText } from '../dataset-name.ts'
import { byTime, excludedBecause, type SiteRun, type SiteSeries } from './site-run.ts'

/** One version of a series as a page shows it. */
export interface SeriesPoint {
  readonly run_id: string
  readonly at: string
  readonly version: string | null
  readonly commit: string | null
  readonly value: number
  readonly low: number | null
  readonly high: number | null
}

/** One metric of one pipeline and parameter set on one dataset over time, and what was found in it. */
export interface SiteHistory {
  readonly key: string
  readonly pipeline: string
  readonly params: string
  readonly dataset: string
  readonly series: SiteSeries
  readonly isPrimary: boolean
  readonly points: readonly SeriesPoint[]
  readonly finding: HistoryFinding
  /** Where the pipeline began to read another content of a database: the series is judged anew from there. */
  readonly restarts: readonly DatabaseChange[]
}

/** Judged series of a project, and how many there were besides. */
export interface ProjectHistory {
  readonly histories: readonly SiteHistory[]
  /** Series that were not judged because the project has more than `MOST_SERIES`. */
  readonly leftOut: number
}

/** Of one project; of each series the newest so many runs. A search over more says little more and costs much. */
export const MOST_SERIES = 60
export const MOST_POINTS = 100

interface Growing {
  readonly of: Omit<SiteHistory, 'points' | 'finding' | 'restarts'>
  readonly points: {
    readonly point: SeriesPoint
    readonly machine: string | null
    readonly databases: SiteRun['databases']
    /** Values behind the level. */
    readonly n: number
    readonly isWhole: boolean
  }[]
}

/**
 * History of a project from the summaries of its runs: one level a run. A run that lacks a sample most others have has no
 * level, because a mean over fewer samples would look like a step; a blank sample has no sensitivity in any of them. Resources of another machine are another series, and count once where outputs
 * were reused.
 */
export const projectHistory = (runs: readonly SiteRun[]): ProjectHistory => {
  const all = new Map<string, Growing>()
  const columns = new Map<string, ReadonlySet<string>>()
  const shown = (type: string): ReadonlySet<string> => {
    const known = columns.get(type)
    if (known) return known
    const ofType = runs.filter(({ benchmarkType }) => benchmarkType === type)
    const keys = new Set(metricColumns(type, ofType).map(columnKey))
    columns.set(type, keys)
    return keys
  }
  const wasMeasured = measuredAgain()
  for (const run of [...runs].sort(byTime)) {
    if (excludedBecause(run) !== null) continue
    const hasResources = wasMeasured(run)
    for (const { series, value, n, nExpected, low, high } of run.values) {
      if (series.direction === 'none' || value === null) continue
      if (!shown(run.benchmarkType).has(columnKey(series))) continue
      if (series.metric in RESOURCE_VALUES && !hasResources) continue
      const grown = growing(all, run, series)
      grown.points.push({
        point: { run_id: run.runId, at: run.startedAt, version: run.version, commit: run.commit, value, low, high },
        machine: run.fingerprint,
        databases: run.databases,
        ...{ n, isWhole: n >= nExpected },
      })
    }
  }
  const kept = [...all.values()]
    .map(({ of, points }) => ({ of, points: comparable(points) }))
    .filter(({ points }) => points.length > 1)
    .sort(
      (left, right) =>
        Number(right.of.isPrimary) - Number(left.of.isPrimary) ||
        right.points.length - left.points.length ||
        (left.of.key < right.of.key ? -1 : 1),
    )
  const judged = kept.slice(0, MOST_SERIES).map(({ of, points }) => ({ of, points: points.slice(-MOST_POINTS) }))
  const series = new Map(judged.map((one) => [one.of.key, toSeries(one)]))
  const { findings } = judgeHistory([...series.values()])
  const byKey = new Map(findings.map((finding) => [finding.key, finding]))
  return {
    histories: judged.flatMap(({ of, points }): SiteHistory[] => {
      const finding = byKey.get(of.key)
      const restarts = databaseChanges(series.get(of.key)?.points ?? [])
      return finding ? [{ ...of, points: points.map(({ point }) => point), finding, restarts }] : []
    }),
    leftOut: Math.max(0, kept.length - MOST_SERIES),
  }
}

/** Levels over as many values as most runs have (of equally many the larger number), or over all there should be. */
const comparable = (points: Growing['points']): Growing['points'] => {
  const counts = new Map<number, number>()
  for (const { n } of points) counts.set(n, (counts.get(n) ?? 0) + 1)
  const [usual] = [...counts].sort(([n, count], [other, otherCount]) => otherCount - count || other - n)[0] ?? [0]
  return points.filter(({ n, isWhole }) => isWhole || n === usual)
}

/**
 * Whether the resources of a run are its own. Summaries do not say what was reused, but a clock hardly reads the same to the last
 * digit twice; where a coarse one does, a point is missing, which claims nothing.
 */
const measuredAgain = (): ((run: SiteRun) => boolean) => {
  const seen = new Set<string>()
  return ({ values, pipeline, params, fingerprint }) => {
    const wall = values.find(({ series }) => series.metric === 'wall_seconds')?.value ?? null
    if (wall === null) return true
    const key = JSON.stringify([pipeline, paramsText(params), fingerprint, wall])
    return !seen.has(key) && seen.add(key).size > 0
  }
}

const growing = (all: Map<string, Growing>, run: SiteRun, series: SiteSeries): Growing => {
  const isResource = series.metric in RESOURCE_VALUES
  const pipeline = run.pipeline
  const params = paramsText(run.params)
  const dataset = datasetText(run.dataset)
  const machine = isResource ? run.fingerprint : null
  const key = JSON.stringify([run.benchmarkType, pipeline, params, dataset, run.setting, columnKey(series), machine])
  const known = all.get(key)
  if (known) return known
  const primary = findBenchmarkType(run.benchmarkType)?.primaryMetrics ?? []
  const isPrimary = primary.some(({ metric, level }) => metric === series.metric && level === series.level)
  const made: Growing = { of: { key, pipeline, params, dataset, series, isPrimary }, points: [] }
  all.set(key, made)
  return made
}

const toSeries = ({ of, points }: Growing): HistorySeries => {
  const values = apart(points.map(({ point }) => point.value))
  return {
    key: of.key,
    definition: definitionOf(of.series),
    isPrimary: of.isPrimary,
    points: points.map(({ point, machine, databases }, at) => ({
      ...{ label: point.run_id, values: [values[at] ?? 0], machine, databases },
    })),
  }
}

const FEW_TIES = 0.5
const APART = 1e-12

/**
 * A long series in which few values repeat, with the repeats set apart by 1e-12 of their size in an order the values
 * have nothing to do with. A rank test on that has exactly the law of different values, which is drawn once for each
 * length; with ties it would be drawn for every series, a hundred times the work.
 */
const apart = (values: readonly number[]): readonly number[] => {
  const seen = new Map<number, number>()
  for (const value of values) seen.set(value, (seen.get(value) ?? 0) + 1)
  if (seen.size === values.length || seen.size <= FEW_TIES * values.length) return values
  return values.map((value, at) =>
    (seen.get(value) ?? 1) === 1
      ? value
      : value * (1 + APART * Number(fnv1a(`${String(at)} ${String(value)}`) % 1000n)),
  )
}
