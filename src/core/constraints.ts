import { parameterKey } from './schedule/matrix.ts'
import type { Parameters } from './pipeline.ts'
import type { Evaluation } from './plan.ts'
import { type Execution, hasOutputs, type PipelineSummary } from './run.ts'

/** One constraint a pipeline does not meet. */
export interface Violation {
  readonly pipeline: string
  readonly params: Parameters
  /** As in the configuration: `max_runtime`, `max_memory`, `min_<metric>`, `max_<metric>`. */
  readonly constraint: string
  readonly limit: number
  /** Seconds, bytes, or the metric's unit; null when the pipeline has no such value, which does not meet it either. */
  readonly value: number | null
}

/**
 * Which pipelines break which constraint. Run time and memory are judged by the worst execution, because a limit is
 * about what can happen; metrics by their mean over samples at the declared level.
 */
export const violations = (
  constraints: Evaluation['constraints'],
  executions: readonly Execution[],
  summary: readonly PipelineSummary[],
  primaryLevel: string,
): Violation[] => {
  const groups = new Map<string, { pipeline: string; params: Parameters; executions: Execution[] }>()
  for (const execution of executions) {
    if (execution.warmup || !hasOutputs(execution.state)) continue
    const key = parameterKey(execution.pipeline, execution.params)
    const group = groups.get(key) ?? { pipeline: execution.pipeline, params: execution.params, executions: [] }
    group.executions.push(execution)
    groups.set(key, group)
  }
  const found: Violation[] = []
  for (const [key, { pipeline, params, executions: own }] of groups) {
    const report = (constraint: string, limit: number, value: number | null, met: boolean): void => {
      if (!met) found.push({ pipeline, params, constraint, limit, value })
    }
    const atMost = (constraint: string, limit: number | null, values: readonly (number | null | undefined)[]): void => {
      if (limit === null) return
      const known = values.filter((value) => value !== null && value !== undefined)
      const worst = known.length === 0 ? null : Math.max(...known)
      report(constraint, limit, worst, worst !== null && worst <= limit)
    }
    atMost(
      'max_runtime',
      constraints.maxRuntimeSeconds,
      own.map(({ resources }) => resources?.wallSeconds),
    )
    atMost(
      'max_memory',
      constraints.maxMemoryBytes,
      own.map(({ resources }) => resources?.peakRssBytes),
    )
    // `sensitivity@gene` names its level; `sensitivity` means the declared one.
    const mean = (name: string): number | null => {
      const [metric, level = primaryLevel] = name.split('@')
      const entry = summary.find(
        (candidate) =>
          parameterKey(candidate.pipeline, candidate.params) === key &&
          candidate.metric === metric &&
          (candidate.level === null || candidate.level === level) &&
          candidate.method.aggregation !== 'micro',
      )
      return entry?.value ?? null
    }
    for (const [metric, limit] of Object.entries(constraints.minimums)) {
      const value = mean(metric)
      report(`min_${metric}`, limit, value, value !== null && value >= limit)
    }
    for (const [metric, limit] of Object.entries(constraints.maximums)) {
      const value = mean(metric)
      report(`max_${metric}`, limit, value, value !== null && value <= limit)
    }
  }
  return found
}
