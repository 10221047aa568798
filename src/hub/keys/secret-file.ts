import { randomBytes } from 'node:crypto'
import { closeSync, fchmodSync, fstatSync, fsyncSync, linkSync, mkdirSync } from 'node:fs'
import { openSync, readFileSync, statSync, unlinkSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Problem } from '../../core/problem.ts'

const FOLDER_MODE = 0o700
const FILE_MODE = 0o600
const OTHERS = 0o077
// Windows has no such modes; folders of a user are closed to others there.
const hasModes = process.platform !== 'win32'

/** Content of a file only its owner may read, or null when there is none. Throws where others may read it. */
export const readSecret = (path: string): string | null => {
  let file: number
  try {
    file = openSync(path, 'r')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null
    throw unusable(path, error)
  }
  try {
    refuseShared(path, fstatSync(file).mode, FILE_MODE)
    refuseShared(dirname(path), statSync(dirname(path)).mode, FOLDER_MODE)
    return readFileSync(file, 'utf8')
  } finally {
    closeSync(file)
  }
}

/**
 * The content of a secret file, made when there is none. Two processes at once end with one content, which both get;
 * a kill at any moment leaves either no file or all of it.
 */
export const readOrCreateSecret = (path: string, make: () => string): string => {
  const there = readSecret(path)
  if (there !== null) return there
  try {
    mkdirSync(dirname(path), { recursive: true, mode: FOLDER_MODE })
    refuseShared(dirname(path), statSync(dirname(path)).mode, FOLDER_MODE)
    createOnce(path, make())
  } catch (error) {
    throw unusable(path, error)
  }
  const created = readSecret(path)
  if (created === null) throw new Problem('E_HUB', `${path} was removed while it was made.`)
  return created
}

// Written beside and linked into place: a link, unlike a rename, never takes the place of what another process made.
const createOnce = (path: string, content: string): void => {
  const draft = join(dirname(path), `.${randomBytes(8).toString('hex')}.new`)
  const file = openSync(draft, 'wx', FILE_MODE)
  try {
    // A umask may have taken too much; nothing is in the file yet.
    if (hasModes) fchmodSync(file, FILE_MODE)
    writeSync(file, content)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  try {
    linkSync(draft, path)
    syncFolder(dirname(path))
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
  } finally {
    unlinkSync(draft)
  }
}

// What is signed with a key goes out at once; the key must not be lost with the power. Windows cannot do it.
const syncFolder = (folder: string): void => {
  if (!hasModes) return
  const opened = openSync(folder, 'r')
  try {
    fsyncSync(opened)
  } finally {
    closeSync(opened)
  }
}

const refuseShared = (path: string, mode: number, wanted: number): void => {
  if (!hasModes || (mode & OTHERS) === 0) return
  throw new Problem('E_HUB', `Others may read ${path}, which holds secret keys.`, {
    hints: [`Run: chmod ${wanted.toString(8)} '${path.replaceAll("'", String.raw`'\''`)}'`],
  })
}

const unusable = (path: string, cause: unknown): Problem => {
  if (cause instanceof Problem) return cause
  const reason = cause instanceof Error ? cause.message : String(cause)
  return new Problem('E_HUB', `The key file ${path} cannot be used: ${reason}`, {
    hints: ['Set BENCHMARK_CONFIG_HOME to a folder that only you can read, on a file system with links.'],
    cause,
  })
}

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code
