/** Writes views of hubs: names of strangers become files of ours, so nothing is taken on trust. */
import { closeSync, constants, mkdirSync, openSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { ViewReport, ViewWriter } from '../app/hub/view-ports.ts'
import { classifyPath } from '../core/hub/layout.ts'
import { HUB_RUN_ID, isHubName } from '../core/hub/names.ts'
import { Problem } from '../core/problem.ts'
import { kindOf, makeFolders, NO_FOLLOW, removeFile, replaceFile } from './own-folder.ts'

const MARKER = '.benchmark-hub-view.json'
const FORMAT = 'benchmark.hub-view/1'
const VIEW_RUN = /^warehouse\/results\/([^/]+)\/([^/]+)\/run\.json$/

export const createViewWriter = (): ViewWriter => ({
  write: (dir, source, files) => {
    try {
      return writeView(resolve(dir), source, files)
    } catch (error) {
      if (error instanceof Problem) throw error
      const why = error instanceof Error ? error.message : String(error)
      throw new Problem('E_STORE', `The view cannot be written to ${dir}: ${why}`, { cause: error })
    }
  },
})

const writeView = (
  root: string,
  source: string,
  files: Iterable<{ readonly path: string; readonly bytes: Uint8Array }>,
): ViewReport => {
  const before = openView(root, source)
  const known = new Set(before)
  const now = new Set<string>()
  const folders = new Set<string>()
  let [written, unchanged] = [0, 0]
  for (const { path, bytes } of files) {
    if (!isViewPath(path)) throw new Problem('E_HUB', `The hub has a file that no view may write: ${printable(path)}.`)
    if (now.has(path)) continue
    makeFolders(root, path, 'view', folders)
    now.add(path)
    // What is about to exist is noted first: killed in between, the next view still knows the file as its own.
    if (!known.has(path)) {
      known.add(path)
      if (kindOf(join(root, path)) !== 'nothing')
        throw new Problem('E_USAGE', `${join(root, path)} is there, and no view wrote it.`)
    }
    if (isSame(join(root, path), bytes)) unchanged++
    else {
      replaceFile(join(root, path), bytes)
      written++
    }
  }
  const stale = before.filter((path) => !now.has(path) && isViewPath(path))
  let removed = 0
  for (const path of stale) if (removeFile(root, path)) removed++
  replaceFile(join(root, MARKER), marker(source, [...now].sort()))
  return { written, unchanged, removed }
}

/** Paths that an earlier view wrote here; none for a new or empty folder. */
const openView = (root: string, source: string): readonly string[] => {
  const kind = kindOf(root)
  if (kind === 'nothing') mkdirSync(root, { recursive: true })
  else if (kind !== 'folder') throw new Problem('E_USAGE', `${root} is no folder.`)
  const names = readdirSync(root)
  if (names.length === 0) {
    replaceFile(join(root, MARKER), marker(source, []))
    return []
  }
  const earlier = kindOf(join(root, MARKER)) === 'file' ? readMarker(join(root, MARKER)) : null
  if (earlier === null)
    throw new Problem('E_USAGE', `${root} is not empty, and no view of a hub was written there.`, {
      hints: ['Name an empty folder, or one that does not exist yet.'],
    })
  if (earlier.source !== source)
    throw new Problem('E_USAGE', `${root} is a view of another hub.`, { hints: ['Name another folder.'] })
  // Files of a view that was cut short are not in its list: everything that looks like one is taken for one.
  return [...new Set([...earlier.files, ...viewFilesIn(root)])]
}

const marker = (source: string, files: readonly string[]): Uint8Array =>
  Buffer.from(`${JSON.stringify({ schema: FORMAT, source, files }, null, 1)}\n`)

const readMarker = (path: string): { readonly source: string; readonly files: readonly string[] } | null => {
  try {
    const value = JSON.parse(readFileSync(path, 'utf8')) as { schema?: unknown; source?: unknown; files?: unknown }
    if (value.schema !== FORMAT || typeof value.source !== 'string' || !Array.isArray(value.files)) return null
    return { source: value.source, files: value.files.filter((file): file is string => typeof file === 'string') }
  } catch {
    return null
  }
}

/** Places a view may write to; the layout's own, and a folder for each run. */
const isViewPath = (path: string): boolean => {
  const [, project = '', runId = ''] = VIEW_RUN.exec(path) ?? []
  if (project !== '') return isHubName(project) && HUB_RUN_ID.test(runId)
  const kind = classifyPath(path)?.kind
  return kind !== undefined && kind !== 'furniture' && kind !== 'run' && kind !== 'segment' && kind !== 'seal'
}

const viewFilesIn = (root: string, folder = ''): readonly string[] => {
  const found: string[] = []
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`
    if (entry.isDirectory()) found.push(...viewFilesIn(root, path))
    else if (entry.isFile() && isViewPath(path)) found.push(path)
  }
  return found
}

const isSame = (path: string, bytes: Uint8Array): boolean => {
  if (kindOf(path) !== 'file') return false
  const file = openSync(path, constants.O_RDONLY | NO_FOLLOW)
  try {
    return Buffer.from(bytes).equals(readFileSync(file))
  } finally {
    closeSync(file)
  }
}

const printable = (path: string): string => JSON.stringify(path)
