import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { HubMirrors } from '../../app/prune/prune-ports.ts'
import { Problem } from '../../core/problem.ts'
import { alone } from './lock.ts'
import { createMirror, MARKER } from './mirror.ts'
import { MAIN } from './object.ts'

/** Whoever works with a mirror is not waited for: it is in use then. */
const WAIT_MS = 0

/** The mirrors of hubs in a folder that holds nothing else of this program. */
export const createMirrorFolder = (folder: string): HubMirrors => ({
  list: () => {
    if (!existsSync(folder)) return []
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      const path = join(folder, entry.name)
      const url = entry.isDirectory() ? urlOf(path) : null
      return url === null ? [] : [{ path, url, usedAt: usedAt(path) }]
    })
  },

  remove: async (path) => {
    const url = urlOf(path)
    if (url === null) return false
    try {
      await alone(`${path}.lock`, () => createMirror(path, url, null).remove(), WAIT_MS)
      return true
    } catch (error) {
      if (error instanceof Problem && error.code === 'E_BUSY') return false
      throw error
    }
  },
})

const urlOf = (path: string): string | null => {
  try {
    return readFileSync(join(path, MARKER), 'utf8').trimEnd()
  } catch {
    return null // no mirror, or one that is just being made
  }
}

const usedAt = (path: string): number =>
  Math.max(
    ...['.', 'offered', MAIN, 'objects/pack'].map(
      (part) => statSync(join(path, part), { throwIfNoEntry: false })?.mtimeMs ?? 0,
    ),
  )
