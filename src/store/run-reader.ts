import type { DatabaseDigests } from '../core/databases.ts'
import type { Execution, PipelineSummary, Run, RunHeader, RunState } from '../core/run.ts'
import type { Parameters } from '../core/pipeline.ts'
import type { Quantity, Score, Summary } from '../core/score.ts'
import type { ProcessHandle, RunFilter } from '../app/ports.ts'
import { fromResourceRow, RESOURCE_COLUMNS, type ResourceRow } from './resource-row.ts'
import type { Statements } from './statements.ts'

interface HeaderRow {
  readonly key: number
  readonly id: string
  readonly project: string | null
  readonly benchmark_type: string
  readonly state: RunState
  readonly started_at: string
  readonly finished_at: string | null
  readonly label: string | null
  readonly tags: string
  readonly branch: string | null
  readonly git_commit: string | null
  readonly pipelines: string
  readonly samples: string
}

interface DetailRow extends HeaderRow {
  readonly primary_metrics: string
  readonly comparability: string
  readonly warnings: string
  readonly environment: string
}

type ExecutionRow = ResourceRow & {
  readonly key: number
  readonly id: number
  readonly pipeline: string
  readonly version: string | null
  readonly params: string
  readonly sample_name: string | null
  readonly repeat: number
  readonly warmup: number
  readonly attempt: number
  readonly state: Execution['state']
  readonly reason: string | null
  readonly exit_code: number | null
  readonly signal: string | null
  readonly started_at: string | null
  readonly finished_at: string | null
  readonly output_key: string | null
  readonly databases: string | null
  readonly cached_run: string | null
  readonly cached_execution: number | null
  readonly cached_finished_at: string | null
  readonly warnings: string
}

interface ScoreRow {
  readonly execution_key: number
  readonly sample_name: string | null
  readonly metric: string
  readonly level: string | null
  readonly rank: string | null
  readonly unit: string
  readonly direction: Score['direction']
  readonly value: number | null
  readonly reason: Score['reason']
}

interface SummaryRow extends Omit<ScoreRow, 'execution_key' | 'sample_name'> {
  readonly pipeline: string
  readonly version: string | null
  readonly params: string
  readonly n: number
  readonly n_expected: number
  readonly low: number | null
  readonly high: number | null
  readonly aggregation: Summary['method']['aggregation']
  readonly interval: string | null
}

const HEADER_COLUMNS = `
  run.key, run.id, run.project, run.benchmark_type, run.state, run.started_at, run.finished_at, run.label, run.tags,
  run.branch, run.git_commit, run.pipelines,
  (SELECT json_group_array(name) FROM
    (SELECT name FROM sample WHERE sample.run_key = run.key AND listed = 1 ORDER BY number)) AS samples`

const FILTER = `
  (@label IS NULL OR label = @label) AND (@state IS NULL OR state = @state)
  AND (@branch IS NULL OR branch = @branch)
  AND (@tag IS NULL OR EXISTS (SELECT 1 FROM json_each(run.tags) WHERE json_each.value = @tag))
  AND (@pipeline IS NULL OR EXISTS (SELECT 1 FROM json_each(run.pipelines) WHERE json_each.value = @pipeline))`

const filterValues = ({ label, state, tag, pipeline, branch }: RunFilter): Record<string, string | null> => ({
  label: label ?? null,
  state: state ?? null,
  tag: tag ?? null,
  pipeline: pipeline ?? null,
  branch: branch ?? null,
})

/** The reading half of the run store. */
export const createRunReader = (
  statements: Statements,
): {
  readonly headers: (filter: RunFilter) => RunHeader[]
  readonly count: (filter: RunFilter) => number
  readonly header: (runId: string) => RunHeader | null
  readonly run: (runId: string) => Run | null
  readonly executions: (runId: string) => Execution[]
  readonly handles: (runId: string) => ReadonlyMap<number, ProcessHandle>
} => {
  const executions = (runId: string): Execution[] => {
    const scores = new Map<number, Score[]>()
    for (const row of statements<ScoreRow>(SCORES).iterate(runId)) {
      const list = scores.get(row.execution_key)
      if (list) list.push(toScore(row))
      else scores.set(row.execution_key, [toScore(row)])
    }
    return statements<ExecutionRow>(EXECUTIONS)
      .all(runId)
      .map((row) => toExecution(row, scores.get(row.key) ?? []))
  }
  return {
    headers: (filter) =>
      statements<HeaderRow>(
        `SELECT ${HEADER_COLUMNS} FROM run WHERE ${FILTER} ORDER BY started_at DESC, id DESC LIMIT @limit`,
      )
        .all({ ...filterValues(filter), limit: filter.limit ?? -1 })
        .map(toHeader),
    count: (filter) =>
      Object.values(filter).every((value) => value === undefined)
        ? (statements<{ n: number }>('SELECT count(*) AS n FROM run').get()?.n ?? 0)
        : (statements<{ n: number }>(`SELECT count(*) AS n FROM run WHERE ${FILTER}`).get(filterValues(filter))?.n ??
          0),
    header: (runId) => {
      const row = statements<HeaderRow>(`SELECT ${HEADER_COLUMNS} FROM run WHERE run.id = ?`).get(runId)
      return row ? toHeader(row) : null
    },
    run: (runId) => {
      const row = statements<DetailRow>(DETAIL).get(runId)
      if (!row) return null
      return {
        ...toHeader(row),
        executions: executions(runId),
        summary: statements<SummaryRow>(SUMMARY).all(runId).map(toSummary),
        comparability: JSON.parse(row.comparability) as Run['comparability'],
        environment: JSON.parse(row.environment) as Run['environment'],
        primaryMetrics: JSON.parse(row.primary_metrics) as Run['primaryMetrics'],
        warnings: JSON.parse(row.warnings) as string[],
      }
    },
    executions,
    handles: (runId) => {
      const rows = statements<{ id: number; handle: string }>(HANDLES).all(runId)
      return new Map(rows.map(({ id, handle }) => [id, JSON.parse(handle) as ProcessHandle]))
    },
  }
}

