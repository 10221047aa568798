import type { RunFolder } from '../../app/hub/dashboard-ports.ts'
import { byTime, type SiteRun, type SiteValue } from '../../core/dashboard/site-run.ts'
import type { Statements } from '../statements.ts'
import { unpackPlan } from '../stored-plan.ts'
import { machineOf, settingText, shortDigest, type SiteDictionaries } from './site-dictionaries.ts'

interface OwnRow {
  readonly key: number
  readonly id: string
  readonly project: string | null
  readonly benchmark_type: string
  readonly state: string
  readonly started_at: string
  readonly finished_at: string | null
  readonly label: string | null
  readonly branch: string | null
  readonly git_commit: string | null
  readonly tags: string
  readonly comparability: string
  readonly environment: string
  readonly samples: string
  readonly variants: string
}

/** Own runs by project and month of their start. */
export const ownFolders = (statements: Statements): readonly RunFolder[] => {
  const folders = new Map<string, { project: string | null; month: string; rows: OwnRow[] }>()
  for (const row of statements<OwnRow>(`${RUNS} ORDER BY run.id`).iterate()) {
    const month = row.started_at.slice(0, 7)
    const key = JSON.stringify([row.project, month])
    const folder = folders.get(key) ?? { project: row.project, month, rows: [] }
    folders.set(key, folder)
    folder.rows.push(row)
  }
  return [...folders].map(([key, { project, month, rows }]) => ({
    ...{ origin: 'own' as const, project, month, key, runs: rows.length },
    rows: rows.reduce((sum, { variants }) => sum + (JSON.parse(variants) as number[]).length, 0),
    textBytes: rows.reduce(
      (sum, { label, branch, tags }) => sum + Buffer.byteLength(`${label ?? ''}${branch ?? ''}${tags}`),
      0,
    ),
    // Keys of rows are this database's own and say nothing about what is shown.
    digest: shortDigest(JSON.stringify(rows.map((row) => ({ ...row, key: null, variants: null })))),
  }))
}

interface SummaryRow {
  readonly run_key: number
  readonly variant_key: number
  readonly series_key: number
  readonly value: number | null
  readonly reason: SiteValue['reason']
  readonly n: number
  readonly n_expected: number
  readonly low: number | null
  readonly high: number | null
}

/** Runs of one such folder. */
export const ownRuns = (statements: Statements, folder: RunFolder, of: SiteDictionaries): readonly SiteRun[] => {
  const runs = statements<OwnRow>(`${RUNS} WHERE run.project IS @project AND substr(run.started_at, 1, 7) = @month`)
    .all({ project: folder.project, month: folder.month })
    .flatMap((row): SiteRun[] => {
      const values = new Map<number, SiteValue[]>((JSON.parse(row.variants) as number[]).map((key) => [key, []]))
      for (const summary of statements<SummaryRow>(SUMMARIES).iterate(row.key)) {
        const list = values.get(summary.variant_key) ?? []
        values.set(summary.variant_key, list)
        const { value, reason, n, n_expected: nExpected, low, high } = summary
        list.push({ series: of.series(summary.series_key), value, reason, n, nExpected, low, high })
      }
      const comparability = JSON.parse(row.comparability) as SiteRun['comparability']
      const base = {
        ...{ origin: 'own' as const, runId: row.id, project: row.project, startedAt: row.started_at },
        ...{ finishedAt: row.finished_at, state: row.state, benchmarkType: row.benchmark_type },
        dataset: datasetOf(statements, row.key),
        ...{ label: row.label, branch: row.branch, commit: row.git_commit, tags: JSON.parse(row.tags) as string[] },
        trust: 'local',
        ...machineOf(row.environment),
        setting: settingText(comparability, shortDigest(row.samples)),
        comparability,
      }
      const read = new Map(
        statements<{ variant: number; databases: number | null }>(DATABASES)
          .all(row.key)
          .map(({ variant, databases }) => [variant, databases]),
      )
      return [...values].map(([variant, list]) => ({
        ...{ ...base, ...of.variant(variant), databases: of.databases(read.get(variant) ?? null), values: list },
      }))
    })
  return runs.sort(byTime)
}

const datasetOf = (statements: Statements, run: number): SiteRun['dataset'] => {
  const row = statements<{ document: Buffer }>('SELECT document FROM plan WHERE run_key = ?').get(run)
  const dataset = row ? unpackPlan(row.document).dataset : null
  return dataset === null ? null : { id: dataset.id, version: dataset.version, labels: dataset.labels }
}

const RUNS = `
  SELECT run.key, run.id, run.project, run.benchmark_type, run.state, run.started_at, run.finished_at, run.label,
    run.branch, run.git_commit, run.tags, run.comparability, environment.json AS environment,
    (SELECT json_group_array(name) FROM
      (SELECT name FROM sample WHERE sample.run_key = run.key AND listed = 1 ORDER BY name)) AS samples,
    (SELECT json_group_array(variant_key) FROM
      (SELECT DISTINCT variant_key FROM execution WHERE execution.run_key = run.key AND warmup = 0)) AS variants,
    (SELECT count(*) FROM summary WHERE summary.run_key = run.key) AS summaries
  FROM run JOIN environment ON environment.key = run.environment_key`

// One that changed within a run is not known.
const DATABASES = `
  SELECT variant_key AS variant, iif(count(DISTINCT databases_key) = 1, max(databases_key), NULL) AS databases
  FROM execution WHERE run_key = ? AND warmup = 0 GROUP BY variant_key`

// As of shared runs: what is counted over all samples together (micro) is a second number of the same series.
const SUMMARIES = `
  SELECT run_key, variant_key, series_key, value, reason, n, n_expected, low, high FROM summary
  WHERE run_key = ? AND aggregation <> 'micro' ORDER BY ordinal`
