import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { Problem } from '../../src/core/problem.ts'
import type { RunDocument } from '../../src/generated/run.ts'
import { toRunDocument } from '../../src/documents/run-document.ts'
import { openSqlite } from '../../src/sqlite.ts'
import { MIGRATIONS } from '../../src/store/migrations.ts'
import { networkFileSystem } from '../../src/store/network-file-system.ts'
import { openDatabase, openDatabaseForReading } from '../../src/store/open.ts'
import { createReadingStore } from '../../src/store/run-queries.ts'
import { createRunStore } from '../../src/store/run-store.ts'
import { storeProblem } from '../../src/store/sqlite-problem.ts'
import { packageRoot, tempDir } from '../support/harness.ts'
import { aPlan, aRun } from '../support/run-builder.ts'

const dir = tempDir('store open')
const newFile = (): string => join(mkdtempSync(join(dir, 'db-')), 'benchmark.db')
const fixture = (name: string): string => readFileSync(join(packageRoot, 'test', 'fixtures', 'store', name), 'utf8')

const problemOf = (act: () => unknown): Problem => {
  try {
    act()
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

const filled = (): string => {
  const file = newFile()
  const store = createRunStore(openDatabase(file))
  store.insertFinished(aRun(), aPlan())
  store.close()
  return file
}

/** Root may do anything; permissions are tried as somebody else. */
const asNobody = <T>(act: () => T): T => {
  if (process.geteuid?.() !== 0) return act()
  chmodSync(dir, 0o755)
  process.seteuid?.(65534)
  try {
    return act()
  } finally {
    process.seteuid?.(0)
  }
}

describe('opening', () => {
  test('creates the database in WAL mode with durable commits and checked references', () => {
    const db = openDatabase(newFile())
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal')
    expect(db.pragma('synchronous', { simple: true })).toBe(2)
    expect(db.pragma('foreign_keys', { simple: true })).toBe(1)
    expect(db.pragma('user_version', { simple: true })).toBe(MIGRATIONS.length)
    db.close()
  })

  test('makes every table strict', () => {
    const db = openDatabase(newFile())
    const loose = db.prepare(
      "SELECT name FROM pragma_table_list WHERE schema = 'main' AND strict = 0 AND name NOT LIKE 'sqlite%'",
    )
    expect(loose.all()).toEqual([])
    db.close()
  })

  test('keeps a rollback journal on a network file system, and says why', () => {
    const warnings: string[] = []
    const db = openDatabase(newFile(), { networkFileSystem: () => 'NFS', warn: (text) => warnings.push(text) })
    expect(db.pragma('journal_mode', { simple: true })).toBe('delete')
    expect(warnings).toEqual([expect.stringContaining('network file system (NFS)')])
    createRunStore(db).insertFinished(aRun(), null)
    db.close()
  })

  test('takes the folder of this test for a local one', () => {
    expect(networkFileSystem(dir)).toBeNull()
    expect(networkFileSystem(join(dir, 'missing'))).toBeNull()
  })

  test('of a project without a database for reading finds no runs and creates nothing', () => {
    const file = join(dir, 'nowhere', 'benchmark.db')
    const store = createReadingStore(openDatabaseForReading(file))
    expect(store.headers()).toEqual([])
    expect(() => store.resolve('latest')).toThrow(/no runs in this project yet/)
    store.close()
    expect(existsSync(dirname(file))).toBe(false)
  })

  test('for reading refuses to write', () => {
    const file = filled()
    const db = openDatabaseForReading(file)
    const reading = createReadingStore(db)
    expect(() => reading.removeRun(aRun().runId)).toThrow(/opened for reading/)
    expect(problemOf(() => createRunStore(db).removeRun(aRun().runId))).toMatchObject({ code: 'E_STORE' })
    expect(reading.run(aRun().runId)).toEqual(aRun())
    reading.close()
  })
})

describe('upgrading', () => {
  const released = (version: number): string => {
    const file = newFile()
    const old = openSqlite(file)
    old.exec(fixture(`version-${version}.sql`))
    old.pragma(`user_version = ${version}`)
    old.close()
    return file
  }

  test.each([
    [1, 2],
    [3, 1],
  ])('a database of version %i gives the same run as that release showed', (version, runs) => {
    const file = released(version)
    const shown = JSON.parse(fixture(`version-${version}.run.json`)) as Pick<RunDocument, 'run_id' | 'executions'>
    // What those releases did not keep is not known.
    const expected = { ...shown, executions: shown.executions.map((one) => ({ ...one, databases: null })) }
    for (const open of [openDatabaseForReading, openDatabase]) {
      const store = createRunStore(open(file))
      expect(toRunDocument(store.run(expected.run_id))).toEqual(expected)
      expect(store.count()).toBe(runs)
      store.close()
    }
  })

  test('a database of version 3 keeps its baseline and its hub, and takes in runs that tell their databases', () => {
    const file = released(3)
    const db = openDatabase(file)
    expect(db.prepare('SELECT databases_key FROM hub_run_variant').pluck().all()).toEqual([null])
    const store = createRunStore(db)
    expect(store.baselines.all()).toMatchObject([{ branch: 'main' }])
    const later = aRun({ runId: '20261124t101502z-k3f9x3' })
    store.insertFinished(later, null)
    expect(store.run(later.runId)).toEqual(later)
    const kept = db.prepare('SELECT json FROM database_set').pluck()
    expect(kept.all()).toEqual([JSON.stringify(later.executions[0]?.databases)])
    store.removeRun(later.runId)
    expect(kept.all()).toEqual([])
    store.close()
  })

  test('that fails half way leaves the old database as it was', () => {
    const file = newFile()
    openDatabase(file, { migrations: ['CREATE TABLE first (a) STRICT'.replace('(a)', '(a TEXT)')] }).close()
    const broken = ['-- applied', 'CREATE TABLE second (a TEXT) STRICT', 'CREATE TABLE first (a TEXT) STRICT']
    expect(() => openDatabase(file, { migrations: broken })).toThrow()
    const db = openSqlite(file)
    expect(db.pragma('user_version', { simple: true })).toBe(1)
    expect(db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all()).toEqual(['first'])
    db.close()
  })

  test('runs only the scripts a database lacks', () => {
    const file = newFile()
    const scripts = ['CREATE TABLE first (a TEXT) STRICT', 'CREATE TABLE second (a TEXT) STRICT']
    openDatabase(file, { migrations: scripts.slice(0, 1) }).close()
    const db = openDatabase(file, { migrations: scripts })
    expect(db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all()).toEqual(['first', 'second'])
    expect(db.pragma('user_version', { simple: true })).toBe(2)
    db.close()
  })

  test('refuses a database of a newer program, for writing and for reading', () => {
    const file = filled()
    const db = openSqlite(file)
    db.pragma('user_version = 99')
    db.close()
    for (const open of [openDatabase, openDatabaseForReading])
      expect(problemOf(() => open(file))).toMatchObject({
        code: 'E_STORE',
        message: expect.stringContaining('version 99') as string,
      })
  })
})

describe('what cannot be opened is explained', () => {
  const cases: [string, () => string, RegExp][] = [
    ['a missing folder', () => join(dir, 'missing', 'benchmark.db'), /folder of the database .* does not exist/],
    [
      'a file of something else',
      () => {
        const file = newFile()
        writeFileSync(file, 'this is not a database, whatever it is called\n'.repeat(100))
        return file
      },
      /is not a database/,
    ],
    [
      'a folder in its place',
      () => {
        const file = newFile()
        mkdirSync(file)
        return file
      },
      /cannot be opened/,
    ],
  ]
  test.each(cases)('%s', (_, make, message) => {
    const problem = problemOf(() => openDatabase(make()))
    expect(problem.code).toBe('E_STORE')
    expect(problem.message).toMatch(message)
    expect(problem.hints.length).toBeGreaterThan(0)
  })

  test('a file cut in half, at the latest when it is read', () => {
    const file = filled()
    truncateSync(file, 40_960)
    const problem = problemOf(() => {
      const store = createRunStore(openDatabaseForReading(file))
      try {
        for (const { runId } of store.headers()) store.run(runId)
        store.durations('kma')
        store.removeRun(aRun().runId)
      } finally {
        store.close()
      }
    })
    expect(problem).toMatchObject({ code: 'E_STORE' })
    expect(problem.message).toMatch(/is damaged/)
    expect(problem.hints.join()).toMatch(/benchmark import/)
  })

  test('a database in a folder without permission to write is read all the same, and not written', () => {
    const file = filled()
    chmodSync(file, 0o444)
    chmodSync(dirname(file), 0o555)
    asNobody(() => {
      const store = createReadingStore(openDatabaseForReading(file))
      expect(store.run(aRun().runId)).toEqual(aRun())
      expect(store.plan(aRun().runId)).toEqual(aPlan())
      store.close()
      const problem = problemOf(() => createRunStore(openDatabase(file)).removeRun(aRun().runId))
      expect(problem).toMatchObject({ code: 'E_STORE' })
      expect(problem.message).toMatch(/cannot be (written|opened)/)
    })
    chmodSync(dirname(file), 0o755)
  })

  test('a file without permission to read', () => {
    const file = filled()
    chmodSync(file, 0o000)
    chmodSync(dirname(file), 0o755)
    asNobody(() => {
      expect(problemOf(() => openDatabaseForReading(file))).toMatchObject({ code: 'E_STORE' })
    })
  })

  test('a folder without permission to look into, instead of taking it for a project without runs', () => {
    const file = filled()
    chmodSync(dirname(file), 0o700)
    if (process.geteuid?.() !== 0) chmodSync(dirname(file), 0o000)
    asNobody(() => {
      const problem = problemOf(() => openDatabaseForReading(file))
      expect(problem).toMatchObject({ code: 'E_STORE', message: expect.stringContaining('may not') as string })
    })
    chmodSync(dirname(file), 0o700)
  })

  test('a database that another process keeps locked', () => {
    const file = filled()
    const holder = openSqlite(file)
    holder.exec('BEGIN IMMEDIATE')
    const db = openDatabase(file)
    db.pragma('busy_timeout = 50')
    expect(problemOf(() => createRunStore(db).removeRun(aRun().runId))).toMatchObject({
      code: 'E_STORE',
      message: expect.stringContaining('locked') as string,
    })
    holder.exec('ROLLBACK')
    createRunStore(db).removeRun(aRun().runId)
    db.close()
    holder.close()
  })

  test('a missing or unfitting SQLite binding', () => {
    for (const error of [
      Object.assign(new Error("Cannot find module 'better-sqlite3'"), { code: 'MODULE_NOT_FOUND' }),
      Object.assign(new Error('was compiled against a different Node.js version'), { code: 'ERR_DLOPEN_FAILED' }),
      new Error('Could not locate the bindings file. Tried: …'),
    ])
      expect(storeProblem(error, 'x')).toMatchObject({
        code: 'E_STORE',
        hints: expect.arrayContaining([expect.stringContaining('npm rebuild better-sqlite3')]) as string[],
      })
  })

  test('but a bug of this program stays what it is', () => {
    const bug = new RangeError('Too many parameter values were provided')
    expect(storeProblem(bug, 'x')).toBe(bug)
    const constraint = Object.assign(new Error('CHECK constraint failed'), { code: 'SQLITE_CONSTRAINT_CHECK' })
    expect(storeProblem(constraint, 'x')).toBe(constraint)
  })

  test('a full disk: nothing stored before is lost, and writing works again when there is space', (context) => {
    const mountPoint = mkdtempSync(join(dir, 'small-'))
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', mountPoint], { stdio: 'ignore' })
    } catch {
      context.skip('a small file system can only be mounted by root with the right to mount')
    }
    try {
      const file = join(mountPoint, 'benchmark.db')
      const store = createRunStore(openDatabase(file))
      const stored: string[] = []
      const problem = problemOf(() => {
        for (let index = 0; index < 5000; index++) {
          const runId = `20261123t101502z-${String(index).padStart(6, '0')}`
          store.insertFinished(aRun({ runId, warnings: ['x'.repeat(2000 + index)] }), aPlan({ runId }))
          stored.push(runId)
        }
      })
      expect(problem).toMatchObject({ code: 'E_STORE' })
      expect(stored.length).toBeGreaterThan(5)
      expect(
        store
          .headers()
          .map(({ runId }) => runId)
          .sort(),
      ).toEqual(stored)
      execFileSync('mount', ['-o', 'remount,size=8m', mountPoint])
      store.insertFinished(aRun({ runId: '20261123t101502z-zzzzzz' }), null)
      expect(store.count()).toBe(stored.length + 1)
      store.close()
    } finally {
      execFileSync('umount', [mountPoint])
    }
  })
})
