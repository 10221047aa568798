import type { EndedRun, ScoreFilter } from '../../app/history/history-ports.ts'
import type { ComparedRun } from '../../core/comparison/comparison.ts'
import type { DatabaseDigests } from '../../core/databases.ts'
import type { Parameters } from '../../core/pipeline.ts'
import type { Execution } from '../../core/run.ts'
import type { Score } from '../../core/score.ts'
import { fromResourceRow, RESOURCE_COLUMNS, type ResourceRow } from '../resource-row.ts'
import type { Statements } from '../statements.ts'

type Flat = readonly (string | number | null)[]

/**
 * What runs measured, as comparisons read it. Of executions only what tells which side and sample they belong to; of
 * scores only those asked for. Texts that repeat (names, parameters, series) are read once.
 */
export const readMeasured = (
  statements: Statements,
  runs: readonly EndedRun[],
  { pipeline, metrics, level, rank }: ScoreFilter,
): readonly ComparedRun[] => {
  const variants = new Map(
    statements<VariantRow>('SELECT key, pipeline, version, params FROM variant')
      .all()
      .filter((one) => pipeline === undefined || one.pipeline === pipeline)
      .map(({ key, params, ...one }) => [key, { ...one, params: JSON.parse(params) as Parameters }]),
  )
  const series = new Map(
    statements<SeriesRow>('SELECT key, metric, level, rank, unit, direction FROM series')
      .all()
      .filter(
        (one) =>
          (metrics === undefined || metrics.includes(one.metric)) &&
          (level === undefined || one.level === level) &&
          (rank === undefined || one.rank === rank),
      )
      .map(({ key, ...one }) => [key, one]),
  )
  const databases = new Map(
    statements<{ key: number; json: string }>('SELECT key, json FROM database_set')
      .all()
      .map(({ key, json }) => [key, JSON.parse(json) as DatabaseDigests]),
  )
  const databasesOf = (key: number | null): DatabaseDigests | null =>
    key === null ? null : (databases.get(key) ?? null)
  const wantedSeries = JSON.stringify([...series.keys()])
  return runs.map((run): ComparedRun => {
    const key = statements<{ key: number }>('SELECT key FROM run WHERE id = ?').get(run.runId)?.key ?? null
    const names = new Map(
      statements<Flat>('SELECT number, name FROM sample WHERE run_key = ?')
        .raw()
        .all(key)
        .map(([number, name]) => [number, String(name)]),
    )
    const nameOf = (number: Flat[number] | undefined): string | null =>
      number === null || number === undefined ? null : (names.get(number) ?? null)
    const scores = new Map<number, Score[]>()
    for (const [execution, of, sample, value, reason] of statements<Flat>(SCORES)
      .raw()
      .iterate({ run: key, series: wantedSeries })) {
      const one = series.get(of as number)
      if (one === undefined) continue
      const score = { ...one, sample: nameOf(sample), value, reason } as Score
      const list = scores.get(execution as number)
      if (list) list.push(score)
      else scores.set(execution as number, [score])
    }
    const executions = statements<ExecutionRow>(EXECUTIONS)
      .all(key)
      .flatMap((row): Execution[] => {
        const variant = variants.get(row.variant_key)
        if (variant === undefined) return []
        return [
          {
            ...toExecution(row, variant, nameOf(row.sample), scores.get(row.key) ?? []),
            databases: databasesOf(row.databases_key),
          },
        ]
      })
    return { runId: run.runId, executions, comparability: run.comparability, machine: run.machine }
  })
}

interface VariantRow {
  readonly key: number
  readonly pipeline: string
  readonly version: string | null
  readonly params: string
}

type SeriesRow = Pick<Score, 'metric' | 'level' | 'rank' | 'unit' | 'direction'> & { readonly key: number }

type ExecutionRow = ResourceRow & {
  readonly key: number
  readonly id: number
  readonly variant_key: number
  readonly sample: number | null
  readonly repeat: number
  readonly warmup: number
  readonly state: Execution['state']
  readonly databases_key: number | null
  readonly cached_run: string | null
  readonly cached_execution: number | null
}

const toExecution = (
  row: ExecutionRow,
  { pipeline, version, params }: Pick<Execution, 'pipeline' | 'version' | 'params'>,
  sample: string | null,
  scores: readonly Score[],
): Omit<Execution, 'databases'> => ({
  ...{ id: row.id, pipeline, version, params, sample, repeat: row.repeat, warmup: row.warmup === 1, state: row.state },
  cachedFrom:
    row.cached_run === null || row.cached_execution === null
      ? null
      : { runId: row.cached_run, executionId: row.cached_execution, finishedAt: null },
  resources: fromResourceRow(row),
  scores,
  // Nothing below is a matter of what was measured.
  ...{ attempt: 1, reason: null, exitCode: null, signal: null, startedAt: null, finishedAt: null, outputKey: null },
  warnings: [],
})

const EXECUTIONS = `
  SELECT execution.key, execution.id, execution.variant_key, execution.sample, execution.repeat, execution.warmup,
    execution.state, execution.databases_key, execution.cached_run, execution.cached_execution,
    ${RESOURCE_COLUMNS.map((column) => `resource.${column}`).join(', ')}
  FROM execution LEFT JOIN resource ON resource.execution_key = execution.key
  WHERE execution.run_key = ? ORDER BY execution.id`

const SCORES = `
  SELECT score.execution_key, score.series_key, score.sample, score.value, score.reason
  FROM execution JOIN score ON score.execution_key = execution.key
  WHERE execution.run_key = @run AND execution.warmup = 0
    AND score.series_key IN (SELECT value FROM json_each(@series))
  ORDER BY score.execution_key, score.ordinal`