const DETAIL = `
  SELECT ${HEADER_COLUMNS}, run.primary_metrics, run.comparability, run.warnings, environment.json AS environment
  FROM run JOIN environment ON environment.key = run.environment_key WHERE run.id = ?`

const EXECUTIONS = `
  SELECT execution.key, execution.id, variant.pipeline, variant.version, variant.params, sample.name AS sample_name,
    execution.repeat, execution.warmup, execution.attempt, execution.state, execution.reason, execution.exit_code,
    execution.signal, execution.started_at, execution.finished_at, execution.output_key,
    database_set.json AS databases, execution.cached_run, execution.cached_execution, execution.cached_finished_at, execution.warnings,
    ${RESOURCE_COLUMNS.map((column) => `resource.${column}`).join(', ')}
  FROM run
  JOIN execution ON execution.run_key = run.key
  JOIN variant ON variant.key = execution.variant_key
  LEFT JOIN sample ON sample.run_key = run.key AND sample.number = execution.sample
  LEFT JOIN database_set ON database_set.key = execution.databases_key
  LEFT JOIN resource ON resource.execution_key = execution.key
  WHERE run.id = ? ORDER BY execution.id`

const SCORES = `
  SELECT score.execution_key, sample.name AS sample_name, series.metric, series.level, series.rank, series.unit,
    series.direction, score.value, score.reason
  FROM run
  JOIN execution ON execution.run_key = run.key
  JOIN score ON score.execution_key = execution.key
  JOIN series ON series.key = score.series_key
  LEFT JOIN sample ON sample.run_key = run.key AND sample.number = score.sample
  WHERE run.id = ? ORDER BY score.execution_key, score.ordinal`

const SUMMARY = `
  SELECT variant.pipeline, variant.version, variant.params, series.metric, series.level, series.rank, series.unit,
    series.direction, summary.value, summary.reason, summary.n, summary.n_expected, summary.low, summary.high,
    summary.aggregation, summary.interval
  FROM run
  JOIN summary ON summary.run_key = run.key
  JOIN variant ON variant.key = summary.variant_key
  JOIN series ON series.key = summary.series_key
  WHERE run.id = ? ORDER BY summary.ordinal`

const HANDLES = `
  SELECT execution.id, execution.handle FROM run JOIN execution ON execution.run_key = run.key
  WHERE run.id = ? AND execution.handle IS NOT NULL
    AND execution.state IN ('planned', 'starting', 'running', 'collecting')
  ORDER BY execution.id`

const toHeader = (row: HeaderRow): RunHeader => ({
  runId: row.id,
  project: row.project,
  benchmarkType: row.benchmark_type,
  state: row.state,
  startedAt: row.started_at,
  finishedAt: row.finished_at,
  label: row.label,
  tags: JSON.parse(row.tags) as string[],
  branch: row.branch,
  commit: row.git_commit,
  pipelines: JSON.parse(row.pipelines) as string[],
  samples: JSON.parse(row.samples) as string[],
})

const toExecution = (row: ExecutionRow, scores: readonly Score[]): Execution => ({
  id: row.id,
  pipeline: row.pipeline,
  version: row.version,
  params: JSON.parse(row.params) as Parameters,
  sample: row.sample_name,
  repeat: row.repeat,
  warmup: row.warmup === 1,
  attempt: row.attempt,
  state: row.state,
  reason: row.reason,
  exitCode: row.exit_code,
  signal: row.signal,
  startedAt: row.started_at,
  finishedAt: row.finished_at,
  outputKey: row.output_key,
  databases: row.databases === null ? null : (JSON.parse(row.databases) as DatabaseDigests),
  cachedFrom:
    row.cached_run === null || row.cached_execution === null
      ? null
      : { runId: row.cached_run, executionId: row.cached_execution, finishedAt: row.cached_finished_at },
  resources: fromResourceRow(row),
  scores,
  warnings: JSON.parse(row.warnings) as string[],
})

// The table's CHECK says the same as the union: exactly one of value and reason is there.
const toQuantity = ({ value, reason }: Pick<ScoreRow, 'value' | 'reason'>): Quantity => ({ value, reason }) as Quantity

const toScore = (row: ScoreRow): Score => ({
  sample: row.sample_name,
  metric: row.metric,
  level: row.level,
  rank: row.rank,
  ...toQuantity(row),
  unit: row.unit,
  direction: row.direction,
})

const toSummary = (row: SummaryRow): PipelineSummary => ({
  pipeline: row.pipeline,
  version: row.version,
  params: JSON.parse(row.params) as Parameters,
  metric: row.metric,
  level: row.level,
  rank: row.rank,
  ...toQuantity(row),
  unit: row.unit,
  direction: row.direction,
  n: row.n,
  nExpected: row.n_expected,
  low: row.low,
  high: row.high,
  method: { aggregation: row.aggregation, interval: row.interval },
})
