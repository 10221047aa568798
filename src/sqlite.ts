/** The SQLite library that fits this Node.js (decision 0141). */
import { createRequire } from 'node:module'
import type BetterSqlite3 from 'better-sqlite3'

const require = createRequire(import.meta.url)

/** What version 13 of the library has a compiled binding for, in the package itself. */
const HAS_BINDING = /^(?:linux|darwin|win32)-(?:x64|arm64)$/.test(`${process.platform}-${process.arch}`)
/** What that binding is made for; Node.js 20 has 9 and crashes with it. */
const NODE_API = 10

// Version 12 ends Node.js 24.19 and later with an abort as soon as a statement is collected.
const library = (): typeof BetterSqlite3 =>
  (HAS_BINDING && Number(process.versions['napi']) >= NODE_API
    ? require('better-sqlite3-napi')
    : require('better-sqlite3')) as typeof BetterSqlite3

/**
 * Opens a database: a file, `:memory:`, or the bytes of one. Throws what the library throws, which is loaded by the first call: an
 * error with the code `MODULE_NOT_FOUND` or `ERR_DLOPEN_FAILED` where it was not installed for this Node.js.
 */
export const openSqlite = (database: string | Buffer, options: BetterSqlite3.Options = {}): BetterSqlite3.Database =>
  new (library())(database, options)
