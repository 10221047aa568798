import { readFileSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import type BetterSqlite3 from 'better-sqlite3'
import { Problem } from '../core/problem.ts'
import { openSqlite } from '../sqlite.ts'
import { MIGRATIONS } from './migrations.ts'
import { networkFileSystem } from './network-file-system.ts'
import { storeProblem, withStoreProblems } from './sqlite-problem.ts'

export type Connection = BetterSqlite3.Database

const BUSY_TIMEOUT_MS = 5000

interface OpenOptions {
  /** Told about circumstances that make the database slower or less safe. */
  readonly warn?: (text: string) => void
  /** Name of the network file system a folder is on, or null. */
  readonly networkFileSystem?: (folder: string) => string | null
  readonly migrations?: readonly string[]
}

/** Opens (and creates or upgrades) the database for writing. */
export const openDatabase = (file: string, options: OpenOptions = {}): Connection =>
  withStoreProblems(file, () => {
    const isNew = (statSync(file, { throwIfNoEntry: false })?.size ?? 0) === 0
    const db = openSqlite(file, { timeout: BUSY_TIMEOUT_MS })
    return closedOnFailure(db, () => {
      // What is erased later can then be given back to the disk without writing everything anew. Only a new file takes
      // this on; asking an old one would wait for whoever is writing.
      if (isNew) db.pragma('auto_vacuum = INCREMENTAL')
      configure(db, file, options)
      migrate(db, file, options.migrations ?? MIGRATIONS)
      return db
    })
  })

/** Opens the database for reading only. A project without one has no runs: that is an empty database, not an error. */
export const openDatabaseForReading = (file: string): Connection =>
  withStoreProblems(file, () => {
    if (statSync(file, { throwIfNoEntry: false }) === undefined) return emptyDatabase(file)
    const db = openReadable(file)
    return closedOnFailure(db, () => {
      const version = schemaVersion(db)
      if (version > MIGRATIONS.length) throw tooNew(file, version, MIGRATIONS.length)
      if (version === MIGRATIONS.length) return db
      // Written by an older version of this program: upgrade it once, then read.
      db.close()
      openDatabase(file).close()
      return openReadable(file)
    })
  })

const emptyDatabase = (file: string): Connection => {
  const db = openSqlite(':memory:')
  migrate(db, file, MIGRATIONS)
  return db
}

const openReadable = (file: string): Connection => {
  const db = openSqlite(file, { readonly: true, fileMustExist: true, timeout: BUSY_TIMEOUT_MS })
  try {
    schemaVersion(db)
    return db
  } catch (error) {
    db.close()
    const waiting = statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0
    const copy = isUnreachableWal(error) && waiting === 0 ? readOnlyCopy(file) : null
    if (copy === null) throw error
    return copy
  }
}

// SQLite cannot read a database in WAL mode in a folder where it cannot create the -shm file (a read-only mount, a full disk).
// Without anything in a -wal file the main file is complete; it is read into memory, marked as not being in WAL mode.
const readOnlyCopy = (file: string): Connection => {
  const bytes = readFileSync(file)
  bytes.fill(1, 18, 20)
  return openSqlite(bytes, { readonly: true })
}

const isUnreachableWal = (error: unknown): boolean => {
  const code = (error as { code?: unknown }).code
  return typeof code === 'string' && /^SQLITE_(?:CANTOPEN|READONLY|IOERR_SHM|FULL)/.test(code)
}

const configure = (db: Connection, file: string, options: OpenOptions): void => {
  const network = (options.networkFileSystem ?? networkFileSystem)(dirname(file))
  if (network === null) db.pragma('journal_mode = WAL')
  else {
    db.pragma('journal_mode = DELETE')
    options.warn?.(
      `The database ${file} is on a network file system (${network}): writing is slower, and it must not be used from two machines at once.`,
    )
  }
  // FULL: what has been acknowledged survives a power cut. It costs about a millisecond for each transition of an
  // execution that takes seconds to days, so there is nothing to win by giving that up.
  db.pragma('synchronous = FULL')
  db.pragma('foreign_keys = ON')
}

// BEGIN IMMEDIATE takes the write lock before the version is read, so two processes cannot both upgrade; the version
// is part of the transaction, so a failed upgrade leaves the old database.
const migrate = (db: Connection, file: string, migrations: readonly string[]): void => {
  if (schemaVersion(db) === migrations.length) return
  db.transaction(() => {
    const version = schemaVersion(db)
    if (version > migrations.length) throw tooNew(file, version, migrations.length)
    for (const script of migrations.slice(version)) db.exec(script)
    db.pragma(`user_version = ${migrations.length}`)
  }).immediate()
}

const schemaVersion = (db: Connection): number => db.pragma('user_version', { simple: true }) as number

const tooNew = (file: string, found: number, known: number): Problem =>
  new Problem('E_STORE', `The database ${file} has version ${found}; this program knows versions up to ${known}.`, {
    hints: ['Install the current version of metagenome-benchmark-cli.'],
  })

const closedOnFailure = <T>(db: Connection, act: () => T): T => {
  try {
    return act()
  } catch (error) {
    db.close()
    throw storeProblem(error, db.name)
  }
}
