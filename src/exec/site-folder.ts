/** The folder of a static site: what changed is written, what a killed build left is mended. */
import { createHash } from 'node:crypto'
import { appendFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { OpenSite, SiteFile, SiteReport, SiteWriter } from '../app/hub/dashboard-ports.ts'
import { Problem } from '../core/problem.ts'
import { kindOf, makeFolders, removeFile, replaceFile, UNFINISHED } from './own-folder.ts'
import { storeProblem } from './store-problem.ts'
import { LOCK, releaseSiteLock, takeSiteLock } from './site-lock.ts'

const MANIFEST = 'manifest.json'
const FORMAT = 'benchmark.dashboard-manifest/1'
/** Paths that a build under way is about to write: a killed one leaves it, and the next one knows its own files by it. */
const JOURNAL = '.building'
const PATH = /^(?:[a-z0-9][a-z0-9._-]*\/)*[a-z0-9][a-z0-9._-]*$/

interface Entry {
  /** Where the file is; with the digest of its content where it is `hashed`. */
  readonly file: string
  readonly inputs: string
  readonly sha256: string
  readonly bytes: number
}

export const openSite: OpenSite = (folder, options) => {
  try {
    return siteIn(resolve(folder), options)
  } catch (error) {
    throw asProblem(error, folder)
  }
}

const siteIn = (root: string, { force, version }: Parameters<OpenSite>[1]): SiteWriter => {
  checkFolder(root, force)
  takeSiteLock(root)
  const before = writtenBefore(root)
  writeFileSync(join(root, JOURNAL), '', { flag: 'a' })
  const started = readJournal(root)
  const known = new Set([...[...before.values()].map(({ file }) => file), ...started])
  for (const path of started) rmSync(join(root, `${path}${UNFINISHED}`), { force: true })
  const now = new Map<string, Entry>()
  const folders = new Set<string>()
  let [written, unchanged] = [0, 0]

  /** The bytes an entry stands for, when the file still has them. */
  const intact = (entry: Entry | undefined): Buffer | null => {
    if (entry === undefined || kindOf(join(root, entry.file)) !== 'file') return null
    const bytes = readFileSync(join(root, entry.file))
    return bytes.length === entry.bytes && sha256(bytes) === entry.sha256 ? bytes : null
  }
  const put = (file: string, bytes: Buffer): void => {
    if (!known.has(file)) {
      if (kindOf(join(root, file)) !== 'nothing' && !force)
        throw new Problem('E_USAGE', `${join(root, file)} is there, and no dashboard wrote it.`, {
          hints: ['Name another folder, or overwrite it with --force.'],
        })
      appendFileSync(join(root, JOURNAL), `${file}\n`)
      known.add(file)
    }
    makeFolders(root, file, 'dashboard', folders)
    replaceFile(join(root, file), bytes)
  }
  const write = (of: SiteFile): string => {
    if (!PATH.test(of.path)) throw new Error(`No path of a site: ${JSON.stringify(of.path)}`)
    if (now.has(of.path)) throw new Error(`Two files of the site are called ${of.path}`)
    const earlier = before.get(of.path)
    if (earlier?.inputs === of.inputs && intact(earlier)) {
      now.set(of.path, earlier)
      unchanged++
      return earlier.file
    }
    const bytes = Buffer.from(of.text())
    const digest = sha256(bytes)
    const file = of.hashed === true ? of.path.replace(/(?=\.[^./]+$)/, `.${digest.slice(0, 10)}`) : of.path
    const entry = { file, inputs: of.inputs, sha256: digest, bytes: bytes.length }
    if (intact(entry)) unchanged++
    else {
      put(file, bytes)
      written++
    }
    now.set(of.path, entry)
    return file
  }
  const finish = (): SiteReport => {
    const kept = new Set([...now.values()].map(({ file }) => file))
    const removed = [...known].filter((file) => !kept.has(file) && PATH.test(file) && removeFile(root, file)).length
    const entries = [...now].sort(([left], [right]) => (left < right ? -1 : 1))
    const text = `${JSON.stringify({ schema: FORMAT, version, files: Object.fromEntries(entries) })}\n`
    const isSame = kindOf(join(root, MANIFEST)) === 'file' && readFileSync(join(root, MANIFEST), 'utf8') === text
    if (!isSame) replaceFile(join(root, MANIFEST), Buffer.from(text))
    rmSync(join(root, JOURNAL), { force: true })
    releaseSiteLock(root)
    const bytes = entries.reduce((sum, [, entry]) => sum + entry.bytes, Buffer.byteLength(text))
    return { files: entries.length + 1, written, unchanged, removed, bytes }
  }
  return {
    earlier: (path) => {
      const entry = before.get(path)
      const bytes = intact(entry)
      return entry === undefined || bytes === null ? null : { inputs: entry.inputs, text: bytes.toString('utf8') }
    },
    write: guarded(root, write),
    finish: guarded(root, finish),
  }
}

const guarded =
  <Values extends unknown[], Result>(root: string, act: (...values: Values) => Result) =>
  (...values: Values): Result => {
    try {
      return act(...values)
    } catch (error) {
      throw asProblem(error, root)
    }
  }

const asProblem = (error: unknown, folder: string): unknown => {
  const code = (error as { code?: unknown }).code
  return error instanceof Problem || typeof code !== 'string'
    ? error
    : storeProblem('write the dashboard to', folder, error)
}

/** A new folder, an empty one, or one of a dashboard; another one only by force. */
const checkFolder = (root: string, force: boolean): void => {
  const kind = kindOf(root)
  if (kind === 'nothing') mkdirSync(root, { recursive: true })
  else if (kind !== 'folder')
    throw new Problem('E_USAGE', `${root} is no folder.`, { hints: ['Name another one with --output.'] })
  if (readdirSync(root).length === 0 || force || writtenBefore(root).size > 0) return
  if ([JOURNAL, LOCK].every((own) => kindOf(join(root, own)) !== 'file'))
    throw new Problem('E_USAGE', `${root} is not empty, and no dashboard was written there.`, {
      hints: ['Name an empty folder or a new one.', '--force writes into it; what is not of the dashboard stays.'],
    })
}

/** What the last whole build wrote; nothing for a new folder. */
const writtenBefore = (root: string): ReadonlyMap<string, Entry> =>
  (kindOf(join(root, MANIFEST)) === 'file' ? readManifest(join(root, MANIFEST)) : null) ?? new Map<string, Entry>()

const readManifest = (path: string): ReadonlyMap<string, Entry> | null => {
  try {
    const value = JSON.parse(readFileSync(path, 'utf8')) as { schema?: unknown; files?: Record<string, Entry> }
    if (value.schema !== FORMAT || typeof value.files !== 'object') return null
    // The names become paths again: a manifest somebody edited must not reach out of the folder.
    return new Map(Object.entries(value.files).filter(([key, { file }]) => PATH.test(key) && PATH.test(file)))
  } catch {
    return null
  }
}

const readJournal = (root: string): readonly string[] =>
  kindOf(join(root, JOURNAL)) === 'file'
    ? readFileSync(join(root, JOURNAL), 'utf8')
        .split('\n')
        .filter((line) => PATH.test(line))
    : []

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')
