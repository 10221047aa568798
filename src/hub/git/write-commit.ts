import type { CommitRequest, FileChange, Oid } from '../../app/hub/git-ports.ts'
import {
  EMPTY_TREE,
  encodeTree,
  FILE_MODE,
  FOLDER_MODE,
  nameObject,
  type NamedObject,
  type TreeEntry,
} from './object.ts'
import type { Trees } from './trees.ts'

type Slot = Pick<TreeEntry, 'mode' | 'name' | 'oid'>

interface Folder {
  readonly folders: Map<string, Folder>
  readonly files: Map<string, Uint8Array | null>
}

/**
 * Makes a commit in memory: blobs, the trees above them from the bottom up, one commit. The result is exactly what the base tree
 * does not have. The committer's time never goes back behind the parent's, whatever the clock says: servers look for common
 * history by it.
 */
export const makeCommit = async (
  trees: Trees,
  request: CommitRequest,
): Promise<{ readonly commit: Oid; readonly objects: readonly NamedObject[] }> => {
  const parent = request.parent === null ? null : await trees.commit(request.parent)
  const base = request.baseTree === undefined ? (parent?.tree ?? null) : request.baseTree
  const objects = new Map<Oid, NamedObject>()
  const tree = (await rebuild(trees, base, folderOf(request.changes), objects)) ?? EMPTY_TREE
  if (tree === EMPTY_TREE) objects.set(EMPTY_TREE, nameObject('tree', Buffer.alloc(0)))
  const who = `${plain(request.author.name)} <${plain(request.author.email)}>`
  const committedAt = Math.max(request.at, parent?.committedAt ?? 0)
  const lines = [
    `tree ${tree}`,
    ...(request.parent === null ? [] : [`parent ${request.parent}`]),
    `author ${who} ${request.at} +0000`,
    `committer ${who} ${committedAt} +0000`,
    '',
    request.message.endsWith('\n') ? request.message : `${request.message}\n`,
  ]
  const commit = nameObject('commit', Buffer.from(lines.join('\n')))
  objects.set(commit.oid, commit)
  return { commit: commit.oid, objects: [...objects.values()] }
}

// Characters that would end the name, the address or the line.
const plain = (text: string): string => text.replaceAll(/[<>\r\n\0]/g, ' ').trim()

const folderOf = (changes: readonly FileChange[]): Folder => {
  const root: Folder = { folders: new Map(), files: new Map() }
  for (const { path, bytes } of changes) {
    const names = path.split('/')
    const last = names.pop() ?? ''
    if (![...names, last].every(isSafeName)) throw new Error(`Not a path of a hub: ${path}`)
    let here = root
    for (const name of names) {
      const next = here.folders.get(name) ?? { folders: new Map(), files: new Map() }
      here.folders.set(name, next)
      here = next
    }
    if (here.files.has(last)) throw new Error(`Changed twice in one commit: ${path}`)
    here.files.set(last, bytes)
  }
  return root
}

const isSafeName = (name: string): boolean =>
  name !== '' && name !== '.' && name !== '..' && name.toLowerCase() !== '.git' && !name.includes('\0')

/** The new tree of a folder, or null when nothing is left in it. */
const rebuild = async (
  trees: Trees,
  base: Oid | null,
  folder: Folder,
  objects: Map<Oid, NamedObject>,
): Promise<Oid | null> => {
  const slots = new Map<string, Slot>()
  // In a forged tree a name may stand twice: readers see the first, so that is the one that stays.
  for (const entry of base === null ? [] : await trees.tree(base))
    if (!slots.has(entry.name)) slots.set(entry.name, entry)
  for (const [name, bytes] of folder.files) changeFile(slots, name, bytes, objects)
  for (const [name, below] of folder.folders) {
    const was = slots.get(name)
    const oid = await rebuild(trees, was?.mode === FOLDER_MODE ? was.oid : null, below, objects)
    if (oid !== null) slots.set(name, { mode: FOLDER_MODE, name, oid })
    else if (was?.mode === FOLDER_MODE) slots.delete(name)
  }
  if (slots.size === 0) return null
  const tree = nameObject('tree', encodeTree(slots.values()))
  if (tree.oid !== base) objects.set(tree.oid, tree)
  return tree.oid
}

const changeFile = (
  slots: Map<string, Slot>,
  name: string,
  bytes: Uint8Array | null,
  objects: Map<Oid, NamedObject>,
): void => {
  if (bytes === null) {
    slots.delete(name)
    return
  }
  const blob = nameObject('blob', Buffer.from(bytes))
  if (slots.get(name)?.oid !== blob.oid) objects.set(blob.oid, blob)
  slots.set(name, { mode: FILE_MODE, name, oid: blob.oid })
}
