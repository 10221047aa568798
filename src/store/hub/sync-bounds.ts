import type { HubIndex, Quarantined } from '../../app/hub/store-ports.ts'
import { type HubRow, findHub, hubKey, knownHub } from './hub-rows.ts'
import { pathOf } from './places.ts'
import { removeRuns } from './remove-runs.ts'
import type { Statements } from '../statements.ts'

type Target = Parameters<HubIndex['begin']>[1]

/** Notes the target of a sync; what a sync with another target left half done is undone first. */
export const beginSync = (
  statements: Statements,
  url: string,
  target: Target,
  epoch: number,
  afresh: boolean,
): void => {
  const hub = findHub(statements, url)
  if (hub?.target_head === target.head && hub.target_tree === target.tree) return
  if (hub && hub.target_head !== null) undo(statements, hub)
  const key = hubKey(statements, url, epoch)
  statements(`
    UPDATE hub SET target_head = ?, target_tree = ?, target_cursor = '', epoch = ?, sync = sync + 1, state = 'ok'
    WHERE key = ?`).run(target.head, target.tree, epoch, key)
  if (afresh) forgetPlaces(statements, key)
}

// What the abandoned sync added must be met again to be kept; what it moved or took away is back where it was.
const undo = (statements: Statements, { key, sync }: HubRow): void => {
  statements('UPDATE hub_run SET places = 0, missing = 2 WHERE hub_key = ? AND added_in = ?').run(key, sync)
  statements(`
    UPDATE hub_run SET folder_key = before.folder_key, places = before.places, missing = before.places = 0
    FROM hub_moved AS before WHERE before.run_key = hub_run.key AND before.hub_key = ?`).run(key)
  statements('DELETE FROM hub_quarantine WHERE hub_key = ? AND sync = ?').run(key, sync)
  statements(`
    DELETE FROM hub_registry
    WHERE hub_key = @key AND path IN (SELECT path FROM hub_registry_before WHERE hub_key = @key)`).run({ key })
  statements(`
    INSERT INTO hub_registry (hub_key, path, bytes)
    SELECT hub_key, path, bytes FROM hub_registry_before WHERE hub_key = ? AND bytes IS NOT NULL`).run(key)
  forgetWayBack(statements, key)
}

// The whole tree is about to be read: runs and aggregates that are not met are not there. What is registered stays until
// something that counts takes its place: without it, whoever swapped it in the tree would be believed at first sight.
const forgetPlaces = (statements: Statements, key: number): void => {
  statements(`
    INSERT INTO hub_moved (run_key, hub_key, folder_key, places)
    SELECT key, hub_key, folder_key, places FROM hub_run WHERE hub_key = ? AND places <> 0 ON CONFLICT DO NOTHING`).run(
    key,
  )
  statements('UPDATE hub_run SET places = 0 WHERE hub_key = ?').run(key)
  statements('DELETE FROM hub_quarantine WHERE hub_key = ?').run(key)
  statements(`
    INSERT INTO hub_registry_before (hub_key, path, bytes)
    SELECT hub_key, path, bytes FROM hub_registry WHERE hub_key = ? AND path LIKE 'warehouse/%' ON CONFLICT DO NOTHING`).run(
    key,
  )
  statements("DELETE FROM hub_registry WHERE hub_key = ? AND path LIKE 'warehouse/%'").run(key)
}

const forgetWayBack = (statements: Statements, key: number): void => {
  statements('DELETE FROM hub_moved WHERE hub_key = ?').run(key)
  statements('DELETE FROM hub_registry_before WHERE hub_key = ?').run(key)
}

interface GoneRow {
  readonly key: number
  readonly runId: string
  readonly project: string
  readonly month: string
  readonly missing: number
  readonly before: number | null
}

const goneRows = (statements: Statements, hubKeyNumber: number): readonly GoneRow[] =>
  statements<GoneRow>(`
    SELECT run.key, run.id AS runId, project.name AS project, folder.month, run.missing, moved.places AS before
    FROM hub_run AS run JOIN hub_folder AS folder ON folder.key = run.folder_key
      JOIN hub_project AS project ON project.key = folder.project_key
      LEFT JOIN hub_moved AS moved ON moved.run_key = run.key
    WHERE run.hub_key = ? AND run.places = 0 ORDER BY project.name, folder.month, run.id`).all(hubKeyNumber)

/** Runs the sync under way has met nowhere. */
export const goneRuns = (statements: Statements, url: string): ReturnType<HubIndex['gone']> => {
  const hub = findHub(statements, url)
  return hub ? goneRows(statements, hub.key).map(({ runId, project, month }) => ({ runId, project, month })) : []
}

/** Ends the sync under way. */
export const finishSync = (
  statements: Statements,
  url: string,
  at: string,
  expected: Parameters<HubIndex['finish']>[2],
): ReturnType<HubIndex['finish']> => {
  const hub = knownHub(statements, url)
  if (hub.target_head === null) return { removed: 0, missing: [] }
  const gone = goneRows(statements, hub.key)
  const drop: number[] = []
  const missing: Quarantined[] = []
  for (const { key, runId, project, month, missing: known, before } of gone) {
    if (known === 2 || expected({ runId, project, month })) drop.push(key)
    else if (known === 0) {
      statements('UPDATE hub_run SET missing = 1 WHERE key = ?').run(key)
      const path = pathOf(project, month, runId, before ?? 0)
      missing.push({ path, runId, reason: 'It is gone from the hub, and nothing there says why; it is kept here.' })
    }
  }
  removeRuns(statements, drop)
  forgetWayBack(statements, hub.key)
  statements(`
    UPDATE hub SET head = target_head, tree = target_tree, target_head = NULL, target_tree = NULL, target_cursor = NULL,
      synced_at = ?, state = 'ok'
    WHERE key = ?`).run(at, hub.key)
  return { removed: drop.length, missing }
}
