import type { CandidateRun, HubField, RankingReads } from '../../app/hub/rank-ports.ts'
import type { Trust } from '../../app/hub/store-ports.ts'
import { TRUSTS } from '../hub/run-rows.ts'
import type { Connection } from '../open.ts'
import { guardedBy } from '../sqlite-problem.ts'
import { prepareOnce, type Statements } from '../statements.ts'
import { candidateDatabases } from './candidate-databases.ts'
import { type HubCandidateRow, toHubCandidate } from './candidate-rows.ts'
import { readObservations, readSeries } from './observation-rows.ts'
import { ownCandidates } from './own-candidates.ts'

/** Reads of rankings over one connection. */
export const createRankingReads = (db: Connection): RankingReads => {
  const statements = prepareOnce(db)
  const guarded = guardedBy(db.name)
  return {
    fields: guarded(({ hub, benchmarkType, trusts }) => readFields(statements, hub, benchmarkType, trusts)),
    newest: guarded(({ hub, fields, trusts }) => {
      const rows = statements<HubCandidateRow>(NEWEST).all({
        hub,
        fields: JSON.stringify(fields),
        trusts: trustNumbers(trusts),
      })
      return newestOf(
        rows.map(toHubCandidate),
        ({ trust, project, variantKey, dataset }) =>
          JSON.stringify([project, variantKey, dataset]) + (trust === 'owner' ? '' : ' '),
      )
    }),
    anonymous: guarded(({ hub, fields }) => {
      const rows = statements<HubCandidateRow>(ANONYMOUS).all({ hub, fields: JSON.stringify(fields) })
      return newestOf(rows.map(toHubCandidate), ({ contributor, month, variantKey, dataset }) =>
        JSON.stringify([contributor, month, variantKey, dataset]),
      )
    }),
    own: guarded(({ benchmarkType }) => ownCandidates(statements, { benchmarkType })),
    ofRun: guarded((runId) => ownCandidates(statements, { runId })),
    databases: guarded((runs) => candidateDatabases(statements, runs)),
    series: guarded((runs) => readSeries(statements, runs)),
    observations: guarded((runs, series, datasetOf) =>
      db.transaction(() => readObservations(statements, runs, series, datasetOf))(),
    ),
    sharedAs: guarded(
      (hub) =>
        new Set(
          statements<{ run_id: string }>('SELECT run_id FROM outbox WHERE hub = ?')
            .all(hub)
            .map((row) => row.run_id),
        ),
    ),
  }
}

const trustNumbers = (trusts: readonly Trust[]): string => JSON.stringify(trusts.map((trust) => TRUSTS.indexOf(trust)))

/** Of runs of one kind the newest; of equally new ones the one with the larger id, so that every machine takes the same. */
const newestOf = (runs: readonly CandidateRun[], kindOf: (run: CandidateRun) => string): readonly CandidateRun[] => {
  const newest = new Map<string, CandidateRun>()
  for (const run of runs) {
    const kind = kindOf(run)
    const known = newest.get(kind)
    if (!known || run.startedAt > known.startedAt || (run.startedAt === known.startedAt && run.runId > known.runId))
      newest.set(kind, run)
  }
  return [...newest.values()]
}

const readFields = (
  statements: Statements,
  hub: string,
  benchmarkType: string,
  trusts: readonly Trust[],
): readonly HubField[] =>
  statements<{
    key: number
    dataset: string | null
    dataset_version: string | null
    labels: string | null
    places: number
    projects: number
  }>(FIELDS)
    .all({ hub, type: benchmarkType, trusts: trustNumbers(trusts) })
    .map(({ key, dataset, dataset_version: version, labels, places, projects }) => ({
      key,
      dataset: dataset === null ? null : { id: dataset, version: version ?? '', labels },
      places,
      projects,
    }))

// Only the index is read: a place is a project with a variant.
const FIELDS = `
  SELECT task.key, task.dataset, task.dataset_version, task.labels, count(*) AS places,
    count(DISTINCT place.project_key) AS projects
  FROM hub_task AS task
    CROSS JOIN (
      SELECT DISTINCT task_key, variant_key, project_key FROM hub_run_variant INDEXED BY hub_run_variant_newest
      WHERE task_key IN (SELECT key FROM hub_task WHERE benchmark_type = @type)
        AND trust IN (SELECT value FROM json_each(@trusts))
    ) AS place ON place.task_key = task.key
    JOIN hub_project AS project ON project.key = place.project_key
    JOIN hub ON hub.key = project.hub_key
  WHERE task.benchmark_type = @type AND hub.url = @hub
  GROUP BY task.key`

const CANDIDATE = `
  run.key AS run_key, part.variant_key, run.id, run.trust, run.started_at, run.finished_at, project.name AS project,
  variant.pipeline, variant.version, variant.params, task.dataset, task.dataset_version, task.labels,
  comparability.json AS comparability, signer.key_id, folder.month, hex(run.content_sha256) AS content`

const JOINS = `
  CROSS JOIN hub_run AS run ON run.key = part.run_key
  CROSS JOIN hub_project AS project ON project.key = part.project_key
  CROSS JOIN hub ON hub.key = project.hub_key
  CROSS JOIN variant ON variant.key = part.variant_key
  CROSS JOIN hub_task AS task ON task.key = part.task_key
  CROSS JOIN hub_comparability AS comparability ON comparability.key = run.comparability_key
  CROSS JOIN hub_signer AS signer ON signer.key = run.signer_key
  CROSS JOIN hub_folder AS folder ON folder.key = run.folder_key`

// A second look finds all that are equally new: which of them counts must not depend on the order of rows.
const NEWEST = `
  WITH newest AS MATERIALIZED (
    SELECT task_key, variant_key, project_key, trust = 0 AS owned, max(started_at) AS started_at
    FROM hub_run_variant INDEXED BY hub_run_variant_newest
    WHERE task_key IN (SELECT value FROM json_each(@fields)) AND trust IN (SELECT value FROM json_each(@trusts))
    GROUP BY task_key, variant_key, project_key, trust = 0
  )
  SELECT ${CANDIDATE}
  FROM newest
    CROSS JOIN hub_run_variant AS part INDEXED BY hub_run_variant_newest
      ON part.task_key = newest.task_key AND part.variant_key = newest.variant_key
        AND part.project_key = newest.project_key AND part.started_at = newest.started_at
        AND (part.trust = 0) = newest.owned AND part.trust IN (SELECT value FROM json_each(@trusts))
    ${JOINS}
  WHERE hub.url = @hub AND run.places <> 0`

const ANONYMOUS = `
  SELECT ${CANDIDATE}
  FROM hub_run_variant AS part INDEXED BY hub_run_variant_newest
    ${JOINS}
  WHERE part.task_key IN (SELECT value FROM json_each(@fields)) AND part.trust = 3 AND hub.url = @hub
    AND run.places <> 0`
