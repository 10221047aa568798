/** What a hub says of a benchmark type when it is founded, and how that compares with what this program measures. */
import { BENCHMARK_TYPES, findBenchmarkType, type BenchmarkType, type MetricChoice } from '../benchmark-types.ts'
import { metricsOf } from '../metrics/registry.ts'
import type { Direction } from '../score.ts'
import { anchorsOf, type Anchor } from './anchors.ts'

/** A metric as a hub defines it: a value counts only when it was computed by the same version. */
interface DefinedMetric {
  readonly id: string
  readonly version: number
  readonly unit: string
  readonly direction: Direction
}

/** The document of a benchmark type, as far as it says something about measuring. */
export interface BenchmarkDefinition {
  readonly type: string
  readonly metrics: readonly DefinedMetric[]
  readonly match_level: string | null
  readonly primary_metrics: readonly MetricChoice[]
  readonly anchors: readonly Anchor[]
  readonly weights: Readonly<Record<string, number | undefined>>
}

/** The body of a new `benchmark.json`: everything but its signatures. */
export interface NewBenchmarkDocument extends BenchmarkDefinition {
  readonly schema: 'benchmark.hub-benchmark/1'
  readonly title: string
  readonly description: string
  readonly version: 1
  readonly weights: Readonly<Record<string, number>>
  readonly datasets: readonly string[]
}

// What a hub ranks by when nobody says otherwise: right first, then fast and small.
const ACCURACY_WEIGHT = 0.8
const COST_WEIGHTS = { wall_seconds: 0.1, peak_rss_bytes: 0.1 }

/** The definitions a new hub begins with, one for each benchmark type of this program. */
export const newBenchmarkDocuments = (): readonly NewBenchmarkDocument[] => BENCHMARK_TYPES.map(newBenchmarkDocument)

/** The definition of one benchmark type as this program measures it. */
export const newBenchmarkDocument = (type: BenchmarkType): NewBenchmarkDocument => ({
  schema: 'benchmark.hub-benchmark/1',
  type: type.id,
  title: type.title,
  description: type.description,
  version: 1,
  metrics: metricsOf(type.id).map(({ id, version, unit, direction }) => ({ id, version, unit, direction })),
  match_level: type.defaultLevel,
  primary_metrics: type.primaryMetrics.map(({ metric, level }) => ({ metric, level })),
  anchors: anchorsOf(type),
  weights: weightsOf(type),
  datasets: [],
})

// In hundredths that add up: a sum of weights other than 1 would look like a mistake.
const weightsOf = ({ primaryMetrics }: BenchmarkType): Readonly<Record<string, number>> => {
  const hundredths = Math.round(ACCURACY_WEIGHT * 100)
  const each = Math.floor(hundredths / primaryMetrics.length)
  const rest = hundredths - each * primaryMetrics.length
  return {
    ...Object.fromEntries(primaryMetrics.map(({ metric }, index) => [metric, (each + (index < rest ? 1 : 0)) / 100])),
    ...COST_WEIGHTS,
  }
}

/** One thing in which a hub's definition and this program differ. */
export interface DefinitionDifference {
  /**
   * `version`, `unit`, `direction`: values do not compare. `unknown`: the hub has a metric this program does not
   * measure. `new`: the other way round. `level`: another match level counts.
   */
  readonly kind: 'version' | 'unit' | 'direction' | 'unknown' | 'new' | 'level'
  /** Null where it is about the type. */
  readonly metric: string | null
  /** As the hub says, and as this program does; null: nothing. */
  readonly hub: string | number | null
  readonly here: string | number | null
}

/** What a hub's definition says otherwise than this program; empty when values compare throughout. */
export const compareDefinition = (definition: BenchmarkDefinition): readonly DefinitionDifference[] => {
  const own = new Map(metricsOf(definition.type).map((metric) => [metric.id, metric]))
  const differences = definition.metrics.flatMap((theirs): DefinitionDifference[] => {
    const ours = own.get(theirs.id)
    if (ours === undefined) return [{ kind: 'unknown', metric: theirs.id, hub: theirs.version, here: null }]
    return (['version', 'unit', 'direction'] as const)
      .filter((kind) => theirs[kind] !== ours[kind])
      .map((kind) => ({ kind, metric: theirs.id, hub: theirs[kind], here: ours[kind] }))
  })
  const defined = new Set(definition.metrics.map(({ id }) => id))
  const added = [...own.values()]
    .filter(({ id }) => !defined.has(id))
    .map(({ id, version }): DefinitionDifference => ({ kind: 'new', metric: id, hub: null, here: version }))
  const level = findBenchmarkType(definition.type)?.defaultLevel ?? null
  const levels: readonly DefinitionDifference[] =
    definition.match_level === level ? [] : [{ kind: 'level', metric: null, hub: definition.match_level, here: level }]
  return [...levels, ...differences, ...added]
}

/** The differences that make values of a run worthless to the hub, in sentences; metrics it does not have are no harm. */
export const definitionWarnings = (definition: BenchmarkDefinition): readonly string[] =>
  compareDefinition(definition).flatMap(({ kind, metric, hub, here }) => {
    if (kind === 'new') return []
    if (kind === 'level')
      return [
        `The hub ranks ${definition.type} at match level ${hub ?? 'none'}, this project measures at ${here ?? 'none'}.`,
      ]
    if (kind === 'unknown') return [`The hub has the metric ${metric ?? ''}, which this version does not measure.`]
    return [`${metric ?? ''} has the ${kind} ${hub ?? ''} in the hub and ${here ?? ''} here: values do not compare.`]
  })

/** What matters first in the hub, most important first; metrics this program does not measure are left out. */
export const measurablePrimaryMetrics = (
  definition: Pick<BenchmarkDefinition, 'type' | 'primary_metrics'>,
): readonly MetricChoice[] => {
  const known = new Set(metricsOf(definition.type).map(({ id }) => id))
  return definition.primary_metrics.filter(({ metric }) => known.has(metric))
}
