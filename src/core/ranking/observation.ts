import { fnv1a } from '../hash.ts'
import type { Parameters } from '../pipeline.ts'
import type { Reason } from '../score.ts'

/** What is ranked: one pipeline at one version with one parameter set, as one project ran it. */
export interface Candidate {
  /** Null where projects are not told apart: results of the same settings then count as repeats. */
  readonly project: string | null
  readonly pipeline: string
  readonly version: string | null
  readonly params: Parameters
}

/** A metric at a match level and a taxonomic rank, each null where there is none. */
export interface MetricSeries {
  readonly metric: string
  readonly level: string | null
  readonly rank: string | null
}

/**
 * One value of one candidate on one sample. Repeats are several rows. Whether an execution succeeded is a row too:
 * metric `success_rate`, value 1 or 0.
 */
export interface Observation extends MetricSeries {
  readonly runId: string
  readonly candidate: Candidate
  /** Id and version of the dataset; only comparable runs may share one. */
  readonly dataset: string
  /** Null: a value of the whole dataset, which then stands for each of its samples. */
  readonly sample: string | null
  readonly value: number | null
  /** Why there is no value; null exactly where there is one. */
  readonly reason: Reason | null
  /** Class of the machine, for resources; null where it does not matter or is not known. */
  readonly machine: string | null
  /** How far the source can be believed: `owner`, `local`, `unsigned`, … */
  readonly trust: string
  /** When it was measured, ISO 8601 UTC. */
  readonly date: string
  /** Who contributed it, for counting people only. */
  readonly contributor: string
}

/** Success of an execution as a metric: 1 or 0 for each, so that its mean is the share that succeeded. */
export const SUCCESS_RATE = 'success_rate'

/** How a number was made: stands beside every statistic. */
export interface Basis {
  readonly method: string
  /** Draws, permutations or values it rests on. */
  readonly n: number
  /** Samples it rests on. */
  readonly m: number
  /** Degrees of freedom; null where the method has none. */
  readonly df: number | null
  /** Confidence or significance level; null where there is none. */
  readonly level: number | null
  /** What must hold for it to be right; null where nothing is assumed. */
  readonly assumption: string | null
  /** Seed of the random numbers, as a decimal number; null where nothing was drawn. */
  readonly seed: string | null
  /** Codes, for example `provisional`. */
  readonly warnings: readonly string[]
}

/** A basis of which only some parts apply. */
export const basisOf = (of: Pick<Basis, 'method' | 'n' | 'm'> & Partial<Basis>): Basis => ({
  df: null,
  level: null,
  assumption: null,
  seed: null,
  warnings: [],
  ...of,
})

/** Order of texts by code units: the same on every machine and in every locale. */
export const byCodeUnits = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0)

/** One text for one candidate, whatever the order its parameters were written in. */
export const candidateKey = ({ project, pipeline, version, params }: Candidate): string =>
  JSON.stringify([
    pipeline,
    version,
    Object.entries(params).sort(([left], [right]) => byCodeUnits(left, right)),
    project,
  ])

/** One text for one series. */
export const seriesKey = ({ metric, level, rank }: MetricSeries): string => JSON.stringify([metric, level, rank])

/** How people write a series: `sensitivity@gene`. */
export const seriesName = ({ metric, level, rank }: MetricSeries): string =>
  [metric, level, rank].filter((part) => part !== null).join('@')

/** The seed of everything drawn from these rows: hash of the sorted run ids, so that two people draw the same. */
export const seedOf = (rows: readonly Pick<Observation, 'runId'>[]): string =>
  String(fnv1a([...new Set(rows.map(({ runId }) => runId))].sort(byCodeUnits).join('\n')))

/** A seed for one purpose, independent of the other purposes. */
export const seedFor = (seed: string, purpose: string): bigint => fnv1a(`${seed}/${purpose}`)
