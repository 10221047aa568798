import { canonicalJson } from '../canonical-json.ts'
import type { ComparedRun, PrimaryMetric } from '../comparison/comparison.ts'
import { definitionOf } from '../comparison/definition-of.ts'
import { effectRule } from '../comparison/effect-rule.ts'
import { primarySeries } from '../comparison/primary-series.ts'
import { blockValues } from '../comparison/repeat-pool.ts'
import { type PipelineSide, readSide, reusedOrigins, type SideSeries } from '../comparison/sides.ts'
import { databasesByPipeline } from '../comparison/database-keys.ts'
import type { HistoryPoint, HistorySeries } from './history.ts'

/** Whose a series is: what a reader has to be told besides what was found. */
export interface RunSeries extends HistorySeries {
  readonly pipeline: string
  readonly params: PipelineSide['params']
  readonly level: string | null
  readonly rank: string | null
}

/** What a series is of. */
export type SeriesIdentity = Pick<RunSeries, 'pipeline' | 'params' | 'level' | 'rank'> & { readonly metric: string }

export interface SeriesOptions {
  /** Run id -> what a reader knows the version by; default: the run id. */
  readonly labels?: ReadonlyMap<string, string>
  /** Whether the level of a series was accepted to be another one from this run on. */
  readonly isBlessed?: (runId: string, series: SeriesIdentity) => boolean
}

/**
 * Series of every metric over runs in the order given (by commit, else by time). Runs that score differently, have other
 * samples or another truth are other series; resources of another machine class too. A run that ran the pipeline and has
 * no value is a point without values; so are the resources of a run that took its outputs from an earlier one.
 */
export const seriesOfRuns = (
  runs: readonly ComparedRun[],
  primaryMetrics: readonly PrimaryMetric[],
  options: SeriesOptions = {},
): readonly RunSeries[] => {
  const all = new Map<string, Growing>()
  const databases = new Map(runs.map((run) => [run, databasesByPipeline(run)]))
  // Without a value nothing tells whether it would have been this series: only the same setting does.
  const bySetting = new Map<string, PlacedSide[]>()
  for (const run of runs)
    for (const side of readSide([run], reusedOrigins(run))) {
      const isPrimary = primarySeries([...side.series.values()], primaryMetrics)
      const settings = { scores: settingOf(run, side, false), resources: settingOf(run, side, true) }
      const placed: PlacedSide = { run, found: new Map() }
      // One and the same where the machine is not known.
      for (const setting of new Set([settings.scores, settings.resources])) {
        const others = bySetting.get(setting)
        if (others) others.push(placed)
        else bySetting.set(setting, [placed])
      }
      for (const series of side.series.values()) {
        if (series.direction === 'none') continue
        const setting = series.isResource ? settings.resources : settings.scores
        const { metric, level, rank } = series
        const key = JSON.stringify([setting, metric, level, rank, series.samples.has(null)])
        placed.found.set(key, series)
        if (!all.has(key)) all.set(key, { ...begin(key, side, series, isPrimary(series)), setting })
      }
    }
  return [...all.values()].map(({ scale, setting, ...series }) => {
    const placed = (bySetting.get(setting) ?? []).map(({ run, found }) => ({ run, found: found.get(series.key) }))
    const samples = usualSamples(placed.flatMap(({ found }) => found ?? []))
    const identity = { ...series, metric: series.definition.id }
    const points = placed.map(({ run, found }): HistoryPoint => ({
      label: options.labels?.get(run.runId) ?? run.runId,
      values: found === undefined ? [] : blockValues(found, scale, samples),
      machine: run.machine,
      databases: databases.get(run)?.get(series.pipeline) ?? null,
      isBlessed: options.isBlessed?.(run.runId, identity) ?? false,
    }))
    return { ...series, points }
  })
}

/** A pipeline in a run, with its series by their keys. */
interface PlacedSide {
  readonly run: ComparedRun
  readonly found: Map<string, SideSeries>
}

/**
 * The samples most runs have a value of, of equally many the larger set. A run that lacks one of them (it failed there)
 * has no level: a mean over fewer samples would look like a step.
 */
const usualSamples = (all: readonly SideSeries[]): ReadonlySet<string | null> => {
  const counts = new Map<string, { readonly samples: ReadonlySet<string | null>; readonly count: number }>()
  for (const { measured } of all) {
    const samples = new Set(measured.map(({ sample }) => sample))
    const key = JSON.stringify([...samples].sort())
    counts.set(key, { samples, count: (counts.get(key)?.count ?? 0) + 1 })
  }
  const best = [...counts].sort(
    ([left, one], [right, other]) =>
      other.count - one.count || other.samples.size - one.samples.size || (left < right ? -1 : 1),
  )
  return best[0]?.[1].samples ?? new Set()
}

interface Growing extends Omit<RunSeries, 'points'> {
  readonly scale: 'raw' | 'log'
  /** What runs must share for their values to be of one series. */
  readonly setting: string
}

const begin = (key: string, side: PipelineSide, series: SideSeries, isPrimary: boolean): Omit<Growing, 'setting'> => {
  const definition = definitionOf(series)
  const { level, rank } = series
  return {
    ...{ key, definition, isPrimary, pipeline: side.pipeline, params: side.params, level, rank },
    scale: effectRule(definition).scale,
  }
}

const settingOf = (run: ComparedRun, side: PipelineSide, isResource: boolean): string =>
  canonicalJson([side.key, run.comparability, isResource ? run.machine : null])
