import type { ExecutionChange, RunStore } from '../app/ports.ts'
import { canonicalJson } from '../core/canonical-json.ts'
import type { RunPlan } from '../core/plan.ts'
import { primaryMetricsOf } from '../core/primary-metrics.ts'
import { Problem } from '../core/problem.ts'
import { type Execution, type ExecutionState, isFinal, type Run, type RunState } from '../core/run.ts'
import { createLookup } from './lookup.ts'
import type { Connection } from './open.ts'
import { createScoreWriter } from './score-writer.ts'
import type { Statements } from './statements.ts'
import { packPlan } from './stored-plan.ts'
import { startsNewAttempt } from './transition-rules.ts'

interface StoredExecution {
  readonly key: number
  readonly pipeline: string
  readonly params: string
  readonly version: string | null
  readonly attempt: number
  readonly state: ExecutionState
}

type Writes = Pick<
  RunStore,
  'createRun' | 'transition' | 'setRunState' | 'saveSummary' | 'insertFinished' | 'removeRun'
>
type NewRun = Omit<Run, 'executions' | 'summary'>

const CLOSED_RUNS: ReadonlySet<RunState> = new Set(['completed', 'imported'])

/** The writing half of the run store: every function is one transaction that takes the write lock at its start. */
export const createRunWriter = (db: Connection, statements: Statements): Writes => {
  const lookup = createLookup(statements)
  const write = createScoreWriter(statements, lookup)

  const runRow = (runId: string): { readonly key: number; readonly state: RunState } => {
    const row = statements<{ key: number; state: RunState }>('SELECT key, state FROM run WHERE id = ?').get(runId)
    if (!row) throw new Problem('E_NOT_FOUND', `There is no run ${runId}.`, { hints: ['See `benchmark list`.'] })
    return row
  }

  const insertRun = (run: NewRun, plan: RunPlan | null): number => {
    const key = Number(
      statements(`
        INSERT INTO run (id, project, benchmark_type, state, started_at, finished_at, label, branch, git_commit, tags,
          pipelines, primary_metrics, comparability, warnings, environment_key)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`).run(
        run.runId,
        run.project,
        run.benchmarkType,
        run.state,
        run.startedAt,
        run.finishedAt,
        run.label,
        run.branch,
        run.commit,
        JSON.stringify(run.tags),
        JSON.stringify(run.pipelines),
        JSON.stringify(run.primaryMetrics),
        canonicalJson(run.comparability),
        JSON.stringify(run.warnings),
        lookup.environment(run.environment),
      ).lastInsertRowid,
    )
    if (plan)
      statements('INSERT INTO plan (run_key, results_dir, document) VALUES (?, ?, ?)').run(
        key,
        plan.resultsDir,
        packPlan(plan),
      )
    const insertSample = statements('INSERT INTO sample (run_key, number, name, listed) VALUES (?, ?, ?, 1)')
    for (const [number, name] of run.samples.entries()) insertSample.run(key, number, name)
    return key
  }

  // A score may name a sample the sample sheet does not list (a tool that renamed it): kept, but not shown as listed.
  const sampleNumber = (runKey: number, name: string): number => {
    const find = 'SELECT number FROM sample WHERE run_key = ? AND name = ?'
    const found = statements<{ number: number }>(find).get(runKey, name)
    if (found) return found.number
    const next = 'SELECT ifnull(max(number), -1) + 1 AS number FROM sample WHERE run_key = ?'
    const number = statements<{ number: number }>(next).get(runKey)?.number ?? 0
    statements('INSERT INTO sample (run_key, number, name, listed) VALUES (?, ?, ?, 0)').run(runKey, number, name)
    return number
  }

  const insertExecution = (runKey: number, execution: Execution): void => {
    const key = Number(
      statements(`
        INSERT INTO execution (run_key, id, variant_key, sample, repeat, warmup, attempt, state, reason, exit_code,
          signal, started_at, finished_at, output_key, databases_key, cached_run, cached_execution, cached_finished_at,
          warnings)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`).run(
        runKey,
        execution.id,
        lookup.variant(execution.pipeline, execution.params, execution.version),
        execution.sample === null ? null : sampleNumber(runKey, execution.sample),
        execution.repeat,
        Number(execution.warmup),
        execution.attempt,
        execution.state,
        execution.reason,
        execution.exitCode,
        execution.signal,
        execution.startedAt,
        execution.finishedAt,
        execution.outputKey,
        lookup.databases(execution.databases),
        execution.cachedFrom?.runId ?? null,
        execution.cachedFrom?.executionId ?? null,
        execution.cachedFrom?.finishedAt ?? null,
        JSON.stringify(execution.warnings),
      ).lastInsertRowid,
    )
    if (execution.resources) write.resources(key, execution.resources)
    if (execution.scores.length > 0) write.scores(key, execution.scores, (name) => sampleNumber(runKey, name))
  }

  const recordRunEvent = (runKey: number, from: RunState | null, to: RunState): void => {
    statements(`
      INSERT INTO event (run_key, at, from_state, to_state)
      VALUES (?, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), ?, ?)`).run(runKey, from, to)
  }

  const updateExecution = (runKey: number, stored: StoredExecution, change: ExecutionChange, fresh: boolean): void => {
    const version = change.version === undefined ? stored.version : change.version
    const cached = change.cachedFrom
    // COALESCE would make it impossible to set a column back to null, hence "given" flags.
    statements(`
      UPDATE execution SET state = @state, attempt = @attempt, variant_key = @variant,
        reason = @reason,
        exit_code = CASE WHEN @exitGiven OR @fresh THEN @exitCode ELSE exit_code END,
        signal = CASE WHEN @signalGiven OR @fresh THEN @signal ELSE signal END,
        handle = CASE WHEN @handleGiven OR @fresh THEN @handle ELSE handle END,
        output_key = CASE WHEN @outputGiven THEN @outputKey ELSE output_key END,
        databases_key = CASE WHEN @databasesGiven THEN @databases ELSE databases_key END,
        cached_run = CASE WHEN @cachedGiven OR @fresh THEN @cachedRun ELSE cached_run END,
        cached_execution = CASE WHEN @cachedGiven OR @fresh THEN @cachedExecution ELSE cached_execution END,
        cached_finished_at = CASE WHEN @cachedGiven OR @fresh THEN @cachedFinished ELSE cached_finished_at END,
        warnings = CASE WHEN @warningsGiven OR @fresh THEN @warnings ELSE warnings END,
        started_at = CASE WHEN @fresh OR started_at IS NULL THEN @startedAt ELSE started_at END,
        finished_at = @finishedAt
      WHERE key = @key`).run({
      key: stored.key,
      fresh: Number(fresh),
      state: change.state,
      attempt: change.attempt ?? stored.attempt,
      variant: lookup.variant(stored.pipeline, JSON.parse(stored.params) as Execution['params'], version),
      reason: change.reason ?? null,
      exitGiven: given(change.exitCode),
      exitCode: change.exitCode ?? null,
      signalGiven: given(change.signal),
      signal: change.signal ?? null,
      handleGiven: given(change.handle),
      handle: change.handle ? JSON.stringify(change.handle) : null,
      outputGiven: given(change.outputKey),
      outputKey: change.outputKey ?? null,
      databasesGiven: given(change.databases),
      databases: lookup.databases(change.databases ?? null),
      cachedGiven: given(cached),
      cachedRun: cached?.runId ?? null,
      cachedExecution: cached?.executionId ?? null,
      cachedFinished: cached?.finishedAt ?? null,
      warningsGiven: given(change.warnings),
      warnings: JSON.stringify(change.warnings ?? []),
      startedAt: change.state === 'starting' || change.state === 'running' ? change.at : null,
      finishedAt: isFinal(change.state) ? change.at : null,
    })
    if (change.resources !== undefined || fresh) write.resources(stored.key, change.resources ?? null)
    if (change.scores !== undefined || fresh)
      write.scores(stored.key, change.scores ?? [], (name) => sampleNumber(runKey, name))
  }

  const immediate = <Values extends unknown[]>(act: (...values: Values) => void): ((...values: Values) => void) => {
    const transaction = db.transaction(act)
    return (...values) => transaction.immediate(...values)
  }

  return {
    createRun: immediate((plan, environment) => {
      const key = insertRun(plannedRun(plan, environment), plan)
      for (const planned of plan.executions)
        insertExecution(key, plannedExecution(planned, plan.pipelines[planned.pipelineIndex]?.version ?? null))
      recordRunEvent(key, null, 'planned')
    }),

    transition: immediate((runId, executionId, change) => {
      const { key: runKey } = runRow(runId)
      const stored = statements<StoredExecution>(`
        SELECT execution.key, variant.pipeline, variant.params, variant.version, execution.attempt, execution.state
        FROM execution JOIN variant ON variant.key = execution.variant_key
        WHERE execution.run_key = ? AND execution.id = ?`).get(runKey, executionId)
      if (!stored) throw new Problem('E_NOT_FOUND', `Run ${runId} has no execution ${executionId}.`)
      const attempt = change.attempt ?? stored.attempt
      const what = `Execution ${executionId} of run ${runId}`
      const fresh = startsNewAttempt(what, stored, { state: change.state, attempt })
      updateExecution(runKey, stored, change, fresh)
      statements(`
        INSERT INTO event (run_key, execution_id, attempt, at, from_state, to_state, reason, exit_code, signal)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`).run(
        runKey,
        executionId,
        attempt,
        change.at,
        stored.state,
        change.state,
        change.reason ?? null,
        change.exitCode ?? null,
        change.signal ?? null,
      )
    }),

    setRunState: immediate((runId, state, finishedAt) => {
      const { key, state: before } = runRow(runId)
      if (before === state && CLOSED_RUNS.has(state)) return
      if (CLOSED_RUNS.has(before))
        throw new Problem('E_STORE', `Run ${runId} is ${before}; that never changes.`, {
          hints: ['Start a new run instead.'],
        })
      // A request to cancel is answered by the run's end; it must not stop a later resume.
      const answered = state !== 'planned' && state !== 'running'
      statements(`
        UPDATE run SET state = ?, finished_at = ?, cancel_requested = CASE WHEN ? THEN 0 ELSE cancel_requested END
        WHERE key = ?`).run(state, finishedAt, Number(answered), key)
      recordRunEvent(key, before, state)
    }),

    saveSummary: immediate((runId, summary, comparability, warnings) => {
      const { key } = runRow(runId)
      write.summary(key, summary)
      statements('UPDATE run SET comparability = ?, warnings = ? WHERE key = ?').run(
        canonicalJson(comparability),
        JSON.stringify(warnings),
        key,
      )
    }),

    insertFinished: immediate((run, plan) => {
      const key = insertRun(run, plan)
      for (const execution of run.executions) insertExecution(key, execution)
      write.summary(key, run.summary)
      recordRunEvent(key, null, run.state)
    }),

    removeRun: immediate((runId) => {
      const { key } = runRow(runId)
      const variants = statements<{ key: number }>(`
        SELECT variant_key AS key FROM execution WHERE run_key = @key
        UNION SELECT variant_key FROM summary WHERE run_key = @key`).all({ key })
      const environment = statements<{ key: number }>('SELECT environment_key AS key FROM run WHERE key = ?').get(key)
      const databases = statements<{ key: number }>(`
        SELECT DISTINCT databases_key AS key FROM execution WHERE run_key = ? AND databases_key IS NOT NULL`).all(key)
      statements('DELETE FROM run WHERE key = ?').run(key)
      // What only this run used goes with it: a removed run leaves no parameter, machine, database or sample name behind.
      for (const variant of variants)
        statements(`
          DELETE FROM variant WHERE key = @key AND NOT EXISTS (SELECT 1 FROM execution WHERE variant_key = @key)
            AND NOT EXISTS (SELECT 1 FROM summary WHERE variant_key = @key)
            AND NOT EXISTS (SELECT 1 FROM hub_run_variant WHERE variant_key = @key)`).run(variant)
      for (const one of databases) statements(UNUSED_DATABASES).run(one)
      statements(`
        DELETE FROM environment WHERE key = @key AND NOT EXISTS (SELECT 1 FROM run WHERE environment_key = @key)`).run(
        environment,
      )
    }),
  }
}

