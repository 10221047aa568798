import type { Evaluation } from './plan.ts'

/** The metrics a run declares as important, most important first: the primary one, then the weighted ones, then the rest. */
export const primaryMetricsOf = (
  evaluation: Pick<Evaluation, 'metrics' | 'priority' | 'primary'>,
): Evaluation['metrics'] => {
  const weight = (metric: string): number => evaluation.priority[metric] ?? 0
  const byWeight = [...evaluation.metrics].sort((left, right) => weight(right.metric) - weight(left.metric))
  const ordered = evaluation.primary === null ? byWeight : [evaluation.primary, ...byWeight]
  const seen = new Set<string>()
  return ordered.filter(({ metric, level }) => {
    const key = `${metric}\n${level ?? ''}`
    return !seen.has(key) && seen.add(key)
  })
}
