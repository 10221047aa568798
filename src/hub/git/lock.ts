import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Database } from 'better-sqlite3'
import { Problem } from '../../core/problem.ts'
import { openSqlite } from '../../sqlite.ts'

const FIRST_WAIT_MS = 10
const LONGEST_WAIT_MS = 200

/**
 * Runs alone among all processes that use the same lock file. SQLite's file lock is the operating system's: it is free
 * again however its holder ended. `E_BUSY` after `waitMs`.
 */
export const alone = async <T>(file: string, work: () => Promise<T>, waitMs: number): Promise<T> => {
  const db = opened(file)
  try {
    await take(db, waitMs)
    try {
      return await work()
    } finally {
      db.exec('ROLLBACK')
    }
  } finally {
    db.close()
  }
}

const opened = (file: string): Database => {
  try {
    mkdirSync(dirname(file), { recursive: true })
    return openSqlite(file, { timeout: 0 })
  } catch (error) {
    throw unusable(file, error)
  }
}

const take = async (db: Database, waitMs: number): Promise<void> => {
  // Not `performance`: it takes Node a millisecond to load.
  const until = process.uptime() + waitMs / 1000
  for (let wait = FIRST_WAIT_MS; ; wait = Math.min(2 * wait, LONGEST_WAIT_MS)) {
    try {
      db.exec('BEGIN EXCLUSIVE')
      return
    } catch (error) {
      if (!String((error as { code?: unknown }).code).startsWith('SQLITE_BUSY')) throw unusable(db.name, error)
      if (process.uptime() >= until)
        throw new Problem('E_BUSY', 'Another `benchmark` is working with this hub.', {
          hints: ['Wait until it is done, then try again.'],
          cause: error,
        })
    }
    await sleep(wait * (0.5 + Math.random()))
  }
}

const unusable = (file: string, cause: unknown): Problem =>
  new Problem('E_HUB', `The lock of the hub's local copy cannot be used: ${file}.`, {
    hints: ['The cache folder must be on a local disk that has space and can be written to: local.cache_dir.'],
    cause,
  })
