import type { MetricDefinition } from '../metrics/definition.ts'
import { findMetric } from '../metrics/registry.ts'
import type { SideSeries } from './sides.ts'

/** The definition of a metric as the run that holds it saw it; of one this program does not know, what its unit tells. */
export const definitionOf = ({
  metric,
  unit,
  direction,
}: Pick<SideSeries, 'metric' | 'unit' | 'direction'>): MetricDefinition => {
  const found = findMetric(metric)?.definition
  if (found?.id === metric) return { ...found, direction }
  return {
    ...{ id: metric, version: 0, title: metric, aliases: [], family: 'classification', benchmarkTypes: [] },
    ...{ definition: '', formula: '', undefinedWhen: '', weakness: '', source: '', aggregations: ['macro'] },
    ...{ unit, direction, range: [null, null], kind: unit === 'ratio' ? 'ratio01' : 'distance' },
  }
}
