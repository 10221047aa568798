import { classifyPath, runPath, segmentPath } from '../../core/hub/layout.ts'
import type { Statements } from '../statements.ts'

/** Where a run is in a tree, as a set: a compaction and its half are both possible while a sync goes on. */
const IN_FILE = 1
const IN_SEGMENT = 2

/** A path of the warehouse as the month it belongs to; null for a path that holds no runs. */
export interface RunPlace {
  readonly project: string
  readonly month: string
  readonly place: typeof IN_FILE | typeof IN_SEGMENT
  /** Null: every run of the segment. */
  readonly runId: string | null
}

export const placeOf = (path: string): RunPlace | null => {
  const found = classifyPath(path)
  if (found?.kind === 'run') return { project: found.project, month: found.month, place: IN_FILE, runId: found.runId }
  if (found?.kind === 'segment') return { project: found.project, month: found.month, place: IN_SEGMENT, runId: null }
  return null
}

/** Path of a run that is at these places; of one in both, or in none, that of its own file. */
export const pathOf = (project: string, month: string, runId: string, places: number): string =>
  places === IN_SEGMENT ? segmentPath(project, month) : runPath(project, month, runId)

/** Notes where runs stood before the sync under way touched them; a place noted before stays. */
export const REMEMBER_PLACE = `
  INSERT INTO hub_moved (run_key, hub_key, folder_key, places)
  SELECT key, hub_key, folder_key, places FROM hub_run WHERE`

/** Takes a path that is gone from the tree off the runs that were there. */
export const leavePath = (statements: Statements, hub: number, sync: number, path: string): void => {
  statements('DELETE FROM hub_quarantine WHERE hub_key = ? AND path = ?').run(hub, path)
  const left = placeOf(path)
  if (left === null) return
  const folder = statements<{ key: number }>(`
    SELECT folder.key FROM hub_folder AS folder JOIN hub_project AS project ON project.key = folder.project_key
    WHERE project.hub_key = ? AND project.name = ? AND folder.month = ?`).get(hub, left.project, left.month)
  if (!folder) return
  const which = `folder_key = @folder AND places & @place <> 0 ${left.runId === null ? '' : 'AND id = @runId'}`
  const values = { folder: folder.key, place: left.place, ...(left.runId === null ? {} : { runId: left.runId }) }
  // What this sync itself brought needs no way back.
  statements(`${REMEMBER_PLACE} ${which} AND added_in <> @sync ON CONFLICT DO NOTHING`).run({ ...values, sync })
  statements(`UPDATE hub_run SET places = places & ~@place WHERE ${which}`).run(values)
}
