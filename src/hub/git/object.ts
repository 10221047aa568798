/** Objects of git: their bytes, their names, and what trees and commits say. */
import { createHash } from 'node:crypto'
import type { Oid } from '../../app/hub/git-ports.ts'

export type ObjectType = 'blob' | 'tree' | 'commit' | 'tag'

export interface GitObject {
  readonly type: ObjectType
  readonly bytes: Buffer
}

/** An object and its name. */
export interface NamedObject extends GitObject {
  readonly oid: Oid
}

export interface TreeEntry {
  /** Six digits: `100644`, `040000`, … */
  readonly mode: string
  readonly name: string
  readonly oid: Oid
  /** Where it stands in the order of git: the bytes of its name, one character each, a folder's with a slash. */
  readonly key: string
}

export interface Commit {
  readonly tree: Oid
  readonly parents: readonly Oid[]
  /** Seconds since 1970: when it was written, by its writer's clock. */
  readonly authoredAt: number
  /** The same, but never before its parent's. */
  readonly committedAt: number
  readonly message: string
}

export const FILE_MODE = '100644'
export const FOLDER_MODE = '040000'
export const NO_OID: Oid = '0'.repeat(40)
export const EMPTY_TREE: Oid = '4b825dc642cb6eb9a060e54bf8d69288fbee4904'
/** The one branch of a hub. */
export const MAIN = 'refs/heads/main'

export const isOid = (text: string): boolean => /^[0-9a-f]{40}$/.test(text)

/** Names an object. */
export const nameObject = (type: ObjectType, bytes: Buffer): NamedObject => ({
  type,
  bytes,
  oid: createHash('sha1').update(`${type} ${bytes.length}\0`).update(bytes).digest('hex'),
})

/**
 * Entries in the order of git. A name with a slash, which only a forged tree has, gets U+FFFD for it, so that it cannot pass
 * for a path. Throws a `RangeError` for bytes that are no tree.
 */
export const decodeTree = (bytes: Buffer): TreeEntry[] => {
  const entries: TreeEntry[] = []
  for (let at = 0; at < bytes.length;) {
    const space = bytes.indexOf(0x20, at)
    const end = bytes.indexOf(0, at)
    if (space < at || end < space || end + 21 > bytes.length) throw new RangeError('not a tree')
    const mode = bytes.toString('latin1', at, space).padStart(6, '0')
    const name = bytes.toString('utf8', space + 1, end).replaceAll('/', '\ufffd')
    const key = bytes.toString('latin1', space + 1, end) + (mode === FOLDER_MODE ? '/' : '')
    entries.push({ mode, name, oid: bytes.toString('hex', end + 1, end + 21), key })
    at = end + 21
  }
  for (let index = 1; index < entries.length; index++)
    if ((entries[index - 1]?.key ?? '') > (entries[index]?.key ?? '')) return entries.sort(byKey)
  return entries
}

/** Bytes of a tree. */
export const encodeTree = (entries: Iterable<Pick<TreeEntry, 'mode' | 'name' | 'oid'>>): Buffer => {
  const keyed = [...entries].map((entry) => ({ ...entry, key: entryKey(entry.name, entry.mode) })).sort(byKey)
  return Buffer.concat(
    keyed.flatMap(({ mode, name, oid }) => [
      Buffer.from(`${mode.replace(/^0/, '')} ${name}\0`, 'utf8'),
      Buffer.from(oid, 'hex'),
    ]),
  )
}

const entryKey = (name: string, mode: string): string =>
  Buffer.from(name, 'utf8').toString('latin1') + (mode === FOLDER_MODE ? '/' : '')

const byKey = (left: { readonly key: string }, right: { readonly key: string }): number =>
  left.key < right.key ? -1 : left.key > right.key ? 1 : 0

/** What a commit says. Throws a `RangeError` for bytes that are no commit. */
export const decodeCommit = (bytes: Buffer): Commit => {
  const text = bytes.toString('utf8')
  const end = text.indexOf('\n\n')
  const header = (end < 0 ? text : text.slice(0, end)).split('\n')
  const tree = header[0]?.replace(/^tree /, '') ?? ''
  const parents = header.filter((line) => line.startsWith('parent ')).map((line) => line.slice('parent '.length))
  const timeOf = (who: string): number =>
    Number(/ (\d+) [-+]\d{4}$/.exec(header.find((line) => line.startsWith(`${who} `)) ?? '')?.[1] ?? 0)
  if (!isOid(tree) || !parents.every(isOid)) throw new RangeError('not a commit')
  return {
    tree,
    parents,
    authoredAt: timeOf('author'),
    committedAt: timeOf('committer'),
    message: end < 0 ? '' : text.slice(end + 2),
  }
}
