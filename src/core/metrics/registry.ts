import { AMR_METRICS } from './amr.ts'
import { ASSEMBLY_METRICS } from './assembly.ts'
import { BINNING_METRICS } from './binning.ts'
import { CLASSIFICATION_METRICS } from './classification.ts'
import type { MetricDefinition } from './definition.ts'
import { PATHOGEN_METRICS } from './pathogen.ts'
import { beforeFilter, PROFILE_METRICS } from './profile.ts'
import { RESOURCE_METRICS } from './resources.ts'

/** Every metric this program knows. A new one is one entry in the file of its family. */
export const METRICS: readonly MetricDefinition[] = [
  ...CLASSIFICATION_METRICS,
  ...AMR_METRICS,
  ...PROFILE_METRICS,
  ...PATHOGEN_METRICS,
  ...ASSEMBLY_METRICS,
  ...BINNING_METRICS,
  ...RESOURCE_METRICS,
]

/** A metric as the user named it: `level` is set when the name implies a match level. */
export interface NamedMetric {
  readonly definition: MetricDefinition
  readonly level: string | null
}

const BY_NAME: ReadonlyMap<string, NamedMetric> = new Map(
  METRICS.flatMap((definition) => [
    [definition.id, { definition, level: null }] as const,
    ...definition.aliases.map((alias) => [alias.name, { definition, level: alias.level ?? null }] as const),
  ]),
)

// Left out of METRICS: whoever lists the metrics needs to know of the ending, not every metric twice.
const UNFILTERED: ReadonlyMap<string, NamedMetric> = new Map(
  METRICS.filter(
    ({ benchmarkTypes, family }) => benchmarkTypes.includes('diversity-analysis') && family !== 'resources',
  )
    .map(beforeFilter)
    .map((definition) => [definition.id, { definition, level: null }]),
)

const named = (name: string): NamedMetric | undefined => BY_NAME.get(name) ?? UNFILTERED.get(name)

/** The metric with this id or alias, in any letter case and with `-` for `_`. */
export const findMetric = (name: string): NamedMetric | undefined =>
  named(name.trim().toLowerCase().replaceAll('-', '_'))

/** The metric with this id. Throws on an unknown id: ids inside the program are never guesses. */
export const metricById = (id: string): MetricDefinition => {
  const found = named(id)
  if (found?.definition.id !== id) throw new Error(`No metric has the id ${id}`)
  return found.definition
}

/** All ids and aliases, for checks and suggestions. */
export const metricNames = (): readonly string[] => [...BY_NAME.keys()]

/** Metrics that apply to a benchmark type, in registry order. */
export const metricsOf = (benchmarkType: string): readonly MetricDefinition[] =>
  METRICS.filter((metric) => metric.benchmarkTypes.includes(benchmarkType))
