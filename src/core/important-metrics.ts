import { findBenchmarkType, type MetricChoice } from './benchmark-types.ts'
import { findMetric } from './metrics/registry.ts'
import type { Evaluation } from './plan.ts'

const ALWAYS_SHOWN = ['wall_seconds', 'peak_rss_bytes']

/**
 * The evaluation of a run with everything left open filled in. Who declares no metrics gets those that matter for the
 * benchmark type; who names one that has match levels without saying which (`amr_sensitivity`) means the primary level.
 */
export const withImportantMetrics = (
  evaluation: Evaluation,
  benchmarkType: string,
  primaryLevel: string,
): Evaluation => {
  const type = findBenchmarkType(benchmarkType)
  const hasLevels = (metric: string): boolean =>
    (type?.levels ?? []).length > 0 && findMetric(metric)?.definition.family === 'classification'
  const levelled = (choice: MetricChoice): MetricChoice =>
    choice.level === null && hasLevels(choice.metric) ? { ...choice, level: primaryLevel } : choice
  if (evaluation.metrics.length > 0 || evaluation.primary !== null)
    return {
      ...evaluation,
      metrics: evaluation.metrics.map(levelled),
      primary: evaluation.primary && levelled(evaluation.primary),
    }
  const ofType = (type?.tableMetrics ?? []).filter(({ metric }) => !ALWAYS_SHOWN.includes(metric))
  return {
    ...evaluation,
    metrics: ofType.map(({ metric, level }) => ({ metric, level: level === null ? null : primaryLevel })),
  }
}
