/** Trees and commits of a repository, decoded. */
import type { Oid } from '../../app/hub/git-ports.ts'
import { Problem } from '../../core/problem.ts'
import { type Commit, decodeCommit, decodeTree, EMPTY_TREE, FOLDER_MODE, type TreeEntry } from './object.ts'
import { type ObjectSource, requireObject } from './object-source.ts'

/** A tree or commit above this is refused: 16 MiB are more than 250,000 names in one folder. */
const MAX_TREE_BYTES = 16 * 1024 * 1024
/** Trees that are remembered. */
const REMEMBERED = 512

/** Trees and commits of a source, the last few trees remembered. */
export interface Trees {
  commit(oid: Oid): Promise<Commit>
  tree(oid: Oid): Promise<readonly TreeEntry[]>
}

export const treesOf = (source: ObjectSource): Trees => {
  const known = new Map<Oid, readonly TreeEntry[]>()
  return {
    commit: async (oid) =>
      decoded(oid, decodeCommit, (await requireObject(source, 'commit', oid, MAX_TREE_BYTES)).bytes),
    tree: async (oid) => {
      if (oid === EMPTY_TREE) return []
      const found = known.get(oid)
      if (found !== undefined) return found
      const entries = decoded(oid, decodeTree, (await requireObject(source, 'tree', oid, MAX_TREE_BYTES)).bytes)
      known.set(oid, entries)
      if (known.size > REMEMBERED) known.delete(known.keys().next().value ?? '')
      return entries
    },
  }
}

const decoded = <T>(oid: Oid, decode: (bytes: Buffer) => T, bytes: Buffer): T => {
  try {
    return decode(bytes)
  } catch (error) {
    throw new Problem('E_HUB', `The hub has an object that git does not understand: ${oid}.`, { cause: error })
  }
}

/** The entry at a path, or null. The root (`''`) is an entry of its own. */
export const entryAt = async (
  trees: Trees,
  root: Oid,
  path: string,
): Promise<Pick<TreeEntry, 'oid' | 'mode'> | null> => {
  let here: Pick<TreeEntry, 'oid' | 'mode'> = { oid: root, mode: FOLDER_MODE }
  for (const name of path === '' ? [] : path.split('/')) {
    if (here.mode !== FOLDER_MODE) return null
    const next = (await trees.tree(here.oid)).find((entry) => entry.name === name)
    if (next === undefined) return null
    here = next
  }
  return here
}

/** Whether a commit and its root tree can be read. */
export const isReadable = async (source: ObjectSource, oid: Oid): Promise<boolean> => {
  try {
    const trees = treesOf(source)
    await trees.tree((await trees.commit(oid)).tree)
    return true
  } catch (error) {
    if (error instanceof Problem) return false
    throw error
  }
}