/** Deletes a set of databases, unless a run or a hub still has it. */
const UNUSED_DATABASES = `
  DELETE FROM database_set WHERE key = @key AND NOT EXISTS (SELECT 1 FROM execution WHERE databases_key = @key)
    AND NOT EXISTS (SELECT 1 FROM hub_run_variant WHERE databases_key = @key)`

const given = (value: unknown): number => Number(value !== undefined)

const plannedRun = (plan: RunPlan, environment: Run['environment']): NewRun => ({
  runId: plan.runId,
  project: plan.project,
  benchmarkType: plan.benchmarkType,
  state: 'planned',
  startedAt: plan.createdAt,
  finishedAt: null,
  label: plan.label,
  tags: plan.tags,
  branch: plan.branch,
  commit: plan.commit,
  pipelines: plan.pipelines.map(({ name }) => name),
  samples: plan.samples.map(({ id }) => id),
  comparability: {},
  environment,
  primaryMetrics: primaryMetricsOf(plan.evaluation),
  warnings: plan.warnings,
})

const plannedExecution = (planned: RunPlan['executions'][number], version: string | null): Execution => ({
  id: planned.id,
  pipeline: planned.pipeline,
  version,
  params: planned.params,
  sample: planned.sample,
  repeat: planned.repeat,
  warmup: planned.warmup,
  attempt: 1,
  state: 'planned',
  reason: null,
  exitCode: null,
  signal: null,
  startedAt: null,
  finishedAt: null,
  outputKey: null,
  databases: null,
  cachedFrom: null,
  resources: null,
  scores: [],
  warnings: [],
})
