import type { RunStore } from '../app/ports.ts'
import { Problem } from '../core/problem.ts'
import { createBaselines } from './baselines.ts'
import { createEarlierExecutions } from './earlier-executions.ts'
import { createLeaseStore } from './lease-store.ts'
import type { Connection } from './open.ts'
import { createPrunedOutputs } from './pruned-outputs.ts'
import { createRunReader } from './run-reader.ts'
import { createResolve } from './run-reference.ts'
import { guardedBy } from './sqlite-problem.ts'
import { prepareOnce, type Statements } from './statements.ts'
import { unpackPlan } from './stored-plan.ts'

/** Keeps the writing functions of a store away from a database opened for reading. */
const refuse = (): never => {
  throw new Error('This run store was opened for reading.')
}

/** A run store that only answers; for commands that are asked often and must not load what they never use. */
export const createReadingStore = (db: Connection): RunStore => {
  const statements = prepareOnce(db)
  return {
    ...createRunQueries(db, statements),
    createRun: refuse,
    transition: refuse,
    setRunState: refuse,
    saveSummary: refuse,
    insertFinished: refuse,
    removeRun: refuse,
    markPruned: refuse,
  }
}

type Writing =
  'createRun' | 'transition' | 'setRunState' | 'saveSummary' | 'insertFinished' | 'removeRun' | 'markPruned'

/** The questions a run store answers, and the lease; closing it closes the database. */
export const createRunQueries = (db: Connection, statements: Statements): Omit<RunStore, Writing> => {
  const reader = createRunReader(statements)
  const earlier = createEarlierExecutions(statements)
  const outputs = createPrunedOutputs(statements)
  const guarded = guardedBy(db.name)
  const found = <T>(runId: string, what: T | null | undefined, message = `There is no run ${runId}.`): T => {
    if (what === null || what === undefined)
      throw new Problem('E_NOT_FOUND', message, { hints: ['See `benchmark list`.'] })
    return what
  }
  return {
    resolve: guarded(createResolve(statements)),
    has: guarded((runId) => statements('SELECT 1 FROM run WHERE id = ?').get(runId) !== undefined),
    headers: guarded((filter = {}) => reader.headers(filter)),
    count: guarded((filter = {}) => reader.count(filter)),
    header: guarded((runId) => found(runId, reader.header(runId))),
    // One transaction, so that a runner's commit between two of the queries cannot mix two moments.
    run: guarded((runId) => found(runId, db.transaction(() => reader.run(runId))())),
    executions: guarded((runId) => db.transaction(() => reader.executions(runId))()),
    handles: guarded(reader.handles),
    plan: guarded((runId) => {
      const sql = 'SELECT plan.document FROM plan JOIN run ON run.key = plan.run_key WHERE run.id = ?'
      const row = statements<{ document: Buffer }>(sql).get(runId)
      return unpackPlan(found(runId, row, `Run ${runId} has no stored plan.`).document)
    }),
    reusable: guarded(earlier.reusable),
    durations: guarded(earlier.durations),
    imported: guarded(earlier.imported),
    attempts: guarded(outputs.attempts),
    pruned: guarded(outputs.pruned),
    lease: createLeaseStore(db, statements),
    baselines: createBaselines(db, statements),
    close: () => {
      db.close()
    },
  }
}
