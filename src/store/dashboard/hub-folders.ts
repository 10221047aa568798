import { createHash } from 'node:crypto'
import type { HubFacts, RunFolder } from '../../app/hub/dashboard-ports.ts'
import { byTime, type SiteRun, type SiteValue } from '../../core/dashboard/site-run.ts'
import { findHub } from '../hub/hub-rows.ts'
import { TRUSTS } from '../hub/run-rows.ts'
import type { Statements } from '../statements.ts'
import { settingText, type SiteDictionaries } from './site-dictionaries.ts'

const ANONYMOUS = TRUSTS.indexOf('anonymous')

export const hubFacts = (statements: Statements, url: string): HubFacts | null => {
  const hub = findHub(statements, url)
  if (!hub) return null
  const count = (sql: string): number => statements<{ n: number }>(sql).get(hub.key)?.n ?? 0
  return {
    url,
    head: hub.head,
    syncedAt: hub.synced_at,
    anonymousRuns: count(
      `SELECT count(*) AS n FROM hub_run WHERE hub_key = ? AND trust = ${String(ANONYMOUS)} AND places <> 0`,
    ),
    quarantined: count('SELECT count(*) AS n FROM hub_quarantine WHERE hub_key = ?'),
  }
}

type FolderRow = [
  folder: number,
  project: string,
  month: string,
  runs: number,
  rows: number,
  textBytes: number,
  contents: string,
]

/** Folders of a hub, each with a digest of the runs in it: ids, contents and whether they can be believed. */
export const hubFolders = (statements: Statements, url: string, withOwn: boolean): readonly RunFolder[] =>
  statements<FolderRow>(FOLDERS)
    .raw()
    .all({ url, own: Number(withOwn) })
    .map(([key, project, month, runs, rows, textBytes, contents]) => ({
      ...{ origin: 'hub' as const, project, month, key: String(key), runs, rows, textBytes },
      digest: createHash('sha256').update(contents).digest('hex').slice(0, 32),
    }))

type RunRow = [
  key: number,
  id: string,
  started: string,
  finished: string | null,
  state: string,
  task: number,
  label: string | null,
  branch: string | null,
  commit: string | null,
  tags: string | null,
  trust: number,
  environment: number,
  comparability: number,
  samples: number,
]
type SummaryRow = [
  run: number,
  variant: number,
  series: number,
  value: number | null,
  reason: SiteValue['reason'],
  n: number,
  expected: number,
  low: number | null,
  high: number | null,
]

/** Runs of one folder. A run without any summary still is a row for each of its pipelines. */
export const hubRuns = (
  statements: Statements,
  scope: { readonly url: string; readonly withOwn: boolean },
  folder: RunFolder,
  of: SiteDictionaries,
): readonly SiteRun[] => {
  const values = { url: scope.url, own: Number(scope.withOwn), folder: Number(folder.key) }
  const summaries = new Map<number, Map<number, SiteValue[]>>()
  for (const [run, variant, series, value, reason, n, nExpected, low, high] of statements<SummaryRow>(SUMMARIES)
    .raw()
    .iterate(values)) {
    const parts = summaries.get(run) ?? new Map<number, SiteValue[]>()
    summaries.set(run, parts)
    const list = parts.get(variant) ?? []
    parts.set(variant, list)
    if (value !== null || reason !== null)
      list.push({ series: of.series(series), value, reason, n, nExpected, low, high })
  }
  const databases = new Map<number, Map<number, number | null>>()
  for (const [run, variant, read] of statements<[number, number, number | null]>(VARIANTS).raw().iterate(values)) {
    // Where a variant read several versions of a database nobody knows which execution read which.
    const ofRun = databases.get(run) ?? new Map<number, number | null>()
    databases.set(run, ofRun.set(variant, ofRun.has(variant) && ofRun.get(variant) !== read ? null : read))
    const parts = summaries.get(run) ?? new Map<number, SiteValue[]>()
    summaries.set(run, parts)
    if (!parts.has(variant)) parts.set(variant, [])
  }
  const runs: SiteRun[] = []
  for (const row of statements<RunRow>(RUNS).raw().iterate(values)) {
    const [key, runId, startedAt, finishedAt, state, task, label, branch, commit, tags] = row
    const [, , , , , , , , , , trust, environment, comparability, samples] = row
    const base = {
      ...{ origin: 'hub' as const, runId, project: folder.project, startedAt, finishedAt, state },
      ...of.task(task),
      ...{ label, branch, commit, tags: tags === null ? [] : (JSON.parse(tags) as string[]) },
      trust: TRUSTS[trust] ?? 'unknown-owner',
      ...of.machine(environment),
      setting: settingText(of.comparability(comparability), of.samples(samples)),
      comparability: of.comparability(comparability),
    }
    for (const [variant, list] of summaries.get(key) ?? []) {
      const read = of.databases(databases.get(key)?.get(variant) ?? null)
      runs.push({ ...base, ...of.variant(variant), databases: read, values: list })
    }
  }
  return runs.sort(byTime)
}

// Own runs stand in the site themselves: the copies that were shared of them would count twice.
const STANDS = `run.places <> 0 AND run.trust <> ${String(ANONYMOUS)}
  AND NOT EXISTS (SELECT 1 FROM outbox JOIN run AS own ON own.id = outbox.local_run_id
    WHERE outbox.hub = @url AND outbox.run_id = run.id AND @own = 1)`

// One text for each folder: a row for each run takes three times as long to cross over.
const FOLDERS = `
  SELECT folder.key, project.name, folder.month, count(*),
    sum((SELECT count(DISTINCT part.variant_key) FROM hub_run_variant AS part WHERE part.run_key = run.key)),
    sum(octet_length(coalesce(run.label, '')) + octet_length(coalesce(run.branch, '')) + octet_length(coalesce(run.tags, ''))),
    group_concat(run.id || ' ' || run.trust || ' ' || hex(run.content_sha256), ' ' ORDER BY run.id)
  FROM hub JOIN hub_project AS project ON project.hub_key = hub.key
    JOIN hub_folder AS folder ON folder.project_key = project.key
    JOIN hub_run AS run ON run.folder_key = folder.key
  WHERE hub.url = @url AND ${STANDS}
  GROUP BY folder.key ORDER BY project.name, folder.month`

const RUNS = `
  SELECT run.key, run.id, run.started_at, run.finished_at, run.state, run.task_key, run.label, run.branch, run.git_commit,
    run.tags, run.trust, run.environment_key, run.comparability_key, run.samples_key
  FROM hub_run AS run WHERE run.folder_key = @folder AND ${STANDS} ORDER BY run.id`

// A metric that is also counted over all samples together (micro) has its mean over samples besides, which stands for it.
const SUMMARIES = `
  SELECT run.key, summary.variant_key, summary.series_key, summary.value, summary.reason, summary.n, summary.n_expected,
    summary.low, summary.high
  FROM hub_run AS run CROSS JOIN hub_summary AS summary ON summary.run_key = run.key
  WHERE run.folder_key = @folder AND ${STANDS} AND summary.aggregation <> 'micro' ORDER BY run.key, summary.ordinal`

const VARIANTS = `
  SELECT run.key, part.variant_key, part.databases_key
  FROM hub_run AS run CROSS JOIN hub_run_variant AS part ON part.run_key = run.key
  WHERE run.folder_key = @folder AND ${STANDS} ORDER BY run.key, part.number`
