import type { CandidateRun } from '../../app/hub/rank-ports.ts'
import type { Parameters } from '../../core/pipeline.ts'
import { unpackPlan } from '../stored-plan.ts'
import type { Statements } from '../statements.ts'

interface OwnRow {
  readonly run_key: number
  readonly variant_key: number
  readonly id: string
  readonly project: string | null
  readonly started_at: string
  readonly finished_at: string | null
  readonly comparability: string
  readonly pipeline: string
  readonly version: string | null
  readonly params: string
}

/**
 * The newest finished run of each variant and way of scoring; the truth is a part of that way, so data sets stay apart.
 * Only the plans of those runs are opened: they know the dataset's name.
 */
export const ownCandidates = (
  statements: Statements,
  which: { readonly benchmarkType: string } | { readonly runId: string },
): readonly CandidateRun[] => {
  const datasets = new Map<number, CandidateRun['dataset']>()
  const datasetOf = (run: number): CandidateRun['dataset'] => {
    const known = datasets.get(run)
    if (known !== undefined) return known
    const row = statements<{ document: Buffer }>('SELECT document FROM plan WHERE run_key = ?').get(run)
    const dataset = row ? unpackPlan(row.document).dataset : null
    datasets.set(run, dataset)
    return dataset
  }
  const rows =
    'runId' in which
      ? statements<OwnRow>(OWN('run.id = ?')).all(which.runId)
      : statements<OwnRow>(OWN(`run.benchmark_type = ? AND ${FINISHED}`)).all(which.benchmarkType)
  return rows.map((row) => ({
    origin: 'own',
    runKey: row.run_key,
    variantKey: row.variant_key,
    runId: row.id,
    project: row.project,
    pipeline: row.pipeline,
    version: row.version,
    params: JSON.parse(row.params) as Parameters,
    dataset: datasetOf(row.run_key),
    comparability: JSON.parse(row.comparability) as CandidateRun['comparability'],
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    trust: 'local',
    contributor: `project:${row.project ?? ''}`,
    month: null,
    content: null,
  }))
}

const FINISHED = "run.state IN ('completed', 'incomplete', 'imported')"

// SQLite takes the other columns from the row that has the maximum.
const OWN = (which: string): string => `
  SELECT run.key AS run_key, execution.variant_key, run.id, run.project, run.started_at, run.finished_at,
    run.comparability, variant.pipeline, variant.version, variant.params, max(run.started_at || run.id)
  FROM run
    JOIN execution ON execution.run_key = run.key AND execution.warmup = 0
    JOIN variant ON variant.key = execution.variant_key
  WHERE ${which}
  GROUP BY execution.variant_key, run.project, run.comparability`
