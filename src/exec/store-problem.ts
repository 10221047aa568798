import { accessSync, constants, existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { Problem } from '../core/problem.ts'

const HINTS: Readonly<Record<string, readonly [what: string, next: string]>> = {
  ENOSPC: ['there is no space left', 'Free some space, or choose another folder with --output or local.results_dir.'],
  EDQUOT: ['your quota is used up', 'Free some space, or choose another folder with --output or local.results_dir.'],
  EACCES: ['access is denied', 'Give yourself the permission (chmod, chown), or choose another folder.'],
  EPERM: ['access is denied', 'Give yourself the permission (chmod, chown), or choose another folder.'],
  EROFS: ['the file system is read-only', 'Choose a folder on a file system that can be written to.'],
  ENOENT: ['it does not exist', 'Check the path.'],
  ENOTDIR: ['a part of the path is a file', 'Check the path.'],
  EISDIR: ['it is a folder', 'Check the path.'],
  EMFILE: ['too many files are open', 'Raise the limit (ulimit -n), or run fewer executions at once.'],
}

/** A failed file operation in the user's words: what was tried, why it failed, what to do. */
export const storeProblem = (action: string, path: string, error: unknown): Problem => {
  const code = (error as NodeJS.ErrnoException).code ?? ''
  const [what, next] = HINTS[code] ?? [error instanceof Error ? error.message : String(error), 'Check the path.']
  return new Problem('E_STORE', `Cannot ${action} ${path}: ${what}.`, { hints: [next], cause: error })
}

/** Creates a folder and its parents; a failure is a `Problem` that names the true reason. */
export const makeFolder = (path: string): void => {
  try {
    mkdirSync(path, { recursive: true })
  } catch (error) {
    throw storeProblem(
      'create the folder',
      path,
      (error as NodeJS.ErrnoException).code === 'ENOENT' ? why(path, error) : error,
    )
  }
}

// Node says "does not exist" of a folder it cannot create on a read-only file system: asking the parent tells.
const why = (path: string, error: unknown): unknown => {
  let parent = dirname(path)
  while (!existsSync(parent) && dirname(parent) !== parent) parent = dirname(parent)
  try {
    accessSync(parent, constants.W_OK)
    return error
  } catch (reason) {
    return reason
  }
}
