import type { SharedRunReads } from '../../app/compare/shared-ports.ts'
import { createBlockReader } from '../hub/document-blocks.ts'
import { findHub } from '../hub/hub-rows.ts'
import { TRUSTS } from '../hub/run-rows.ts'
import type { Connection } from '../open.ts'
import { guardedBy } from '../sqlite-problem.ts'
import { prepareOnce } from '../statements.ts'

interface DocumentRow {
  readonly block: number
  readonly offset: number
  readonly length: number
}

const OWNER = TRUSTS.indexOf('owner')

/** Reads shared runs for comparisons; loads nothing that writes. */
export const createSharedRunReads = (db: Connection): SharedRunReads => {
  const statements = prepareOnce(db)
  const guarded = guardedBy(db.name)
  return {
    projects: guarded((hub) => {
      const row = findHub(statements, hub)
      if (!row) return null
      return statements<{ name: string }>(`
        SELECT project.name FROM hub_project AS project
        WHERE project.hub_key = ? AND EXISTS (
          SELECT 1 FROM hub_run AS run WHERE run.project_key = project.key AND run.anonymised = 0 AND run.places <> 0)
        ORDER BY project.name`)
        .all(row.key)
        .map(({ name }) => name)
    }),
    newest: function* (hub, project, benchmarkType) {
      const read = createBlockReader(statements)
      const rows = guarded(() =>
        statements<DocumentRow>(`
          SELECT run.block_key AS block, run.block_offset AS offset, run.block_length AS length
          FROM hub JOIN hub_project AS project ON project.hub_key = hub.key
            JOIN hub_run AS run ON run.project_key = project.key
            JOIN hub_task AS task ON task.key = run.task_key
          WHERE hub.url = @hub AND project.name = @project AND task.benchmark_type = @benchmarkType
            AND run.trust = @trust AND run.places <> 0 AND run.missing = 0 AND run.anonymised = 0
            AND run.state IN ('completed', 'incomplete', 'imported')
          ORDER BY run.started_at DESC, run.id DESC`).all({ hub, project, benchmarkType, trust: OWNER }),
      )()
      for (const row of rows) {
        const line = guarded(read)(row)
        if (line !== null) yield line
      }
    },
  }
}
