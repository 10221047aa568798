import { canonicalJson } from '../canonical-json.ts'
import type { ComparedRun, PrimaryMetric } from '../comparison/comparison.ts'
import { definitionOf } from '../comparison/definition-of.ts'
import { effectRule } from '../comparison/effect-rule.ts'
import { primarySeries } from '../comparison/primary-series.ts'
import { blockValues } from '../comparison/repeat-pool.ts'
import { type PipelineSide, readSide, type SideSeries } from '../comparison/sides.ts'
import type { HistoryPoint, HistorySeries } from './history.ts'

/** Whose a series is: what a reader has to be told besides what was found. */
export interface RunSeries extends HistorySeries {
  readonly pipeline: string
  readonly params: PipelineSide['params']
  readonly level: string | null
  readonly rank: string | null
}

export interface SeriesOptions {
  /** Run id -> what a reader knows the version by; default: the run id. */
  readonly labels?: ReadonlyMap<string, string>
  /** Runs from which on a new level was accepted, by run id. */
  readonly blessed?: ReadonlySet<string>
}

/**
 * Series of every metric over runs in the order given (by commit, else by time). Runs that score differently, have other
 * samples or another truth are other series; resources of another machine class too. A run that ran the pipeline and has
 * no value is a point without values.
 */
export const seriesOfRuns = (
  runs: readonly ComparedRun[],
  primaryMetrics: readonly PrimaryMetric[],
  options: SeriesOptions = {},
): readonly RunSeries[] => {
  const all = new Map<string, Growing>()
  const read = runs.map((run) => ({ run, sides: readSide([run], new Set()) }))
  for (const { run, sides } of read)
    for (const side of sides) {
      const isPrimary = primarySeries([...side.series.values()], primaryMetrics)
      for (const series of side.series.values())
        if (series.direction !== 'none') begin(all, run, side, series, isPrimary(series))
    }
  return [...all.values()].map(({ matches, scale, ...series }) => {
    const placed = read.flatMap(({ run, sides }) =>
      sides.flatMap((side) => {
        const found = [...side.series.values()].find((one) => matches(run, side, one))
        // Without a value nothing tells whether it would have been this series: only the same setting does.
        return found === undefined && !matches(run, side, null) ? [] : [{ run, found }]
      }),
    )
    const samples = usualSamples(placed.flatMap(({ found }) => found ?? []))
    const points = placed.map(({ run, found }): HistoryPoint => ({
      label: options.labels?.get(run.runId) ?? run.runId,
      values: found === undefined ? [] : blockValues(found, scale, samples),
      machine: run.machine,
      isBlessed: options.blessed?.has(run.runId) ?? false,
    }))
    return { ...series, points }
  })
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
  /** Whether a series of a run is this one; null: whether the run is one that could have had it. */
  readonly matches: (run: ComparedRun, side: PipelineSide, series: SideSeries | null) => boolean
}

const begin = (
  all: Map<string, Growing>,
  run: ComparedRun,
  side: PipelineSide,
  series: SideSeries,
  isPrimary: boolean,
): void => {
  const { metric, level, rank, isResource } = series
  const setting = settingOf(run, side, isResource)
  const ofDataset = series.samples.has(null)
  const key = JSON.stringify([setting, metric, level, rank, ofDataset])
  if (all.has(key)) return
  const definition = definitionOf(series)
  all.set(key, {
    ...{ key, definition, isPrimary, pipeline: side.pipeline, params: side.params, level, rank },
    scale: effectRule(definition).scale,
    matches: (otherRun, otherSide, other) =>
      settingOf(otherRun, otherSide, isResource) === setting &&
      (other === null ||
        (other.metric === metric &&
          other.level === level &&
          other.rank === rank &&
          other.samples.has(null) === ofDataset)),
  })
}

const settingOf = (run: ComparedRun, side: PipelineSide, isResource: boolean): string =>
  canonicalJson([side.key, run.comparability, isResource ? run.machine : null])
