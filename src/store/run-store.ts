import type { RunStore } from '../app/ports.ts'
import type { Connection } from './open.ts'
import { createPrunedOutputs } from './pruned-outputs.ts'
import { createRunQueries } from './run-queries.ts'
import { createRunWriter } from './run-writer.ts'
import { guardedBy } from './sqlite-problem.ts'
import { prepareOnce } from './statements.ts'

/** Keeps runs in an open database; closing the store closes the database. */
export const createRunStore = (db: Connection): RunStore => {
  const statements = prepareOnce(db)
  const writer = createRunWriter(db, statements)
  const { markPruned } = createPrunedOutputs(statements)
  const mark = db.transaction(markPruned)
  const guarded = guardedBy(db.name)
  return {
    ...createRunQueries(db, statements),
    createRun: guarded(writer.createRun),
    transition: guarded(writer.transition),
    setRunState: guarded(writer.setRunState),
    saveSummary: guarded(writer.saveSummary),
    insertFinished: guarded(writer.insertFinished),
    removeRun: guarded(writer.removeRun),
    markPruned: guarded((...outputs) => mark.immediate(...outputs)),
  }
}
