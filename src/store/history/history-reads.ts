import type { EndedRun, HistoryReads } from '../../app/history/history-ports.ts'
import type { Connection } from '../open.ts'
import { guardedBy } from '../sqlite-problem.ts'
import { prepareOnce, type Statements } from '../statements.ts'
import { datasetOfPlan } from '../stored-plan.ts'
import { readMeasured } from './measured-runs.ts'

interface EndedRow {
  readonly key: number
  readonly id: string
  readonly benchmark_type: string
  readonly state: EndedRun['state']
  readonly started_at: string
  readonly finished_at: string | null
  readonly label: string | null
  readonly branch: string | null
  readonly git_commit: string | null
  readonly comparability: string
  readonly primary_metrics: string
  readonly pipelines: string
  readonly machine: string | null
}

/** Reads runs for histories and plans; loads nothing that writes. */
export const createHistoryReads = (db: Connection): HistoryReads => {
  const statements = prepareOnce(db)
  const guarded = guardedBy(db.name)
  const datasetOf = datasetReader(statements)
  return {
    runs: guarded(({ branch, pipeline, benchmarkType, truthSha256, dataset, exceptDataset, upTo, limit }) => {
      const rows = statements<EndedRow>(ENDED).iterate({
        branch: branch ?? null,
        pipeline: pipeline ?? null,
        type: benchmarkType ?? null,
        truth: truthSha256 ?? null,
        upTo: upTo ?? null,
      })
      const found: EndedRun[] = []
      for (const row of rows) {
        if (found.length === (limit ?? Infinity)) break
        const of = datasetOf(row)
        if ((dataset === undefined || of?.id === dataset) && (of === null || of.id !== exceptDataset))
          found.push(toEndedRun(row, of))
      }
      return found
    }),
    // One transaction, so that a runner's commit between two of the queries cannot mix two moments.
    measured: guarded((runs, filter) => db.transaction(() => readMeasured(statements, runs, filter))()),
  }
}

/** Only plans know the name of a dataset; of runs with one truth and one set of samples one plan is opened. */
const datasetReader = (statements: Statements): ((row: EndedRow) => EndedRun['dataset']) => {
  const known = new Map<string, EndedRun['dataset']>()
  return ({ key, comparability }) => {
    const { truth_sha256: truth, samples } = JSON.parse(comparability) as Record<string, string | undefined>
    const place = JSON.stringify([truth ?? key, samples])
    const found = known.get(place)
    if (found !== undefined) return found
    const plan = statements<{ document: Buffer }>('SELECT document FROM plan WHERE run_key = ?').get(key)
    const dataset = plan ? datasetOfPlan(plan.document) : null
    known.set(place, dataset)
    return dataset
  }
}

const toEndedRun = (row: EndedRow, dataset: EndedRun['dataset']): EndedRun => ({
  runId: row.id,
  benchmarkType: row.benchmark_type,
  state: row.state,
  startedAt: row.started_at,
  finishedAt: row.finished_at,
  label: row.label,
  branch: row.branch,
  commit: row.git_commit,
  pipelines: JSON.parse(row.pipelines) as string[],
  comparability: JSON.parse(row.comparability) as EndedRun['comparability'],
  machine: row.machine,
  primaryMetrics: JSON.parse(row.primary_metrics) as EndedRun['primaryMetrics'],
  dataset: dataset && { id: dataset.id, version: dataset.version },
})

const ENDED = `
  SELECT run.key, run.id, run.benchmark_type, run.state, run.started_at, run.finished_at, run.label, run.branch,
    run.git_commit, run.comparability, run.primary_metrics, run.pipelines,
    json_extract(environment.json, '$.machine_fingerprint') AS machine
  FROM run JOIN environment ON environment.key = run.environment_key
  WHERE run.state IN ('completed', 'incomplete', 'imported')
    AND (@branch IS NULL OR run.branch = @branch)
    AND (@type IS NULL OR run.benchmark_type = @type)
    AND (@upTo IS NULL OR (run.started_at, run.id) <= (SELECT started_at, id FROM run WHERE id = @upTo))
    AND (@truth IS NULL OR json_extract(run.comparability, '$.truth_sha256') = @truth)
    AND (@pipeline IS NULL OR EXISTS (SELECT 1 FROM json_each(run.pipelines) WHERE json_each.value = @pipeline))
  ORDER BY run.started_at DESC, run.id DESC`
