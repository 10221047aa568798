import { accessSync, constants, type Stats, statSync } from 'node:fs'
import { delimiter, isAbsolute, resolve } from 'node:path'

/** What looking for a program found: where it is, or why it cannot be run. */
export type ProgramLookup =
  { readonly path: string; readonly why: null } | { readonly path: null; readonly why: 'missing' | 'not_executable' }

const missing: ProgramLookup = { path: null, why: 'missing' }

/**
 * Finds a program as a shell would: a name with a slash relative to `cwd`, any other in the folders of `searchPath`.
 */
export const findProgram = (name: string, searchPath: string, cwd: string): ProgramLookup => {
  if (name.includes('/')) return lookAt(resolve(cwd, name))
  let best = missing
  for (const folder of searchPath.split(delimiter)) {
    const found = lookAt(resolve(isAbsolute(folder) ? folder : resolve(cwd, folder), name))
    if (found.path !== null) return found
    if (found.why === 'not_executable') best = found
  }
  return best
}

const lookAt = (path: string): ProgramLookup => {
  let stat: Stats | undefined
  try {
    stat = statSync(path, { throwIfNoEntry: false })
  } catch {
    return missing // a folder on the way is closed to us, or is a file
  }
  if (!stat) return missing
  if (!stat.isFile()) return { path: null, why: 'not_executable' }
  try {
    accessSync(path, constants.X_OK)
    return { path, why: null }
  } catch {
    return { path: null, why: 'not_executable' }
  }
}
