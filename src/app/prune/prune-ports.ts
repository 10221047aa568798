/** What pruning needs of the disk. Links are never followed, and never removed but inside of a folder that goes. */
import type { Problem } from '../../core/problem.ts'

/** One name in a folder. */
export interface DiskEntry {
  readonly name: string
  readonly kind: 'file' | 'folder' | 'other'
  /** When its content or its inode last changed, milliseconds since 1970. */
  readonly changedAt: number
  /** How many names the file has. */
  readonly links: number
}

/** What removing something frees. */
interface DiskUse {
  /** As the file system counts them. A file with several names counts where the last of them was measured. */
  readonly bytes: number
  readonly files: number
  /** A folder in it that cannot be emptied, and why; null: none. */
  readonly obstacle: Problem | null
}

/** Files and folders of ours. It remembers what it measured, so that nothing is counted twice. */
export interface Disk {
  /** Nothing for a folder that is not there, is a link, or is no folder. Throws `E_STORE` for one that cannot be read. */
  list(folder: string): readonly DiskEntry[]
  measure(path: string): DiskUse
  /** Whether it is a folder (and no link to one) that really is somewhere below another one. Throws `E_STORE`. */
  standsIn(folder: string, base: string): boolean
  /** Renames within a folder, at once for whoever looks; false: it was not there any more. Throws `E_STORE`. */
  setAside(folder: string, name: string, as: string): boolean
  /**
   * Moves a plain file to a path below `root` where nothing is yet, making its folders. Throws `E_USAGE` when one of them
   * is a link, and `E_STORE`.
   */
  moveFile(from: string, root: string, to: string): void
  /** Removes a file or a whole folder; false: it was gone, or changed since. Throws `E_STORE`. */
  remove(path: string, unlessChangedSince?: number): boolean
}

/** Local copies of hubs, each of which can be fetched again. */
export interface HubMirrors {
  list(): readonly {
    readonly path: string
    /** Of the hub it is of. */
    readonly url: string
    /** When anything in it last changed, milliseconds since 1970. */
    readonly usedAt: number
  }[]
  /** False: somebody works with it now, or it is gone. */
  remove(path: string): Promise<boolean>
}
