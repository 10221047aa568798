import type { MetricDefinition } from '../core/metrics/definition.ts'
import type { NamedMetric } from '../core/metrics/registry.ts'
import type { Metric, MetricDocument } from '../generated/metric.ts'
import type { MetricListDocument } from '../generated/metric-list.ts'

/** `benchmark.metric/1`: one metric, under the name it was asked for. */
export const toMetricDocument = (name: string, { definition, level }: NamedMetric): MetricDocument => ({
  schema: 'benchmark.metric/1',
  name,
  level,
  metric: toMetric(definition),
})

/** `benchmark.metric-list/1`. */
export const toMetricListDocument = (
  metrics: readonly MetricDefinition[],
  benchmarkType: string | null,
): MetricListDocument => ({
  schema: 'benchmark.metric-list/1',
  benchmark_type: benchmarkType,
  metrics: metrics.map(toMetric),
})

const toMetric = (definition: MetricDefinition): Metric => ({
  id: definition.id,
  version: definition.version,
  title: definition.title,
  aliases: definition.aliases.map(({ name, level }) => ({ name, level: level ?? null })),
  family: definition.family,
  benchmark_types: [...definition.benchmarkTypes],
  definition: definition.definition,
  formula: definition.formula,
  unit: definition.unit,
  direction: definition.direction,
  range: { low: definition.range[0], high: definition.range[1] },
  kind: definition.kind,
  undefined_when: definition.undefinedWhen,
  weakness: definition.weakness,
  source: definition.source,
  aggregations: [...definition.aggregations],
})
