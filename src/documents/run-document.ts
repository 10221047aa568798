import type { RunPlan } from '../core/plan.ts'
import type { Execution, PipelineSummary, Run, RunHeader } from '../core/run.ts'
import type { MetadataDocument } from '../generated/metadata.ts'
import type { MetricsDocument } from '../generated/metrics.ts'
import type { RunDocument } from '../generated/run.ts'
import type { RunListDocument } from '../generated/run-list.ts'
import { toCamelCase, toSnakeCase } from './key-case.ts'
import { withoutKeys } from './without-keys.ts'

// What stands under these keys is named by users and other programs.
const VERBATIM = new Set(['params', 'comparability', 'environment', 'databases'])

/** `benchmark.run/1`: a run with everything kept of it, and when outputs of it were removed. */
export const toRunDocument = (run: Run, outputsPrunedAt: string | null = null): RunDocument =>
  ({
    schema: 'benchmark.run/1',
    ...(toSnakeCase(run, VERBATIM) as object),
    ...(outputsPrunedAt === null ? {} : { outputs_pruned_at: outputsPrunedAt }),
  }) as RunDocument

/** Inverse of {@link toRunDocument}; the document has been validated. */
export const fromRunDocument = (document: RunDocument): Run => {
  const run = toCamelCase(withoutKeys(document, 'schema', 'outputs_pruned_at'), VERBATIM) as Run
  return { ...run, executions: run.executions.map(withDatabases) }
}

/** Documents of before databases were kept do not speak of them: nobody knows. */
const withDatabases = <T extends Pick<Execution, 'databases'>>(execution: T): T => ({
  ...execution,
  databases: (execution as Partial<T>).databases ?? null,
})

/** `benchmark.run-list/1`; `total` counts the runs that matched, listed or not. */
export const toRunListDocument = (runs: readonly RunHeader[], total: number): RunListDocument => ({
  schema: 'benchmark.run-list/1',
  total,
  runs: toSnakeCase(runs, VERBATIM) as RunListDocument['runs'],
})

/** `metadata.json` of a run's folder: everything but the scores. */
export const toMetadataDocument = (run: Run, plan: RunPlan | null): MetadataDocument => {
  const executions = run.executions.map((execution) => withoutKeys(execution, 'scores'))
  return {
    schema: 'benchmark.metadata/1',
    plan: plan === null ? null : 'plan.json',
    ...(toSnakeCase({ ...withoutKeys(run, 'summary'), executions }, VERBATIM) as object),
  } as MetadataDocument
}

/** `metrics.json` of a run's folder: the scores of every execution, and the summary. */
export const toMetricsDocument = (run: Run): MetricsDocument => {
  const executions = run.executions.map(({ id, scores }) => ({ id, scores }))
  return {
    schema: 'benchmark.metrics/1',
    ...(toSnakeCase({ runId: run.runId, executions, summary: run.summary }, VERBATIM) as object),
  } as MetricsDocument
}

/**
 * The run that was written as these two documents; both have been validated. Null when they are not two halves of one
 * run: other ids, or scores of other executions.
 */
export const fromMetadataAndMetrics = (metadata: MetadataDocument, metrics: MetricsDocument): Run | null => {
  const half = toCamelCase(withoutKeys(metadata, 'schema', 'plan'), VERBATIM) as Omit<Run, 'executions' | 'summary'> & {
    readonly executions: readonly Omit<Execution, 'scores'>[]
  }
  const { runId, executions, summary } = toCamelCase(metrics, VERBATIM) as {
    readonly runId: string
    readonly executions: readonly Pick<Execution, 'id' | 'scores'>[]
    readonly summary: readonly PipelineSummary[]
  }
  const scores = new Map(executions.map((execution) => [execution.id, execution.scores]))
  const sameExecutions = scores.size === half.executions.length && half.executions.every(({ id }) => scores.has(id))
  if (runId !== half.runId || !sameExecutions) return null
  return {
    ...half,
    executions: half.executions.map((execution) => ({
      ...withDatabases(execution),
      scores: scores.get(execution.id) ?? [],
    })),
    summary,
  }
}
