import { findBenchmarkType, type MetricChoice } from './benchmark-types.ts'
import { findMetric } from './metrics/registry.ts'
import type { Evaluation } from './plan.ts'

const ALWAYS_SHOWN = ['wall_seconds', 'peak_rss_bytes']

/**
 * The evaluation of a run with everything left open filled in. Who declares no metrics gets those that matter for the
 * benchmark type, and so does who declares none but of other types: outputs of another kind are imported into a project
 * too. Who names one that has match levels without saying which (`amr_sensitivity`) means the primary level.
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
  const applies = ({ metric }: MetricChoice): boolean =>
    findMetric(metric)?.definition.benchmarkTypes.includes(benchmarkType) ?? true
  const metrics = evaluation.metrics.filter(applies).map(levelled)
  const primary = evaluation.primary !== null && applies(evaluation.primary) ? levelled(evaluation.primary) : null
  const isOfOtherTypes =
    metrics.length < evaluation.metrics.length && metrics.every(({ metric }) => ALWAYS_SHOWN.includes(metric))
  if (primary !== null || (metrics.length > 0 && !isOfOtherTypes)) return { ...evaluation, metrics, primary }
  const ofType = (type?.tableMetrics ?? []).filter(({ metric }) => !ALWAYS_SHOWN.includes(metric))
  return {
    ...evaluation,
    metrics: [
      ...ofType.map(({ metric, level }) => ({ metric, level: level === null ? null : primaryLevel })),
      ...metrics,
    ],
    primary,
  }
}
