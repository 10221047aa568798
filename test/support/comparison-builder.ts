import { compare } from '../../src/core/comparison/compare.ts'
import type {
  Change,
  ComparedRun,
  Comparison,
  ComparisonOptions,
  PrimaryMetric,
} from '../../src/core/comparison/comparison.ts'
import type { Execution } from '../../src/core/run.ts'
import { known, type Score } from '../../src/core/score.ts'
import { anExecution, someResources } from './run-builder.ts'

/** One repeat of one sample, in few words. */
export interface Told {
  readonly pipeline?: string
  readonly sample: string
  readonly repeat?: number
  readonly sensitivity?: number
  readonly wallSeconds?: number
  readonly peakRssBytes?: number
  readonly more?: readonly Score[]
  readonly change?: Partial<Execution>
}

/** Sensitivity at gene level of one sample. */
const sensitivity = (sample: string, value: number): Score => ({
  ...{ sample, metric: 'sensitivity', level: 'gene', rank: null, unit: 'ratio', direction: 'higher' },
  ...known(value),
})

/** A run of the told executions; only what is told was measured. */
export const aComparedRun = (runId: string, told: readonly Told[], change: Partial<ComparedRun> = {}): ComparedRun => ({
  runId,
  comparability: { benchmark_type: 'amr-detection', truth_sha256: 'a' },
  machine: 'm1',
  executions: told.map(
    (
      { pipeline = 'kma', sample, repeat = 1, sensitivity: value, wallSeconds = null, peakRssBytes = null, ...rest },
      index,
    ) =>
      anExecution({
        ...{ id: index + 1, pipeline, sample, repeat },
        resources: someResources({
          ...{ wallSeconds, peakRssBytes, cpuSeconds: null, readBytes: null, writeBytes: null },
          ...{ outputBytes: null, cpuEfficiency: null },
        }),
        scores: [...(value === undefined ? [] : [sensitivity(sample, value)]), ...(rest.more ?? [])],
        ...rest.change,
      }),
  ),
  ...change,
})

/** One execution for each value: samples S1, S2, … */
export const perSample = (
  values: readonly number[],
  of: 'sensitivity' | 'wallSeconds' = 'sensitivity',
): readonly Told[] => values.map((value, index) => ({ sample: `S${index + 1}`, [of]: value }))

/** Repeats of one sample: wall times in seconds. */
export const repeats = (wallSeconds: readonly number[], pipeline = 'kma'): readonly Told[] =>
  wallSeconds.map((value, index) => ({ pipeline, sample: 'S1', repeat: index + 1, wallSeconds: value }))

export const SENSITIVITY: PrimaryMetric = { metric: 'sensitivity', level: 'gene' }
export const WALL: PrimaryMetric = { metric: 'wall_seconds', level: null }
/** Sensitivities of eight samples. */
export const BEFORE = [0.8, 0.82, 0.7, 0.9, 0.85, 0.77, 0.6, 0.93]

/** Compares one run of the told executions with another. */
export const compareTold = (
  baseline: readonly Told[],
  candidate: readonly Told[],
  {
    primary = [SENSITIVITY],
    options = {},
    runs = {},
  }: {
    primary?: readonly PrimaryMetric[]
    options?: ComparisonOptions
    runs?: { baseline?: Partial<ComparedRun>; candidate?: Partial<ComparedRun> }
  } = {},
): Comparison =>
  compare({
    baseline: [aComparedRun('run-a', baseline, runs.baseline)],
    candidate: [aComparedRun('run-b', candidate, runs.candidate)],
    primaryMetrics: primary,
    options,
  })

/** The first change of a metric. */
export const changeOf = (comparison: { changes: readonly Change[] }, metric: string): Change => {
  const found = comparison.changes.find((change) => change.metric === metric)
  if (!found) throw new Error(`no change of ${metric}`)
  return found
}
/** One execution for each value, each value changed. */
export const shifted = (values: readonly number[], by: (value: number, index: number) => number): readonly Told[] =>
  perSample(values.map(by))
/** Every execution a second time, with the same result. */
export const twice = (told: readonly Told[]): readonly Told[] => [
  ...told,
  ...told.map((one) => ({ ...one, repeat: 2 })),
]
