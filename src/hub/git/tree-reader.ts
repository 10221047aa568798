import type { Oid, TreeReader } from '../../app/hub/git-ports.ts'
import { Problem } from '../../core/problem.ts'
import { decodeCommit, decodeTree, type Commit, EMPTY_TREE, FOLDER_MODE, type TreeEntry } from './object.ts'
import { DamagedObject, missingObject, type ObjectSource, requireObject } from './object-source.ts'
import { diffTrees } from './tree-diff.ts'

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

/** Reads trees of any repository. */
export const createTreeReader = (source: ObjectSource): TreeReader => {
  const trees = treesOf(source)
  return {
    commit: async (oid) => {
      const { tree, parents, message } = await trees.commit(oid)
      return { tree, parents, message }
    },
    list: async (tree, folder) => {
      const found = await entryAt(trees, tree, folder)
      if (found === null || found.mode !== FOLDER_MODE) return []
      return (await trees.tree(found.oid)).map(({ name, mode, oid }) => ({
        name,
        mode,
        oid,
        isFolder: mode === FOLDER_MODE,
      }))
    },
    diff: (before, after) => diffTrees(trees, before, after),
    file: async (tree, path, maxBytes = Infinity) => {
      const found = await entryAt(trees, tree, path)
      if (found === null || !found.mode.startsWith('100')) return null
      return (await requireObject(source, 'blob', found.oid, maxBytes)).bytes
    },
    async *blobs(wanted, maxBytes) {
      for await (const { item, object } of source.stream(wanted, ({ path }) => maxBytes(path))) {
        if (object === null) throw missingObject('blob', item.oid)
        const bytes = object.type === 'blob' ? object.bytes : null
        yield { oid: item.oid, path: item.path, bytes, size: object.size }
      }
    },
  }
}

/** Whether a commit and its root tree can be read. */
export const isReadable = async (source: ObjectSource, oid: Oid): Promise<boolean> => {
  try {
    const trees = treesOf(source)
    await trees.tree((await trees.commit(oid)).tree)
    return true
  } catch (error) {
    if (error instanceof Problem || error instanceof DamagedObject) return false
    throw error
  }
}
