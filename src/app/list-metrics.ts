import { BENCHMARK_TYPES, findBenchmarkType } from '../core/benchmark-types.ts'
import type { MetricDefinition } from '../core/metrics/definition.ts'
import { findMetric, metricNames, METRICS, metricsOf, type NamedMetric } from '../core/metrics/registry.ts'
import { nearest, Problem } from '../core/problem.ts'

/** Every metric, or those of one benchmark type, in registry order. Throws `E_NOT_FOUND` on an unknown type. */
export const listMetrics = (benchmarkType?: string): readonly MetricDefinition[] => {
  if (benchmarkType === undefined) return METRICS
  if (findBenchmarkType(benchmarkType) === undefined) {
    const types = BENCHMARK_TYPES.map(({ id }) => id)
    throw new Problem('E_NOT_FOUND', `There is no benchmark type "${benchmarkType}".`, {
      hints: [...suggestions(benchmarkType, types), `Benchmark types: ${types.join(', ')}.`],
    })
  }
  return metricsOf(benchmarkType)
}

/** The metric a name stands for, with the match level the name implies. Throws `E_NOT_FOUND` with suggestions. */
export const showMetric = (name: string): NamedMetric => {
  const found = findMetric(name)
  if (found) return found
  throw new Problem('E_NOT_FOUND', `There is no metric named "${name}".`, {
    hints: [...suggestions(name, metricNames()), 'Run `benchmark metric list` to see every metric.'],
  })
}

const suggestions = (wanted: string, known: readonly string[]): readonly string[] =>
  nearest(wanted, known).map((name) => `Did you mean "${name}"?`)
