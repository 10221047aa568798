import type { ReusableExecution, RunStore } from '../app/ports.ts'
import { outputsFolder } from '../core/execution-name.ts'
import { fromResourceRow, RESOURCE_COLUMNS, type ResourceRow } from './resource-row.ts'
import type { Statements } from './statements.ts'

// Enough for any quantile; a project with years of runs need not read them all to guess a duration.
const MOST_DURATIONS_PER_VARIANT = 200

type ReusableRow = ResourceRow & {
  readonly run_id: string
  readonly results_dir: string
  readonly id: number
  readonly pipeline: string
  readonly sample_name: string | null
  readonly repeat: number
  readonly attempt: number
  readonly finished_at: string | null
}

const REUSABLE = `
  SELECT run.id AS run_id, plan.results_dir, execution.id, variant.pipeline,
    sample.name AS sample_name, execution.repeat, execution.attempt, execution.finished_at,
    ${RESOURCE_COLUMNS.map((column) => `resource.${column}`).join(', ')}
  FROM execution
  JOIN run ON run.key = execution.run_key
  JOIN plan ON plan.run_key = run.key
  JOIN variant ON variant.key = execution.variant_key
  LEFT JOIN sample ON sample.run_key = run.key AND sample.number = execution.sample
  LEFT JOIN resource ON resource.execution_key = execution.key
  WHERE execution.output_key = ? AND run.id <> ? AND execution.state = 'succeeded' AND execution.warmup = 0
  ORDER BY execution.finished_at, run.id, execution.id`

// For one variant at a time: the index then gives the newest ones without sorting all there are.
const DURATIONS = `
  SELECT execution.key, variant.params, sample.name AS sample, resource.wall_seconds AS wallSeconds
  FROM variant
  JOIN execution ON execution.variant_key = variant.key
  JOIN resource ON resource.execution_key = execution.key
  LEFT JOIN sample ON sample.run_key = execution.run_key AND sample.number = execution.sample
  WHERE variant.key = ? AND execution.state = 'succeeded' AND resource.wall_seconds IS NOT NULL
  ORDER BY execution.key DESC LIMIT ${MOST_DURATIONS_PER_VARIANT}`

type Duration = ReturnType<RunStore['durations']>[number]

/** What earlier runs know about executions to come: outputs to reuse, durations to expect. */
export const createEarlierExecutions = (
  statements: Statements,
): Pick<RunStore, 'reusable' | 'durations' | 'imported'> => ({
  reusable: (outputKey, excludeRun) => statements<ReusableRow>(REUSABLE).all(outputKey, excludeRun).map(toReusable),
  imported: (outputKey) =>
    statements<{ id: string }>(`
      SELECT run.id FROM execution JOIN run ON run.key = execution.run_key
      WHERE execution.output_key = ? AND run.state = 'imported' ORDER BY run.key LIMIT 1`).get(outputKey)?.id ?? null,
  durations: (pipeline) =>
    statements<{ key: number }>('SELECT key FROM variant WHERE pipeline = ?')
      .all(pipeline)
      .flatMap((variant) => statements<Duration & { key: number }>(DURATIONS).all(variant.key))
      .sort((left, right) => right.key - left.key)
      .map(({ params, sample, wallSeconds }) => ({ params, sample, wallSeconds })),
})

const toReusable = (row: ReusableRow): ReusableExecution => ({
  runId: row.run_id,
  executionId: row.id,
  attempt: row.attempt,
  finishedAt: row.finished_at,
  outputsDir: outputsFolder(
    row.results_dir,
    { id: row.id, pipeline: row.pipeline, sample: row.sample_name, repeat: row.repeat, warmup: false },
    row.attempt,
  ),
  resources: fromResourceRow(row),
})
