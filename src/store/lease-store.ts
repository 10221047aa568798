import type { LeaseStore, RunnerIdentity } from '../app/ports.ts'
import type { Connection } from './open.ts'
import { guardedBy } from './sqlite-problem.ts'
import type { Statements } from './statements.ts'

interface LeaseRow {
  readonly run_id: string
  readonly host: string
  readonly boot_id: string
  readonly pid: number
  readonly start_ticks: string
}

const HOLDER = 'SELECT run_id, host, boot_id, pid, start_ticks FROM lease'

/** One runner for each project. A dead runner's lease is taken over; whether it is dead is the caller's judgement. */
export const createLeaseStore = (db: Connection, statements: Statements): LeaseStore => {
  const acquire = db.transaction(
    (runId: string, me: RunnerIdentity, isAlive: (other: RunnerIdentity) => boolean): RunnerIdentity | null => {
      const held = statements<LeaseRow>(HOLDER).get()
      if (held) {
        const holder = identity(held)
        if (!isSame(holder, me) && isAlive(holder)) return holder
        // Nobody is left to answer a request made to the dead runner of this run.
        if (!isSame(holder, me) && held.run_id === runId)
          statements('UPDATE run SET cancel_requested = 0 WHERE id = ?').run(runId)
      }
      statements(`
        INSERT INTO lease (one, run_id, host, boot_id, pid, start_ticks) VALUES (1, ?, ?, ?, ?, ?)
        ON CONFLICT (one) DO UPDATE SET run_id = excluded.run_id, host = excluded.host, boot_id = excluded.boot_id,
          pid = excluded.pid, start_ticks = excluded.start_ticks`).run(runId, me.host, me.bootId, me.pid, me.startTicks)
      return null
    },
  )
  const guarded = guardedBy(db.name)
  return {
    acquire: guarded((runId, me, isAlive) => acquire.immediate(runId, me, isAlive)),
    release: guarded((runId, me) => {
      statements('DELETE FROM lease WHERE run_id = ? AND host = ? AND boot_id = ? AND pid = ? AND start_ticks = ?').run(
        runId,
        me.host,
        me.bootId,
        me.pid,
        me.startTicks,
      )
    }),
    holder: guarded(() => {
      const held = statements<LeaseRow>(HOLDER).get()
      return held ? { runId: held.run_id, runner: identity(held) } : null
    }),
    requestCancel: guarded((runId) => {
      statements('UPDATE run SET cancel_requested = 1 WHERE id = ?').run(runId)
    }),
    cancelRequested: guarded((runId) => {
      const row = statements<{ asked: number }>('SELECT cancel_requested AS asked FROM run WHERE id = ?').get(runId)
      return row?.asked === 1
    }),
  }
}

const identity = (row: LeaseRow): RunnerIdentity => ({
  host: row.host,
  bootId: row.boot_id,
  pid: row.pid,
  startTicks: row.start_ticks,
})

const isSame = (left: RunnerIdentity, right: RunnerIdentity): boolean =>
  left.host === right.host &&
  left.bootId === right.bootId &&
  left.pid === right.pid &&
  left.startTicks === right.startTicks
