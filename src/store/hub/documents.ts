import type { HubIndex } from '../../app/hub/store-ports.ts'
import type { guardedBy } from '../sqlite-problem.ts'
import type { Statements } from '../statements.ts'
import { createBlockReader } from './document-blocks.ts'
import { pathOf } from './places.ts'

interface DocumentRow {
  readonly key: number
  readonly id: string
  readonly places: number
  readonly block: number
  readonly offset: number
  readonly length: number
}

const COLUMNS = 'key, id, places, block_key AS block, block_offset AS offset, block_length AS length'

/**
 * Exact documents of the runs that are in the hub's tree. One month of a project is asked for at a time, so that the
 * database can be used for other things in between.
 */
export const storedDocuments = function* (
  statements: Statements,
  guarded: ReturnType<typeof guardedBy>,
  url: string,
): ReturnType<HubIndex['documents']> & Generator {
  const read = guarded(createBlockReader(statements))
  const folders = guarded(() =>
    statements<{ key: number; project: string; month: string }>(`
      SELECT folder.key, project.name AS project, folder.month
      FROM hub JOIN hub_project AS project ON project.hub_key = hub.key
        JOIN hub_folder AS folder ON folder.project_key = project.key
      WHERE hub.url = ? ORDER BY project.name, folder.month`).all(url),
  )()
  const runsOf = guarded((folder: number) =>
    statements<DocumentRow>(`
      SELECT ${COLUMNS} FROM hub_run WHERE folder_key = ? AND places <> 0 ORDER BY id`).all(folder),
  )
  const lineOf = guarded((row: DocumentRow): Uint8Array | null => {
    const line = read(row)
    if (line !== null) return line
    // Another process took a neighbour out of its block since the month was listed, or this run itself.
    const now = statements<DocumentRow>(`SELECT ${COLUMNS} FROM hub_run WHERE key = ?`).get(row.key)
    return now ? read(now) : null
  })
  for (const { key, project, month } of folders)
    for (const row of runsOf(key)) {
      const line = lineOf(row)
      if (line !== null) yield { path: pathOf(project, month, row.id, row.places), project, month, line }
    }
}
