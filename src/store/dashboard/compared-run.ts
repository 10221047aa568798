import type { ComparedRun } from '../../core/comparison/comparison.ts'
import { comparedRun } from '../../core/comparison/compared-run.ts'
import type { DatabaseDigests } from '../../core/databases.ts'
import type { Parameters } from '../../core/pipeline.ts'
import type { Execution, ExecutionState } from '../../core/run.ts'
import type { Reason, Score } from '../../core/score.ts'
import { createRunReader } from '../run-reader.ts'
import type { Statements } from '../statements.ts'
import { machineOf, type SiteDictionaries } from './site-dictionaries.ts'

/** A run of this machine as a comparison sees it. */
export const ownComparedRun = (statements: Statements, runId: string): ComparedRun | null => {
  const run = createRunReader(statements).run(runId)
  return run === null ? null : comparedRun(run)
}

interface RunRow {
  readonly key: number
  readonly comparability: string
  readonly machine: string | null
  readonly samples: string
}

interface ExecutionRow {
  readonly number: number
  readonly pipeline: string
  readonly version: string | null
  readonly params: string
  readonly sample: number | null
  readonly repeat: number
  readonly state: ExecutionState
  readonly exit_code: number | null
  readonly databases: string | null
}

type ScoreRow = Pick<Score, 'metric' | 'level' | 'rank' | 'unit' | 'direction'> & {
  readonly execution: number
  readonly sample: number | null
  readonly value: number | null
  readonly reason: Reason | null
}

/** A run of a hub. Its times and memory are scores there; a comparison takes resources from measurements only. */
export const hubComparedRun = (statements: Statements, hub: string, runId: string): ComparedRun | null => {
  const run = statements<RunRow>(RUN).get({ hub, runId })
  if (run === undefined) return null
  const names = JSON.parse(run.samples) as string[]
  const nameOf = (sample: number | null): string | null => (sample === null ? null : (names[sample] ?? null))
  const scores = new Map<number, Score[]>()
  for (const { execution, sample, value, reason, ...series } of statements<ScoreRow>(SCORES).all(run.key)) {
    const list = scores.get(execution) ?? []
    scores.set(execution, list)
    const quantity =
      value === null ? { value: null, reason: reason ?? ('not_measured' as const) } : { value, reason: null }
    list.push({ ...series, sample: nameOf(sample), ...quantity })
  }
  const executions = statements<ExecutionRow>(EXECUTIONS)
    .all(run.key)
    .map((row): Execution => ({
      ...{ id: row.number + 1, pipeline: row.pipeline, version: row.version },
      params: JSON.parse(row.params) as Parameters,
      ...{ sample: nameOf(row.sample), repeat: row.repeat, warmup: false, attempt: 1, state: row.state },
      ...{ reason: null, exitCode: row.exit_code, signal: null, startedAt: null, finishedAt: null },
      databases: row.databases === null ? null : (JSON.parse(row.databases) as DatabaseDigests),
      ...{ outputKey: null, cachedFrom: null, resources: null, scores: scores.get(row.number) ?? [], warnings: [] },
    }))
  const comparability = JSON.parse(run.comparability) as ComparedRun['comparability']
  return { runId, executions, comparability, machine: run.machine }
}

const RUN = `
  SELECT run.key, comparability.json AS comparability, environment.machine_fingerprint AS machine, list.names AS samples
  FROM hub JOIN hub_run AS run ON run.hub_key = hub.key AND run.id = @runId
    JOIN hub_comparability AS comparability ON comparability.key = run.comparability_key
    JOIN hub_environment AS environment ON environment.key = run.environment_key
    JOIN hub_sample_list AS list ON list.key = run.samples_key
  WHERE hub.url = @hub`

const EXECUTIONS = `
  SELECT execution.number, variant.pipeline, variant.version, variant.params, execution.sample, execution.repeat,
    execution.state, execution.exit_code,
    -- Where a variant read several versions of a database nobody knows which execution read which.
    (SELECT iif(count(DISTINCT part.databases_key) = 1, max(database_set.json), NULL)
      FROM hub_run_variant AS part JOIN database_set ON database_set.key = part.databases_key
      WHERE part.run_key = execution.run_key AND part.variant_key = execution.variant_key) AS databases
  FROM hub_execution AS execution JOIN variant ON variant.key = execution.variant_key
  WHERE execution.run_key = ? ORDER BY execution.number`

const SCORES = `
  SELECT score.execution, score.sample, series.metric, series.level, series.rank, series.unit, series.direction,
    score.value, score.reason
  FROM hub_score AS score JOIN series ON series.key = score.series_key
  WHERE score.run_key = ? ORDER BY score.execution, score.ordinal`

/** The machine of a run, as people know it. */
export const machineOfRun = (
  statements: Statements,
  run: { readonly origin: 'hub' | 'own'; readonly hub: string | null; readonly runId: string },
  of: SiteDictionaries,
): string | null => {
  const { origin, hub, runId } = run
  if (origin === 'own') {
    const row = statements<{ json: string }>(OWN_MACHINE).get({ runId })
    return row === undefined ? null : machineOf(row.json).machine
  }
  const row = statements<{ key: number }>(HUB_MACHINE).get({ hub, runId })
  return row === undefined ? null : of.machine(row.key).machine
}

const OWN_MACHINE = `
  SELECT environment.json FROM run JOIN environment ON environment.key = run.environment_key WHERE run.id = @runId`
const HUB_MACHINE = `
  SELECT run.environment_key AS key FROM hub JOIN hub_run AS run ON run.hub_key = hub.key AND run.id = @runId
  WHERE hub.url = @hub`
