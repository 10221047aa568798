import type { RunStore } from '../app/ports.ts'
import { Problem } from '../core/problem.ts'
import type { Execution } from '../core/run.ts'
import type { Statements } from './statements.ts'

/** How the log of events calls it. The state of the execution stays what it was. */
const PRUNED = 'pruned'

interface AttemptRow {
  readonly id: number
  readonly pipeline: string
  readonly sample: string | null
  readonly repeat: number
  readonly warmup: number
  readonly attempt: number
  readonly state: Execution['state']
  readonly cached_run: string | null
  readonly cached_execution: number | null
  readonly cached_finished_at: string | null
}

/** What became of the outputs of executions. */
export const createPrunedOutputs = (statements: Statements): Pick<RunStore, 'attempts' | 'pruned' | 'markPruned'> => ({
  attempts: (runId) =>
    statements<AttemptRow>(`
      SELECT execution.id, variant.pipeline, sample.name AS sample, execution.repeat, execution.warmup,
        execution.attempt, execution.state, execution.cached_run, execution.cached_execution,
        execution.cached_finished_at
      FROM execution
      JOIN run ON run.key = execution.run_key
      JOIN variant ON variant.key = execution.variant_key
      LEFT JOIN sample ON sample.run_key = run.key AND sample.number = execution.sample
      WHERE run.id = ? ORDER BY execution.id`)
      .all(runId)
      .map(({ cached_run, cached_execution, cached_finished_at, warmup, ...row }) => ({
        ...row,
        warmup: warmup === 1,
        cachedFrom:
          cached_run === null || cached_execution === null
            ? null
            : { runId: cached_run, executionId: cached_execution, finishedAt: cached_finished_at },
      })),

  pruned: (runId) =>
    new Map(
      statements<{ id: number; at: string }>(`
        SELECT event.execution_id AS id, max(event.at) AS at FROM event JOIN run ON run.key = event.run_key
        WHERE run.id = ? AND event.to_state = '${PRUNED}' AND event.execution_id IS NOT NULL
        GROUP BY event.execution_id`)
        .all(runId)
        .map(({ id, at }) => [id, at]),
    ),

  markPruned: (runId, executionIds, at) => {
    const run = statements<{ key: number }>('SELECT key FROM run WHERE id = ?').get(runId)
    if (!run) throw new Problem('E_NOT_FOUND', `There is no run ${runId}.`, { hints: ['See `benchmark list`.'] })
    for (const id of executionIds)
      statements(`
        INSERT INTO event (run_key, execution_id, attempt, at, from_state, to_state, reason)
        SELECT run_key, id, attempt, ?, state, '${PRUNED}', 'its outputs were removed'
        FROM execution WHERE run_key = ? AND id = ?`).run(at, run.key, id)
  },
})
