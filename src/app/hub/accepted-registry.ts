/** Registry documents that counted before a change: every change is judged against them. */
import type { Oid, TreeReader } from './git-ports.ts'
import type { RegistryFile } from './store-ports.ts'

/** Exact bytes by path. */
export interface AcceptedRegistry {
  file(path: string): Promise<Uint8Array | null>
  /** Paths of files below a folder (without a slash at its end). */
  paths(folder: string): Promise<readonly string[]>
}

/** Nothing was accepted yet. */
export const emptyRegistry: AcceptedRegistry = {
  file: () => Promise.resolve(null),
  paths: () => Promise.resolve([]),
}

/** What stands in a tree that was checked before (`hub check --base`). */
export const treeRegistry = (reader: TreeReader, tree: Oid): AcceptedRegistry => {
  const paths = async (folder: string): Promise<readonly string[]> => {
    const found: string[] = []
    for (const { name, isFolder } of await reader.list(tree, folder))
      found.push(...(isFolder ? await paths(`${folder}/${name}`) : [`${folder}/${name}`]))
    return found
  }
  return { file: (path) => reader.file(tree, path), paths }
}

/** Files that were taken in, as they are given. */
export const registryOf = (files: readonly RegistryFile[]): AcceptedRegistry => {
  const known = new Map(files.map(({ path, bytes }) => [path, bytes]))
  return {
    file: (path) => Promise.resolve(known.get(path) ?? null),
    paths: (folder) => Promise.resolve([...known.keys()].filter((path) => path.startsWith(`${folder}/`))),
  }
}
