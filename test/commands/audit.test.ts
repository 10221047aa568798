import { mkdirSync, mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { AuditListDocument } from '../../src/generated/audit-list.ts'
import type { AuditVerificationDocument } from '../../src/generated/audit-verification.ts'
import { openSqlite } from '../../src/sqlite.ts'
import { createHubStore } from '../../src/store/hub/hub-store.ts'
import { openDatabase } from '../../src/store/open.ts'
import { documentErrors } from '../support/document.ts'
import { benchmark, type CliResult, tempDir } from '../support/harness.ts'

const dir = tempDir('audit command')
const project = (): { readonly cwd: string; readonly file: string } => {
  const cwd = mkdtempSync(join(dir, 'project '))
  mkdirSync(join(cwd, '.benchmark'))
  return { cwd, file: join(cwd, '.benchmark', 'benchmark.db') }
}
const filled = (): { readonly cwd: string; readonly file: string } => {
  const made = project()
  const { audit, close } = createHubStore(openDatabase(made.file))
  const at = '2026-11-26T10:15:02.123Z'
  audit.append({ at, action: 'disclose', objectHash: 'b'.repeat(64), detail: { run: 'r1', bytes: 2048 } })
  audit.append({ at, action: 'push', objectHash: null, detail: { hub: 'evil\u001b[31m hub' } })
  audit.append({ at, action: 'push', objectHash: 'c'.repeat(64), detail: { who: 'Ann' } })
  audit.eraseDetails('c'.repeat(64))
  close()
  return made
}
const run = (cwd: string, ...argv: string[]): Promise<CliResult> => benchmark(['audit', ...argv], { cwd })
const document = async <T>(cwd: string, ...argv: string[]): Promise<T & { exit: number }> => {
  const result = await run(cwd, ...argv, '--json')
  expect(documentErrors(result.json())).toEqual([])
  return { ...(result.json() as T), exit: result.exit }
}

test('a project in which nothing happened has an empty log that is whole', async () => {
  const { cwd } = project()
  expect((await run(cwd, 'list')).stdout).toBe('No entries.\n')
  expect((await document<AuditListDocument>(cwd, 'list')).entries).toEqual([])
  expect((await run(cwd, 'verify')).stdout).toBe('The audit log is empty.\n')
  expect(await document<AuditVerificationDocument>(cwd, 'verify')).toMatchObject({ ok: true, newest: null, exit: 0 })
})

test('entries are listed newest first, safe for a terminal, and by action', async () => {
  const { cwd } = filled()
  const { stdout } = await run(cwd, 'list')
  expect(stdout).toMatch(
    /no +at +by +action +object +detail\n +3 +2026-11-26T10:15:02Z +local +push +c{12} +\(erased\)/,
  )
  expect(stdout).toContain('bytes: 2048, run: r1')
  expect(stdout).not.toContain('\u001b')
  const { entries } = await document<AuditListDocument>(cwd, 'list', '--action', 'push', '--limit', '1')
  expect(entries).toMatchObject([{ seq: 3, actor: 'local', object_hash: 'c'.repeat(64), detail: null }])
  expect((await document<AuditListDocument>(cwd, 'list', '--limit', '0')).entries).toHaveLength(3)
  expect((await run(cwd, 'list', '--action', 'nonsense')).exit).toBe(2)
})

test('a broken chain ends with status 5 and names every entry', async () => {
  const { cwd, file } = filled()
  const { newest } = await document<AuditVerificationDocument>(cwd, 'verify')
  expect((await run(cwd, 'verify')).stdout).toBe(
    `The audit log is whole: 3 entries, the newest has the hash ${String(newest)}.\n`,
  )
  const db = openSqlite(file)
  db.exec("DROP TRIGGER audit_is_not_changed; UPDATE audit SET actor = 'nobody' WHERE seq = 2")
  db.close()
  const text = await run(cwd, 'verify')
  expect([text.exit, text.stdout]).toEqual([
    5,
    'The audit log is broken (3 entries):\n  no 2: The entry is not what it was when it was written.\n',
  ])
  const found = await document<AuditVerificationDocument>(cwd, 'verify')
  expect(found).toMatchObject({ ok: false, entries: 3, problems: [{ seq: 2 }], exit: 5 })
})
