/** Measures and removes what this program left on disk. Links are neither followed nor measured. */
import {
  accessSync,
  type BigIntStats,
  constants,
  lstatSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
} from 'node:fs'
import { dirname, isAbsolute, join, relative, sep } from 'node:path'
import type { Disk, DiskEntry } from '../app/prune/prune-ports.ts'
import type { Problem } from '../core/problem.ts'
import { kindOf, makeFolders } from './own-folder.ts'
import { storeProblem } from './store-problem.ts'

/** The unit of `blocks`, whatever the file system's own block size. */
const BLOCK_BYTES = 512n
const { R_OK, W_OK, X_OK } = constants

export const createDisk = (): Disk => {
  const namesSeen = new Map<string, bigint>()

  // Space is given back with the last name of a file.
  const frees = (stat: BigIntStats): bigint => {
    const bytes = blocksOf(stat)
    if (stat.isDirectory() || stat.nlink <= 1n) return bytes
    const inode = `${stat.dev}:${stat.ino}`
    const seen = (namesSeen.get(inode) ?? 0n) + 1n
    namesSeen.set(inode, seen)
    return seen === stat.nlink ? bytes : 0n
  }

  return {
    list: (folder) => {
      if (kindOf(folder) !== 'folder') return []
      return attempt('read', folder, () =>
        readdirSync(folder).flatMap((name): DiskEntry[] => {
          const path = join(folder, name)
          const stat = lstatSync(path, { throwIfNoEntry: false })
          if (stat === undefined) return []
          const kind = stat.isDirectory() ? 'folder' : stat.isFile() ? 'file' : 'other'
          return [{ name, kind, changedAt: changedAt(stat), links: stat.nlink }]
        }),
      )
    },

    measure: (path) => {
      let bytes = 0n
      let files = 0
      let obstacle: Problem | null = obstacleTo(dirname(path))
      const waiting = [path]
      for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
        const stat = lstatSync(next, { bigint: true, throwIfNoEntry: false })
        if (stat === undefined) continue
        bytes += frees(stat)
        if (!stat.isDirectory()) {
          files++
          continue
        }
        const inTheWay = obstacleTo(next)
        obstacle ??= inTheWay
        if (inTheWay === null) for (const name of readdirSync(next)) waiting.push(join(next, name))
      }
      return { bytes: Number(bytes), files, obstacle }
    },

    standsIn: (folder, base) =>
      kindOf(folder) === 'folder' &&
      attempt('read', folder, () => {
        // The folder of all results may be a link, too: then nobody can tell whose they are.
        if (kindOf(base) !== 'folder') return false
        const way = relative(realpathSync(base), realpathSync(folder))
        return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
      }),

    setAside: (folder, name, as) =>
      attempt('remove', join(folder, name), () => {
        if (kindOf(folder) !== 'folder' || kindOf(join(folder, name)) !== 'folder') return false
        return unlessGone(() => renameSync(join(folder, name), join(folder, as)))
      }),

    moveFile: (from, root, to) => {
      if (kindOf(from) !== 'file' || kindOf(join(root, to)) !== 'nothing') return
      makeFolders(root, to, 'run', new Set())
      attempt('write', join(root, to), () => renameSync(from, join(root, to)))
    },

    remove: (path, unlessChangedSince = Infinity) =>
      attempt('remove', path, () => {
        const stat = lstatSync(path, { throwIfNoEntry: false })
        if (stat === undefined || !(stat.isFile() || stat.isDirectory())) return false
        if (changedAt(stat) > unlessChangedSince) return false
        // Retries: another process may be removing the same.
        rmSync(path, { recursive: true, force: true, maxRetries: 3, retryDelay: 50 })
        return true
      }),
  }
}

const blocksOf = ({ blocks, size }: BigIntStats): bigint =>
  // Some systems do not tell blocks.
  (blocks as bigint | undefined) === undefined ? size : blocks * BLOCK_BYTES

const changedAt = ({ mtimeMs, ctimeMs }: Stats): number => Math.max(mtimeMs, ctimeMs)

const obstacleTo = (folder: string): Problem | null => {
  try {
    accessSync(folder, R_OK | W_OK | X_OK)
    return null
  } catch (error) {
    return isGone(error) ? null : storeProblem('remove what is in', folder, error)
  }
}

const unlessGone = (act: () => void): boolean => {
  try {
    act()
    return true
  } catch (error) {
    if (isGone(error)) return false
    throw error
  }
}

const isGone = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT'

const attempt = <T>(action: string, path: string, act: () => T): T => {
  try {
    return act()
  } catch (error) {
    throw storeProblem(action, path, error)
  }
}
