/** Files of one folder, and of nothing beside it. */
import { constants } from 'node:fs'
import { type FileHandle, open, realpath } from 'node:fs/promises'
import { join } from 'node:path'

/** The names a dashboard gives its files: no dots in front, no upper case, nothing that means anything to a file system. */
const PATH = /^(?:[a-z0-9][a-z0-9._-]*\/)*[a-z0-9][a-z0-9._-]*$/

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  json: 'application/json; charset=utf-8',
  tsv: 'text/tab-separated-values; charset=utf-8',
  xml: 'application/xml; charset=utf-8',
}

export interface OpenFile {
  readonly handle: FileHandle
  readonly bytes: number
  readonly type: string
  readonly etag: string
  readonly modified: Date
}

/** Neither has every system; links are looked for besides. */
const FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)

/** Opens a file of a folder for reading; null: there is none, or what is there is no file of it. Steps are separated by `/`. */
export const openFile = async (folder: string, path: string): Promise<OpenFile | null> => {
  if (!PATH.test(path)) return null
  try {
    const root = await realpath(folder)
    const file = join(root, path)
    // A link on the way would lead out of the folder.
    if ((await realpath(file)) !== file) return null
    const handle = await open(file, FLAGS)
    const stat = await handle.stat()
    if (!stat.isFile()) {
      await handle.close()
      return null
    }
    const etag = `"${stat.size.toString(36)}-${Math.round(stat.mtimeMs * 1000).toString(36)}-${stat.ino.toString(36)}"`
    const type = TYPES[/\.([a-z]+)$/.exec(path)?.[1] ?? ''] ?? 'application/octet-stream'
    return { handle, bytes: stat.size, type, etag, modified: stat.mtime }
  } catch (error) {
    if (NOT_THERE.has((error as { code?: string }).code ?? '')) return null
    throw error
  }
}

const NOT_THERE = new Set(['ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG', 'EISDIR', 'ENXIO'])
