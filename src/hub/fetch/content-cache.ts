/** Content by digest: `<cache>/sha256/<aa>/<sha256>`, read-only, shared by every dataset that has it. */
import {
  constants,
  copyFileSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statfsSync,
  utimesSync,
} from 'node:fs'
import { open } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { ContentCache, FailedSource, ObtainedContent, WantedContent } from '../../app/hub/fetch-ports.ts'
import { Problem } from '../../core/problem.ts'
import { httpSource } from './http-source.ts'
import { localSource } from './local-source.ts'
import { digestOf, isProcess, openPartial, partialsOf, type PartialContent } from './partial-content.ts'
import { receive, type Reception } from './receive.ts'
import { s3Source } from './s3-source.ts'
import { oneLine, type Patience, type Source, SourceFailure } from './source.ts'
import { stored } from '../storage-problem.ts'

export interface CacheOptions {
  /** Absolute. */
  readonly folder: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly patience?: Patience
}

const NEVER = new AbortController().signal
const PATIENCE: Patience = { silentMs: 60_000, pauseMs: 500 }

export const createContentCache = ({ folder, env, patience = PATIENCE }: CacheOptions): ContentCache => {
  const pathOf = (sha256: string): string => join(folder, 'sha256', sha256.slice(0, 2), sha256)
  const sourceOf = (given: string): Source => {
    if (/^https?:/i.test(given)) {
      if (!URL.canParse(given)) throw new SourceFailure('it is no address')
      return httpSource(given, patience)
    }
    if (/^s3:/i.test(given)) return s3Source(given, env, patience)
    if (/^file:/i.test(given) || given.startsWith('/') || /^[A-Za-z]:[\\/]/.test(given)) return localSource(given)
    throw new SourceFailure('it is none of http, https, s3, file and an absolute path')
  }
  return {
    obtain: async (content, reception) => {
      const path = pathOf(content.sha256)
      try {
        await stored('create the folder', dirname(path), () => mkdirSync(dirname(path), { recursive: true }))
        return await obtain(path, content, sourceOf, patience, reception)
      } catch (error) {
        if (reception.signal.aborted) throw new Problem('E_INTERRUPTED', 'Fetching was stopped.')
        throw error
      }
    },
    place: ({ sha256 }, root, path) => stored('write', join(root, path), () => place(pathOf(sha256), root, path)),
    holds: (content, root, path) =>
      stored('read', join(root, path), () => !linkOnTheWay(root, path) && isContent(join(root, path), content)),
    bytesHere: ({ sha256, bytes }) => {
      const whole = lstatSync(pathOf(sha256), { throwIfNoEntry: false })
      return Math.min(bytes, whole?.size ?? partialsOf(pathOf(sha256))[0]?.size ?? 0)
    },
    freeBytes: () => freeBytes(folder),
  }
}

const obtain = async (
  path: string,
  content: WantedContent,
  sourceOf: (given: string) => Source,
  patience: Patience,
  reception: Reception,
): Promise<ObtainedContent> => {
  const failed: FailedSource[] = []
  let received = 0
  for (;;) {
    if (await isContent(path, content, reception.signal)) {
      touch(path)
      reception.onBytes(content.bytes)
      return { outcome: 'cached', source: null, received, failed }
    }
    // Whatever is there is damaged: not what its name says.
    rmSync(path, { force: true })
    const partial = await openPartial(
      path,
      () => lstatSync(path, { throwIfNoEntry: false }) !== undefined,
      reception.signal,
    )
    if (partial === null) continue
    let isOpen = true
    try {
      const source = await fromAny(
        partial,
        content,
        sourceOf,
        patience,
        reception,
        failed,
        (bytes) => (received += bytes),
      )
      if (source === null) return { outcome: 'failed', source: null, received, failed }
      isOpen = false
      if (await partial.finish(path)) return { outcome: 'fetched', source, received, failed }
    } finally {
      if (isOpen) await partial.release()
    }
  }
}

// Says when it was last used: what nobody used for long may be pruned.
const touch = (path: string): void => {
  try {
    const now = new Date()
    utimesSync(path, now, now)
  } catch {
    // It is somebody else's, in a cache that several share.
  }
}

const fromAny = async (
  partial: PartialContent,
  content: WantedContent,
  sourceOf: (given: string) => Source,
  patience: Patience,
  reception: Reception,
  failed: FailedSource[],
  count: (received: number) => void,
): Promise<string | null> => {
  for (const given of content.sources) {
    let name = oneLine(given)
    try {
      const source = sourceOf(given)
      ;({ name } = source)
      count(await receive(partial, source, content, patience, reception))
      return name
    } catch (error) {
      if (!(error instanceof SourceFailure)) throw error
      failed.push({ source: name, reason: error.message })
    }
  }
  return null
}

const isContent = async (
  path: string,
  { sha256, bytes }: Pick<WantedContent, 'sha256' | 'bytes'>,
  signal: AbortSignal = NEVER,
): Promise<boolean> => {
  const found = lstatSync(path, { throwIfNoEntry: false })
  if (found === undefined || !found.isFile() || found.size !== bytes) return false
  const file = await open(path, 'r')
  try {
    return (await digestOf(file, signal)).hash.digest('hex') === sha256
  } finally {
    await file.close()
  }
}

/** The first folder between `root` and the file that is a link or no folder; null when all are plain folders. */
const linkOnTheWay = (root: string, path: string): string | null => {
  let at = root
  for (const part of path.split('/').slice(0, -1)) {
    at = join(at, part)
    const found = lstatSync(at, { throwIfNoEntry: false })
    if (found === undefined) return null
    if (!found.isDirectory()) return at
  }
  return null
}

const TEMPORARY = /^\.fetching-(\d+)-\d+$/
let count = 0

const place = (from: string, root: string, path: string): void => {
  const link = linkOnTheWay(root, path)
  if (link !== null)
    throw new Problem('E_INPUT', `${link} is a link or a file where a folder of the dataset should be.`, {
      hints: ['Nothing is written through links. Move it away and fetch again.'],
    })
  const target = join(root, path)
  mkdirSync(dirname(target), { recursive: true })
  const temporary = join(root, `.fetching-${process.pid}-${count++}`)
  for (const name of readdirSync(root)) {
    const pid = TEMPORARY.exec(name)?.[1]
    if (pid !== undefined && Number(pid) !== process.pid && !isProcess(Number(pid)))
      rmSync(join(root, name), { force: true })
  }
  try {
    try {
      linkSync(from, temporary)
    } catch {
      // Another file system, or one without hard links: a copy, which costs nothing where blocks can be shared.
      copyFileSync(from, temporary, constants.COPYFILE_FICLONE)
    }
    renameSync(temporary, target)
  } finally {
    // Two names of one file: renaming one to the other leaves both.
    rmSync(temporary, { force: true })
  }
}

const freeBytes = (folder: string): number | null => {
  for (let at = folder; ; at = dirname(at)) {
    try {
      const { bavail, bsize } = statfsSync(at)
      return bavail * bsize
    } catch {
      if (dirname(at) === at) return null
    }
  }
}
