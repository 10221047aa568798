import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import type { AuditLog } from '../../../src/app/hub/store-ports.ts'
import { createHubStore } from '../../../src/store/hub/hub-store.ts'
import { type Connection, openDatabase } from '../../../src/store/open.ts'
import { tempDir } from '../../support/harness.ts'

const dir = tempDir('audit log')
const OBJECT = 'b'.repeat(64)
const AT = '2026-11-26T00:00:00.000Z'

let db: Connection
let audit: AuditLog
beforeEach(() => {
  db = openDatabase(join(mkdtempSync(join(dir, 'db-')), 'benchmark.db'))
  audit = createHubStore(db, 'k'.repeat(26)).audit
})

const fill = (count: number): void => {
  for (let number = 1; number <= count; number++)
    audit.append({ at: AT, action: 'push', objectHash: number === 2 ? OBJECT : null, detail: { number, by: 'Ann' } })
}
/** As somebody would who can write the file. */
const meddle = (sql: string): void => {
  db.exec('DROP TRIGGER IF EXISTS audit_is_not_changed; DROP TRIGGER IF EXISTS audit_is_not_deleted')
  db.exec('DROP TRIGGER IF EXISTS audit_goes_on')
  db.exec(sql)
}
const broken = (): number[] => audit.verify().problems.map(({ seq }) => seq)

describe('the log', () => {
  test('numbers and chains its entries, lists the newest first, and is whole', () => {
    expect([audit.newest(), audit.list(), audit.verify()]).toEqual([null, [], { entries: 0, problems: [] }])
    fill(3)
    const entries = audit.list()
    expect(entries.map(({ seq }) => seq)).toEqual([3, 2, 1])
    expect(entries[0]).toMatchObject({
      at: AT,
      actor: 'k'.repeat(26),
      action: 'push',
      detail: { number: 3, by: 'Ann' },
    })
    expect(audit.newest()).toBe(entries[0]?.hash)
    expect(new Set(entries.map(({ hash }) => hash)).size).toBe(3)
    expect(audit.verify()).toEqual({ entries: 3, problems: [] })
    const last = audit.append({ at: AT, action: 'erase', objectHash: null, detail: {} })
    expect(audit.list({ limit: 1 })).toEqual([last])
    expect(audit.list({ action: 'push', limit: 2 }).map(({ seq }) => seq)).toEqual([3, 2])
  })

  test('without another name the actor is local', () => {
    expect(createHubStore(db).audit.append({ at: AT, action: 'sync', objectHash: null, detail: {} }).actor).toBe(
      'local',
    )
  })

  test('cannot be changed, shortened or written into by ordinary SQL', () => {
    fill(2)
    const columns = '(seq, at, actor, action, detail_commit, prev_hash, hash)'
    for (const sql of [
      "UPDATE audit SET actor = 'x'",
      'DELETE FROM audit WHERE seq = 2',
      `INSERT OR REPLACE INTO audit ${columns} VALUES (2, '', '', '', '', '', '')`,
      `INSERT INTO audit ${columns} VALUES (9, '', '', '', '', '', '')`,
    ])
      expect(() => db.exec(sql), sql).toThrow('append-only')
    expect(audit.verify()).toEqual({ entries: 2, problems: [] })
  })

  test('details are erased for good, and the chain still verifies', () => {
    fill(3)
    const newest = audit.newest()
    expect([audit.eraseDetails(OBJECT), audit.eraseDetails(OBJECT)]).toEqual([1, 0])
    expect(audit.list().map(({ detail }) => detail)).toEqual([{ number: 3, by: 'Ann' }, null, { number: 1, by: 'Ann' }])
    expect([audit.verify(), audit.newest()]).toEqual([{ entries: 3, problems: [] }, newest])
    expect(db.serialize().toString('latin1')).not.toContain('"number":2')
  })

  test('odd details come back as they were', () => {
    const detail = JSON.parse('{"__proto__":{"x":1},"ü":"\\u0000","10":1,"9":2}') as Record<string, unknown>
    audit.append({ at: AT, action: 'policy', objectHash: null, detail })
    expect(JSON.stringify(audit.list()[0]?.detail)).toBe(JSON.stringify(detail))
    expect(broken()).toEqual([])
  })
})

describe('meddling is found', () => {
  const columns = ['at', 'actor', 'action', 'object_hash', 'detail_commit', 'prev_hash', 'hash'] as const
  test.each(columns)('a changed %s', (column) => {
    fill(4)
    meddle(`UPDATE audit SET ${column} = 'x' || substr(ifnull(${column}, ''), 2) WHERE seq = 2`)
    expect(broken()).toContain(2)
  })

  test('a changed detail, and a changed salt', () => {
    fill(3)
    meddle(`UPDATE audit_detail SET detail = '{"number":9}' WHERE seq = 1`)
    meddle(`UPDATE audit_detail SET salt = 'x' WHERE seq = 3`)
    expect(broken()).toEqual([1, 3])
  })

  test('every missing entry, at the beginning and in between', () => {
    fill(6)
    meddle('DELETE FROM audit WHERE seq IN (1, 4, 5)')
    expect(audit.verify()).toEqual({
      entries: 3,
      problems: [
        { seq: 1, problem: 'The entry is missing.' },
        { seq: 4, problem: 'The entries up to 5 are missing.' },
      ],
    })
  })

  test('a gap that was closed by numbering anew', () => {
    fill(5)
    meddle('DELETE FROM audit WHERE seq = 3; UPDATE audit SET seq = seq - 1 WHERE seq > 3')
    expect(broken()).toEqual(expect.arrayContaining([3, 4]))
  })

  test('entries that changed places', () => {
    fill(4)
    meddle(
      'UPDATE audit SET seq = 99 WHERE seq = 2; UPDATE audit SET seq = 2 WHERE seq = 3; UPDATE audit SET seq = 3 WHERE seq = 99',
    )
    expect(broken()).toEqual(expect.arrayContaining([2, 3]))
  })

  test('an entry that was made anew with a right hash of its own', () => {
    fill(4)
    // The second entry of another chain: consistent in itself, but it follows from something else.
    const forged = openDatabase(join(mkdtempSync(join(dir, 'db-')), 'benchmark.db'))
    const log = createHubStore(forged).audit
    for (let number = 0; number < 2; number++) log.append({ at: AT, action: 'token', objectHash: null, detail: {} })
    const row = forged.prepare<[], Record<string, string>>('SELECT * FROM audit WHERE seq = 2').get() ?? {}
    meddle('DELETE FROM audit_detail WHERE seq = 2')
    db.prepare(
      `UPDATE audit SET at = @at, actor = @actor, action = @action, object_hash = @object_hash,
         detail_commit = @detail_commit, prev_hash = @prev_hash, hash = @hash WHERE seq = 2`,
    ).run(row)
    expect(audit.verify().problems).toEqual([
      { seq: 2, problem: 'It does not follow from the entry before.' },
      { seq: 3, problem: 'It does not follow from the entry before.' },
    ])
  })

  test('the limit: an end that was cut off shows against a hash noted elsewhere, or by what it left', () => {
    fill(4)
    const noted = audit.newest()
    meddle('DELETE FROM audit WHERE seq = 4')
    expect(audit.verify().problems).toEqual([{ seq: 4, problem: 'There is a detail, but the entry is missing.' }])
    meddle('DELETE FROM audit_detail WHERE seq = 4')
    expect(audit.verify()).toEqual({ entries: 3, problems: [] })
    expect(audit.newest()).not.toBe(noted)
  })
})
