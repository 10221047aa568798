import type { Outbox, OutboxEntry, OutboxState } from '../../app/hub/store-ports.ts'
import { Problem } from '../../core/problem.ts'
import type { Connection } from '../open.ts'
import { guardedBy } from '../sqlite-problem.ts'
import type { Statements } from '../statements.ts'
import { relaxing } from './relaxed.ts'

interface OutboxRow extends Omit<OutboxEntry, 'bytes'> {
  readonly bytes: Buffer
}

const COLUMNS = `id, hub, project, local_run_id AS localRunId, run_id AS runId, visibility, month, path, bytes,
  content_sha256 AS contentSha256, state, attempts, next_at AS nextAt, reason, commit_oid AS "commit",
  created_at AS createdAt`

const FORGET = ", bytes = x''"

/** Due: waiting and its time has come, or taken by somebody who did not come back in time. */
const DUE = `hub = @hub AND ((state = 'queued' AND (next_at IS NULL OR next_at <= @now))
  OR (state = 'inflight' AND lease_until <= @now))`

/**
 * Uploads on their way. A claim is known by the entry and the number of its attempt: `settle` and `release` leave alone
 * what somebody else has claimed since, and what was not claimed through this object.
 */
export const createOutbox = (db: Connection, statements: Statements): Outbox => {
  const guarded = guardedBy(db.name)
  const whole = <Values extends unknown[], Result>(
    act: (...values: Values) => Result,
  ): ((...values: Values) => Result) => guarded((...values: Values) => db.transaction(() => act(...values)).immediate())
  // What is queued, claimed and settled is written into the audit log next, and waits for the disk together with that.
  const relax = relaxing(db)
  const claims = new Map<number, { readonly attempt: number; readonly owner: string }>()
  const entry = (id: number): OutboxEntry | undefined =>
    statements<OutboxRow>(`SELECT ${COLUMNS} FROM outbox WHERE id = ?`).get(id)

  /** Ends claims of this object that still stand. */
  const endClaims = (ids: readonly number[], change: string, values: Readonly<Record<string, string | null>>): void => {
    const update = statements(`
      UPDATE outbox SET ${change}, owner = NULL, lease_until = NULL
      WHERE id = @id AND state = 'inflight' AND attempts = @attempt AND owner = @owner`)
    for (const id of ids) {
      const claim = claims.get(id)
      if (claim) update.run({ ...values, ...claim, id })
    }
  }
  // Only once the transaction is through: after a failed one the caller may try again.
  const ending =
    <Rest extends unknown[]>(act: (ids: readonly number[], ...rest: Rest) => void) =>
    (ids: readonly number[], ...rest: Rest): void => {
      relax(whole(act))(ids, ...rest)
      for (const id of ids) claims.delete(id)
    }

  return {
    enqueue: relax(
      whole((wanted) => {
        const same = statements<OutboxRow>(
          `SELECT ${COLUMNS} FROM outbox WHERE hub = @hub AND local_run_id = @localRunId AND visibility = @visibility`,
        ).get(wanted)
        // One that was refused never got there: it is made anew, with the keys and rules of today. An erased one has no bytes.
        if (same?.state === 'rejected' && same.bytes.length > 0)
          statements('DELETE FROM outbox WHERE id = ?').run(same.id)
        else if (same) return { outcome: 'already', entry: same }
        const taken = statements<{ run: string }>(
          'SELECT local_run_id AS run FROM outbox WHERE hub = @hub AND path = @path',
        ).get(wanted)
        if (taken)
          throw new Problem('E_STORE', `Run ${taken.run} is on its way to the same place of the hub: ${wanted.path}.`)
        const { lastInsertRowid } = statements(`
        INSERT INTO outbox (hub, project, local_run_id, run_id, visibility, month, path, content_sha256, state, reason,
          created_at, bytes)
        VALUES (@hub, @project, @localRunId, @runId, @visibility, @month, @path, @contentSha256, @state, @reason,
          @createdAt, @bytes)`).run(wanted)
        const added = entry(Number(lastInsertRowid))
        if (!added) throw new RangeError('an upload that was stored is not there')
        return { outcome: 'queued', entry: added }
      }),
    ),

    claim: (hub, limits, owner, now, leaseUntil) => {
      const claimed = relax(
        whole(() => {
          const due = statements<{ id: number; size: number }>(`
          SELECT id, length(bytes) AS size FROM outbox
          WHERE ${DUE} AND project = (SELECT project FROM outbox WHERE ${DUE} ORDER BY id LIMIT 1)
          ORDER BY id LIMIT @rows`).all({ hub, now, rows: limits.rows })
          const take = statements(`
          UPDATE outbox SET state = 'inflight', attempts = attempts + 1, owner = ?, lease_until = ?, next_at = NULL,
            reason = NULL
          WHERE id = ?`)
          let bytes = 0
          const taken: OutboxEntry[] = []
          for (const { id, size } of due) {
            bytes += size
            // The first goes even when it is larger than a batch should be: it would never go otherwise.
            if (taken.length > 0 && bytes > limits.bytes) break
            take.run(owner, leaseUntil, id)
            const found = entry(id)
            if (found) taken.push(found)
          }
          return taken
        }),
      )()
      for (const { id, attempts } of claimed) claims.set(id, { attempt: attempts, owner })
      return claimed
    },

    settle: ending((ids, state, { commit, reason }) =>
      // What arrived is read from the hub; its bytes would only take room here.
      endClaims(ids, `state = @state, commit_oid = @commit, reason = @reason${state === 'pushed' ? FORGET : ''}`, {
        state,
        commit: commit ?? null,
        reason: reason ?? null,
      }),
    ),
    release: ending((ids, nextAt, reason) =>
      endClaims(ids, "state = 'queued', next_at = @nextAt, reason = @reason", { nextAt, reason }),
    ),
    freeDead: whole((hub, isAlive) => {
      const owners = statements<{ owner: string }>(
        "SELECT DISTINCT owner FROM outbox WHERE hub = ? AND state = 'inflight'",
      ).all(hub)
      const free = statements(`
        UPDATE outbox SET state = 'queued', owner = NULL, lease_until = NULL
        WHERE hub = ? AND state = 'inflight' AND owner = ?`)
      for (const { owner } of owners) if (!isAlive(owner)) free.run(hub, owner)
    }),
    markErased: whole((hub, runIds) => {
      const update = statements(`
        UPDATE outbox SET state = 'rejected', reason = 'it was erased from the hub', owner = NULL, lease_until = NULL${FORGET}
        WHERE hub = ? AND run_id = ?`)
      for (const runId of runIds) update.run(hub, runId)
    }),
    requeue: whole((ids) => {
      const update = statements(`
        UPDATE outbox SET state = 'queued', next_at = NULL, reason = NULL
        WHERE id = ? AND state IN ('held', 'conflict', 'rejected') AND length(bytes) > 0`)
      return ids.reduce((requeued, id) => requeued + update.run(id).changes, 0)
    }),

    list: guarded((filter = {}) => {
      const { hub = null, state = null, localRunId = null } = filter
      return statements<OutboxRow>(`
        SELECT ${COLUMNS} FROM outbox
        WHERE (@hub IS NULL OR hub = @hub) AND (@state IS NULL OR state = @state)
          AND (@localRunId IS NULL OR local_run_id = @localRunId)
        ORDER BY id`).all({ hub, state, localRunId })
    }),
    counts: guarded((hub) => {
      const counts: Record<OutboxState, number> = {
        ...{ queued: 0, inflight: 0, held: 0, pushed: 0, conflict: 0, rejected: 0 },
      }
      const rows = statements<{ state: OutboxState; count: number }>(
        'SELECT state, count(*) AS count FROM outbox WHERE hub = ? GROUP BY state',
      ).all(hub)
      for (const { state, count } of rows) counts[state] = count
      return counts
    }),
  }
}
