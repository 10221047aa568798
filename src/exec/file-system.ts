/** What kind of file system a folder is on, and how much room is left there. */
import { existsSync, readFileSync, realpathSync, statfsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

export interface FileSystemFacts {
  /** As the system names it (`ext4`, `nfs4`), or null where it does not say. */
  readonly type: string | null
  /** Several machines may write to it: locks and atomic renames are less certain there. */
  readonly isNetwork: boolean
  readonly freeBytes: number | null
}

const NETWORK = /^(nfs|cifs|smb|lustre|gpfs|beegfs|ceph|glusterfs|afs|9p|fuse\.(sshfs|glusterfs|s3fs))/

/** Facts about the file system of a folder, or of its nearest existing parent. */
export const fileSystemOf = (folder: string): FileSystemFacts => {
  let existing = resolve(folder)
  while (!existsSync(existing) && dirname(existing) !== existing) existing = dirname(existing)
  const type = mountType(realpathSync(existing))
  return { type, isNetwork: type !== null && NETWORK.test(type), freeBytes: freeBytes(existing) }
}

const freeBytes = (folder: string): number | null => {
  try {
    const { bavail, bsize } = statfsSync(folder)
    return bavail * bsize
  } catch {
    return null
  }
}

// The mount with the longest path that holds the folder; of equals the last, which covers the earlier ones.
const mountType = (path: string): string | null => {
  let table: string
  try {
    table = readFileSync('/proc/self/mountinfo', 'utf8')
  } catch {
    return null
  }
  let best: { length: number; type: string | null } = { length: -1, type: null }
  for (const line of table.split('\n')) {
    const [left, right] = line.split(' - ')
    const point = left
      ?.split(' ')[4]
      ?.replaceAll(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(parseInt(octal, 8)))
    if (point === undefined || right === undefined || point.length < best.length) continue
    if (point === '/' || path === point || path.startsWith(`${point}/`))
      best = { length: point.length, type: right.split(' ')[0] ?? null }
  }
  return best.type
}
