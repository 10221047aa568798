import { createHash, randomBytes } from 'node:crypto'
import type { AuditEntry, AuditLog } from '../../app/hub/store-ports.ts'
import { canonicalJson } from '../../core/canonical-json.ts'
import type { Connection } from '../open.ts'
import { guardedBy } from '../sqlite-problem.ts'
import type { Statements } from '../statements.ts'
import { reclaim } from './remove-runs.ts'

interface AuditRow {
  readonly seq: number
  readonly at: string
  readonly actor: string
  readonly action: string
  readonly object_hash: string | null
  readonly detail_commit: string
  readonly prev_hash: string
  readonly hash: string
  readonly salt: string | null
  readonly detail: string | null
}

/** What stands in place of a hash before the first entry. */
const NOTHING_BEFORE = '0'.repeat(64)
const SALT_BYTES = 16

const ROWS = `
  SELECT entry.seq, entry.at, entry.actor, entry.action, entry.object_hash, entry.detail_commit, entry.prev_hash,
    entry.hash, detail.salt, detail.detail
  FROM audit AS entry LEFT JOIN audit_detail AS detail ON detail.seq = entry.seq`

/**
 * Append-only log, each entry bound to the one before by `hash = sha256(prev_hash ‖ canonical entry)`. Details stand
 * beside, bound by a salted hash, so that they can be erased. The chain shows what was changed, taken out or put in
 * between; that its end was cut off shows only against a newest hash noted elsewhere. Whoever can write the file can
 * make a new chain.
 *
 * @param actor pseudonym of who acts: a key id, or `local`
 */
export const createAuditLog = (db: Connection, statements: Statements, actor = 'local'): AuditLog => {
  const guarded = guardedBy(db.name)
  const newest = (): { seq: number; hash: string } | undefined =>
    statements<{ seq: number; hash: string }>('SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1').get()

  const append: AuditLog['append'] = ({ at, action, objectHash, detail }) => {
    const last = newest()
    const salt = randomBytes(SALT_BYTES).toString('hex')
    const text = canonicalJson(detail)
    const entry = {
      seq: (last?.seq ?? 0) + 1,
      at,
      actor,
      action,
      object_hash: objectHash,
      detail_commit: sha256(salt, text),
      prev_hash: last?.hash ?? NOTHING_BEFORE,
    }
    const hash = hashOf(entry)
    statements(`
      INSERT INTO audit (seq, at, actor, action, object_hash, detail_commit, prev_hash, hash)
      VALUES (@seq, @at, @actor, @action, @object_hash, @detail_commit, @prev_hash, @hash)`).run({ ...entry, hash })
    statements('INSERT INTO audit_detail (seq, salt, detail) VALUES (?, ?, ?)').run(entry.seq, salt, text)
    return { seq: entry.seq, at, actor, action, objectHash, detail, hash }
  }

  return {
    append: guarded((entry) => db.transaction(append).immediate(entry)),
    list: guarded(({ limit, action } = {}) =>
      statements<AuditRow>(`
        ${ROWS} WHERE @action IS NULL OR entry.action = @action ORDER BY entry.seq DESC LIMIT @limit`)
        .all({ action: action ?? null, limit: limit ?? -1 })
        .map(toEntry),
    ),
    newest: guarded(() => newest()?.hash ?? null),
    verify: guarded(() => verifyChain(statements)),
    eraseDetails: guarded((objectHash) => {
      const { changes } = statements(
        'DELETE FROM audit_detail WHERE seq IN (SELECT seq FROM audit WHERE object_hash = ?)',
      ).run(objectHash)
      if (changes > 0) reclaim(db)
      return changes
    }),
  }
}

const verifyChain = (statements: Statements): ReturnType<AuditLog['verify']> => {
  const problems: { seq: number; problem: string }[] = []
  const found = (seq: number, problem: string): void => void problems.push({ seq, problem })
  let entries = 0
  let expected = 1
  let before = NOTHING_BEFORE
  for (const row of statements<AuditRow>(`${ROWS} ORDER BY entry.seq`).iterate()) {
    entries += 1
    if (row.seq > expected)
      found(
        expected,
        expected === row.seq - 1 ? 'The entry is missing.' : `The entries up to ${row.seq - 1} are missing.`,
      )
    if (row.seq < expected) found(row.seq, 'It stands before the first entry.')
    if (hashOf(row) !== row.hash) found(row.seq, 'The entry is not what it was when it was written.')
    else if (row.prev_hash !== before && row.seq === expected)
      found(row.seq, 'It does not follow from the entry before.')
    if (row.salt !== null && row.detail !== null && sha256(row.salt, row.detail) !== row.detail_commit)
      found(row.seq, 'The detail of the entry is not what it was when it was written.')
    before = row.hash
    expected = Math.max(expected, row.seq + 1)
  }
  const strays = statements<{ seq: number }>(
    'SELECT seq FROM audit_detail WHERE seq NOT IN (SELECT seq FROM audit) ORDER BY seq',
  ).all()
  // Usually the end was cut off without its details; the missing entries before the end were told above.
  for (const { seq } of strays) if (seq >= expected) found(seq, 'There is a detail, but the entry is missing.')
  return { entries, problems }
}

const hashOf = (row: Omit<AuditRow, 'hash' | 'salt' | 'detail'>): string => {
  const { seq, at, actor, action, object_hash, detail_commit } = row
  return sha256(row.prev_hash, canonicalJson({ seq, at, actor, action, object_hash, detail_commit }))
}

const sha256 = (...texts: readonly string[]): string => {
  const hash = createHash('sha256')
  for (const text of texts) hash.update(text)
  return hash.digest('hex')
}

const toEntry = (row: AuditRow): AuditEntry => ({
  seq: row.seq,
  at: row.at,
  actor: row.actor,
  action: row.action as AuditEntry['action'],
  objectHash: row.object_hash,
  detail: row.detail === null ? null : (JSON.parse(row.detail) as Readonly<Record<string, unknown>>),
  hash: row.hash,
})
