/** The few things use cases do with files, with failures in the user's words. */
import { createHash } from 'node:crypto'
import {
  type BigIntStats,
  closeSync,
  createReadStream,
  existsSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, isAbsolute, join, sep } from 'node:path'
import type { Files } from '../app/ports.ts'
import { Problem } from '../core/problem.ts'
import { makeFolder, storeProblem } from './store-problem.ts'

/** Where digests are remembered. Keys contain everything that changes when the content does. */
export interface DigestCache {
  get(key: string): string | undefined
  set(key: string, digest: string): void
}

const attempt = <T>(action: string, path: string, act: () => T): T => {
  try {
    return act()
  } catch (error) {
    throw storeProblem(action, path, error)
  }
}

export const createFiles = (digests: DigestCache = new Map<string, string>()): Files => ({
  exists: existsSync,
  glob,
  makeDir: makeFolder,
  removeTree: (path) => attempt('remove', path, () => rmSync(path, { recursive: true, force: true })),
  writeAtomically: (path, content) => attempt('write', path, () => writeAtomically(path, content)),
  readText: (path) => attempt('read', path, () => readFileSync(path, 'utf8')),
  sha256: async (path) => {
    try {
      return await digestOf(path, digests, new Set())
    } catch (error) {
      throw error instanceof Problem ? error : storeProblem('read', path, error)
    }
  },
  sizeOf: (path) => attempt('read', path, () => sizeOf(path)),
})

let temporaries = 0

const writeAtomically = (path: string, content: string | Uint8Array): void => {
  const folder = dirname(path)
  const temporary = join(folder, `.${basename(path)}.${process.pid}.${temporaries++}.tmp`)
  try {
    const fd = openSync(temporary, 'w')
    try {
      writeFileSync(fd, content)
      fsyncSync(fd)
    } finally {
      closeSync(fd)
    }
    renameSync(temporary, path)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
  // The new name is on disk only when the folder is.
  const fd = openSync(folder, 'r')
  try {
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
}

/**
 * Paths (joined to `dir`) that match a relative pattern, in code-point order. `*` stands for any run of characters
 * within one name, but not for a leading dot. A link that leads out of `dir` does not match.
 */
const glob = (dir: string, pattern: string): readonly string[] => {
  const segments = pattern.split('/').filter((segment) => segment !== '' && segment !== '.')
  if (isAbsolute(pattern) || segments.includes('..'))
    throw new Problem('E_CONFIG', `The pattern "${pattern}" leads out of the folder it belongs to.`, {
      hints: ['Write a path relative to the output folder, without "..".'],
    })
  if (!existsSync(dir)) return []
  const inside = realpathSync(dir)
  let found = [dir]
  for (const segment of segments) found = found.flatMap((folder) => matches(folder, segment))
  return found
    .filter((path) => existsSync(path) && isWithin(realpathSync(path), inside))
    .sort((left, right) => (left < right ? -1 : 1))
}

const matches = (folder: string, segment: string): string[] => {
  if (!segment.includes('*')) return [join(folder, segment)]
  const expression = new RegExp(`^${segment.split('*').map(escaped).join('[^/]*')}$`, 's')
  return names(folder)
    .filter((name) => expression.test(name) && (segment.startsWith('.') || !name.startsWith('.')))
    .map((name) => join(folder, name))
}

const escaped = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')

const names = (folder: string): string[] => {
  try {
    return readdirSync(folder)
  } catch {
    return [] // a file, or closed to us: nothing matches in there
  }
}

const isWithin = (path: string, folder: string): boolean =>
  path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep)

const digestOf = async (path: string, digests: DigestCache, above: ReadonlySet<string>): Promise<string> => {
  const stat = statSync(path, { bigint: true })
  if (stat.isDirectory()) return digestOfFolder(path, stat, digests, above)
  if (!stat.isFile())
    throw new Problem('E_INPUT', `${path} is neither a file nor a folder; its content cannot be digested.`, {
      hints: ['Give a regular file.'],
    })
  const key = [stat.dev, stat.ino, stat.size, stat.mtimeNs, stat.ctimeNs].join(':')
  const known = digests.get(key)
  if (known !== undefined) return known
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path, { highWaterMark: 2 ** 20 })) hash.update(chunk as Buffer)
  const digest = hash.digest('hex')
  digests.set(key, digest)
  return digest
}

// A manifest of names, sizes and digests in name order. Links count as what they lead to: databases are full of them.
const digestOfFolder = async (
  path: string,
  { dev, ino }: BigIntStats,
  digests: DigestCache,
  above: ReadonlySet<string>,
): Promise<string> => {
  const identity = `${dev}:${ino}`
  const manifest = createHash('sha256')
  for (const name of readdirSync(path).sort()) {
    const entry = join(path, name)
    const stat = statSync(entry, { bigint: true, throwIfNoEntry: false })
    const inside = new Set([...above, identity])
    const content =
      stat === undefined || inside.has(`${stat.dev}:${stat.ino}`) // leads nowhere, or back to where we came from
        ? `link ${readlinkSync(entry)}`
        : `${stat.isDirectory() ? 'folder' : stat.size} ${await digestOf(entry, digests, inside)}`
    manifest.update(`${JSON.stringify(name)} ${content}\n`)
  }
  return manifest.digest('hex')
}

const sizeOf = (path: string): number => {
  const stat = statSync(path)
  if (!stat.isDirectory()) return stat.size
  let total = 0
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    if (entry.isDirectory()) total += sizeOf(join(path, entry.name))
    // A link is not part of the folder's size: what it leads to may be counted elsewhere, or be the folder itself.
    else if (entry.isFile()) total += statSync(join(path, entry.name)).size
  }
  return total
}
