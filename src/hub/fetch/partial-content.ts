/**
 * Content that is being fetched: a file beside the cache that belongs to one process at a time. Its name says to whom
 * (`<sha256>.<host>-<pid>-<n>.part`, pid 0: nobody), so that what a killed process left is taken up by the next one.
 */
import { createHash, type Hash } from 'node:crypto'
import {
  copyFileSync,
  constants,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { hostname } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { stored } from '../storage-problem.ts'

/** A process that writes nothing for that long is taken for dead: twice the longest silence of a source. */
const ABANDONED_MS = 120_000
const LOOK_AGAIN_MS = 200

const HOST = createHash('sha256').update(hostname()).digest('hex').slice(0, 8)
let count = 0

/** Where its bytes came from, for going on there. */
interface Provenance {
  readonly source: string
  readonly validator: string | null
}

/** One file in the making, with the digest of what it holds. */
export interface PartialContent {
  readonly size: number
  readonly provenance: Provenance | null
  write(chunk: Uint8Array): Promise<void>
  /** Empties it. */
  restart(): Promise<void>
  note(provenance: Provenance): void
  digest(): string
  /** Makes it visible under its final name, read-only. False: another process took it over meanwhile. */
  finish(target: string): Promise<boolean>
  /** Leaves it for the next attempt; an empty one is removed. */
  release(): Promise<void>
}

/**
 * Opens the partial file of `target`, as it was left or afresh. While another living process works on it, waits; null
 * when `isDone` says meanwhile that there is nothing left to do.
 */
export const openPartial = async (
  target: string,
  isDone: () => boolean,
  signal: AbortSignal,
): Promise<PartialContent | null> => {
  for (;;) {
    const others = partialsOf(target)
    if (!others.some(isAlive)) {
      const own = join(dirname(target), `${basename(target)}.${HOST}-${process.pid}-${count++}.part`)
      return await stored('write', own, () => begin(own, takeOver(others, own), signal))
    }
    await delay(LOOK_AGAIN_MS, undefined, { signal })
    if (isDone()) return null
  }
}

interface Left {
  readonly path: string
  readonly host: string
  readonly pid: number
  readonly size: number
  readonly changedMs: number
}

/** What there is of it, the largest first. */
export const partialsOf = (target: string): readonly Left[] => {
  const folder = dirname(target)
  return names(folder)
    .flatMap((name): Left[] => {
      if (!name.startsWith(`${basename(target)}.`)) return []
      const [, host, pid] = /\.([0-9a-f]{8})-(\d+)-\d+\.part$/.exec(name) ?? []
      const path = join(folder, name)
      const found = statSync(path, { throwIfNoEntry: false })
      if (host === undefined || found === undefined) return []
      return [{ path, host, pid: Number(pid), size: found.size, changedMs: found.mtimeMs }]
    })
    .sort((left, right) => right.size - left.size)
}

const names = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

const isAlive = ({ host, pid, changedMs }: Left): boolean => {
  if (pid === 0 || Date.now() - changedMs > ABANDONED_MS) return false
  return host !== HOST || isProcess(pid)
}

/** Whether a process of this machine is alive. */
export const isProcess = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

// The owner of a file on another machine may only be slow: then it must not write into ours.
const takeOver = (left: readonly Left[], own: string): boolean => {
  let taken = false
  for (const { path, host, pid } of left) {
    try {
      if (!taken) {
        if (pid === 0 || (host === HOST && !isProcess(pid))) renameSync(path, own)
        else copyFileSync(path, own, constants.COPYFILE_FICLONE)
        taken = true
        moveNote(path, own)
      }
      rmSync(path, { force: true })
      rmSync(noteOf(path), { force: true })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error // somebody else was faster
    }
  }
  return taken
}

const noteOf = (path: string): string => `${path}.json`

const moveNote = (from: string, to: string): void => {
  try {
    copyFileSync(noteOf(from), noteOf(to))
  } catch {
    // Without it the next attempt asks without a condition, and the digest decides.
  }
}

const readNote = (path: string): Provenance | null => {
  try {
    const { source, validator } = JSON.parse(readFileSync(noteOf(path), 'utf8')) as Partial<Provenance>
    return typeof source === 'string' ? { source, validator: typeof validator === 'string' ? validator : null } : null
  } catch {
    return null
  }
}

const begin = async (path: string, taken: boolean, signal: AbortSignal): Promise<PartialContent> => {
  const file = await open(path, taken ? 'r+' : 'wx+')
  try {
    const { hash, size } = await digestOf(file, signal)
    return partial(path, file, { hash, size, provenance: size > 0 ? readNote(path) : null })
  } catch (error) {
    await file.close()
    renameSync(path, nobodys(path))
    throw error
  }
}

const nobodys = (path: string): string => path.replace(/-\d+-(\d+)\.part$/, `-0-${process.pid}$1.part`)

const partial = (
  path: string,
  file: FileHandle,
  state: { hash: Hash; size: number; provenance: Provenance | null },
): PartialContent => ({
  get size() {
    return state.size
  },
  get provenance() {
    return state.provenance
  },
  write: async (chunk) => {
    await stored('write', path, async () => {
      for (let done = 0; done < chunk.length;)
        done += (await file.write(chunk, done, chunk.length - done, state.size + done)).bytesWritten
    })
    state.hash.update(chunk)
    state.size += chunk.length
  },
  restart: async () => {
    await stored('write', path, () => file.truncate(0))
    state.hash = createHash('sha256')
    state.size = 0
    state.provenance = null
  },
  note: (provenance) => {
    if (state.provenance?.source === provenance.source && state.provenance.validator === provenance.validator) return
    state.provenance = provenance
    try {
      // Half a note is no note; see readNote.
      writeFileSync(noteOf(path), JSON.stringify(provenance))
    } catch {
      // Without it the next attempt asks without a condition. A full disk is told by what is written next.
    }
  },
  digest: () => state.hash.copy().digest('hex'),
  finish: (target) =>
    stored('write', target, async () => {
      await file.chmod(0o444).catch(() => undefined) // some shared file systems have no modes
      await file.sync()
      await file.close()
      rmSync(noteOf(path), { force: true })
      try {
        renameSync(path, target)
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false
        throw error
      }
      const folder = await open(dirname(target), 'r')
      await folder.sync().catch(() => undefined)
      await folder.close()
      return true
    }),
  release: async () => {
    await file.close()
    if (state.size === 0) {
      rmSync(path, { force: true })
      rmSync(noteOf(path), { force: true })
      return
    }
    const left = nobodys(path)
    try {
      moveNote(path, left)
      renameSync(path, left)
      rmSync(noteOf(path), { force: true })
    } catch {
      // Taken over, or to be found by the pid of a process that is no more.
    }
  },
})

/** Digest of a file as far as it goes. One buffer is used again and again: garbage of this size is collected late. */
export const digestOf = async (
  file: FileHandle,
  signal: AbortSignal,
): Promise<{ readonly hash: Hash; readonly size: number }> => {
  const hash = createHash('sha256')
  const buffer = new Uint8Array(2 ** 20)
  for (let size = 0; ;) {
    signal.throwIfAborted()
    const { bytesRead } = await file.read(buffer, 0, buffer.length, size)
    if (bytesRead === 0) return { hash, size }
    hash.update(buffer.subarray(0, bytesRead))
    size += bytesRead
  }
}
