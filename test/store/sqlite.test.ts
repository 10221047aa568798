import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { openSqlite } from '../../src/sqlite.ts'
import { packageRoot } from '../support/harness.ts'

test('a database is a file, memory, or bytes', () => {
  const db = openSqlite(':memory:')
  db.exec("CREATE TABLE runs (id TEXT); INSERT INTO runs VALUES ('a'), ('b')")
  const copy = openSqlite(db.serialize(), { readonly: true })
  expect(copy.prepare('SELECT id FROM runs').pluck().all()).toEqual(['a', 'b'])
  expect(() => copy.exec('DELETE FROM runs')).toThrow(/readonly/)
  copy.close()
  db.close()
})

// Version 12 of the library ends Node.js 24.19 and later when statements are collected outside of JavaScript (decision 141).
test('statements nobody needs any more may be collected at any time', () => {
  const script = `
    import { openSqlite } from './src/sqlite.ts'
    const db = openSqlite(':memory:')
    let kept = []
    let rounds = 0
    const use = () => {
      for (let index = 0; index < 300; index++) {
        db.prepare('SELECT ' + index).get()
        for (const row of db.prepare('SELECT 1').iterate()) void row
      }
      // Enough for V8 to collect on its own account, between the rounds.
      kept = Array.from({ length: 40_000 }, (_, index) => ({ index, pair: [index, index + 1] }))
      if (++rounds < 60) setTimeout(use, 5)
      else process.stdout.write('alive')
    }
    use()
  `
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '-e', script],
    {
      cwd: packageRoot,
      encoding: 'utf8',
    },
  )
  expect([status, stdout], stderr).toEqual([0, 'alive'])
})
