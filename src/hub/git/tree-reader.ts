import type { TreeReader } from '../../app/hub/git-ports.ts'
import { FOLDER_MODE } from './object.ts'
import { missingObject, type ObjectSource, requireObject } from './object-source.ts'
import { diffTrees } from './tree-diff.ts'
import { entryAt, treesOf } from './trees.ts'

/** Reads trees of any repository. */
export const createTreeReader = (source: ObjectSource): TreeReader => {
  const trees = treesOf(source)
  return {
    commit: async (oid) => {
      const { tree, parents, authoredAt, message } = await trees.commit(oid)
      return { tree, parents, authoredAt, message }
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
