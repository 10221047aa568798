import { type LeaseStore, type RunStore } from '../app/ports.ts'
import { Problem } from '../core/problem.ts'
import { fromPlanDocument } from '../documents/plan-document.ts'
import { createEarlierExecutions } from './earlier-executions.ts'
import { createLeaseStore } from './lease-store.ts'
import { type Connection } from './open.ts'
import { createRunReader } from './run-reader.ts'
import { createResolve } from './run-reference.ts'
import { createRunWriter } from './run-writer.ts'
import { withStoreProblems } from './sqlite-problem.ts'
import { prepareOnce } from './statements.ts'

/** Keeps runs in an open database; closing the store closes the database. */
export const createRunStore = (db: Connection): RunStore => {
  const statements = prepareOnce(db)
  const reader = createRunReader(statements)
  const writer = createRunWriter(db, statements)
  const lease = createLeaseStore(db, statements)
  const earlier = createEarlierExecutions(statements)
  const resolve = createResolve(statements)
  const guarded = <Values extends unknown[], Result>(act: (...values: Values) => Result) => {
    return (...values: Values): Result => withStoreProblems(db.name, () => act(...values))
  }
  const found = <T>(runId: string, what: T | null): T => {
    if (what === null)
      throw new Problem('E_NOT_FOUND', `There is no run ${runId}.`, { hints: ['See `benchmark list`.'] })
    return what
  }

  return {
    createRun: guarded(writer.createRun),
    transition: guarded(writer.transition),
    setRunState: guarded(writer.setRunState),
    saveSummary: guarded(writer.saveSummary),
    insertFinished: guarded(writer.insertFinished),
    removeRun: guarded(writer.removeRun),
    resolve: guarded(resolve),
    has: guarded((runId) => statements('SELECT 1 FROM run WHERE id = ?').get(runId) !== undefined),
    headers: guarded((filter = {}) => reader.headers(filter)),
    count: guarded((filter = {}) => reader.count(filter)),
    header: guarded((runId) => found(runId, reader.header(runId))),
    // One transaction, so that a runner's commit between two of the queries cannot mix two moments.
    run: guarded((runId) => found(runId, db.transaction(() => reader.run(runId))())),
    executions: guarded((runId) => db.transaction(() => reader.executions(runId))()),
    handles: guarded(reader.handles),
    plan: guarded((runId) => {
      const sql = 'SELECT plan.json FROM plan JOIN run ON run.key = plan.run_key WHERE run.id = ?'
      const row = statements<{ json: string }>(sql).get(runId)
      if (!row) throw new Problem('E_NOT_FOUND', `Run ${runId} has no stored plan.`)
      return fromPlanDocument(JSON.parse(row.json) as Parameters<typeof fromPlanDocument>[0])
    }),
    reusable: guarded(earlier.reusable),
    durations: guarded(earlier.durations),
    lease: guardedLease(lease, db.name),
    close: () => {
      db.close()
    },
  }
}

const guardedLease = (lease: LeaseStore, file: string): LeaseStore => ({
  acquire: (runId, me, isAlive) => withStoreProblems(file, () => lease.acquire(runId, me, isAlive)),
  release: (runId, me) => withStoreProblems(file, () => lease.release(runId, me)),
  holder: () => withStoreProblems(file, () => lease.holder()),
  requestCancel: (runId) => withStoreProblems(file, () => lease.requestCancel(runId)),
  cancelRequested: (runId) => withStoreProblems(file, () => lease.cancelRequested(runId)),
})
