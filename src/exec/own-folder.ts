/** Files of ours in folders that others may have their hands in: nothing is written or removed through links. */
import {
  closeSync,
  constants,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, sep } from 'node:path'
import { Problem } from '../core/problem.ts'

/** Ends the name of a file that is being written. */
export const UNFINISHED = '.unfinished'
const { O_CREAT, O_EXCL, O_NOFOLLOW, O_WRONLY } = constants
/** Not every system has it; links are looked for besides. */
export const NO_FOLLOW = O_NOFOLLOW ?? 0

/** What stands at a path, a link being a link. */
export const kindOf = (path: string): 'nothing' | 'file' | 'folder' | 'other' => {
  const stat = lstatSync(path, { throwIfNoEntry: false })
  if (stat === undefined) return 'nothing'
  if (stat.isDirectory()) return 'folder'
  return stat.isFile() ? 'file' : 'other'
}

/** Makes the folders above a file below `root`; `known` are left alone and added to. Throws `E_USAGE` when something is in the way. */
export const makeFolders = (root: string, file: string, what: string, known: Set<string>): void => {
  let folder = root
  for (const step of file.split('/').slice(0, -1)) {
    folder = join(folder, step)
    if (known.has(folder)) continue
    const kind = kindOf(folder)
    if (kind === 'nothing') mkdirSync(folder)
    else if (kind !== 'folder') throw new Problem('E_USAGE', `${folder} is in the way: it is no folder of the ${what}.`)
    known.add(folder)
  }
}

/** A new file beside, then renamed over: whoever reads sees the old or the new one, and links are replaced. */
export const replaceFile = (path: string, bytes: Uint8Array): void => {
  const unfinished = `${path}${UNFINISHED}`
  rmSync(unfinished, { force: true })
  const file = openSync(unfinished, O_WRONLY | O_CREAT | O_EXCL | NO_FOLLOW, 0o644)
  try {
    writeFileSync(file, bytes)
  } finally {
    closeSync(file)
  }
  renameSync(unfinished, path)
}

/** Removes a file below `root`, and folders that are empty then; false: there is no such file. */
export const removeFile = (root: string, file: string): boolean => {
  let folder = root
  for (const step of file.split('/').slice(0, -1)) {
    folder = join(folder, step)
    if (kindOf(folder) !== 'folder') return false
  }
  if (kindOf(join(root, file)) !== 'file') return false
  rmSync(join(root, file))
  for (let up = dirname(join(root, file)); up.startsWith(root + sep) && readdirSync(up).length === 0; up = dirname(up))
    rmdirSync(up)
  return true
}
