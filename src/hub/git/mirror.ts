/** A bare repository that holds what was fetched from one hub, and nothing that cannot be fetched again. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Oid } from '../../app/hub/git-ports.ts'
import { Problem } from '../../core/problem.ts'
import { writeWhole } from './atomic-files.ts'
import { catFileSource } from './cat-file.ts'
import type { GitProgram } from './git-program.ts'
import { writeLoose } from './loose-objects.ts'
import { isOid, MAIN, type NamedObject } from './object.ts'
import type { ObjectSource } from './object-source.ts'
import { indexedOids } from './pack-index.ts'
import { packOf } from './pack-writer.ts'
import { plainSource } from './plain-objects.ts'
import { receivePack } from './receive-pack.ts'

/** More are written as one pack: each loose object waits for the disk. */
const MAX_LOOSE_AT_ONCE = 200
/** A larger pack, or one with more objects, is no small news: closed months of a whole hub are few objects, and large ones. */
const MOST_PRIMED = { objects: 2000, packBytes: 2 * 1024 * 1024 }
const LEFTOVER_MS = 24 * 60 * 60 * 1000
/** Stands in every mirror and says of which hub it is. */
export const MARKER = 'benchmark-mirror'
/** Written by us each time, so that nothing stays in it that somebody else put there. */
const CONFIG = '[core]\n\trepositoryformatversion = 0\n\tbare = true\n\tlogallrefupdates = false\n'

export interface Mirror {
  readonly dir: string
  readonly git: GitProgram | null
  readonly source: ObjectSource
  /** The head that was adopted; null: none. */
  head(): Oid | null
  moveHead(head: Oid): Promise<void>
  /** Commits whose parents are not here. */
  shallow(): readonly Oid[]
  /** Takes a pack in: first its objects, then which commits end the history. */
  receive(
    pack: AsyncIterable<Uint8Array>,
    shallow: { readonly added: readonly Oid[]; readonly removed: readonly Oid[] },
  ): Promise<void>
  write(objects: readonly NamedObject[]): Promise<void>
  /** Makes it if it is not there; throws `E_HUB` when the folder is somebody else's. */
  ensure(): Promise<void>
  /** Says that it must be made again before the next fetch. */
  markDamaged(): Promise<void>
  /** Lines about the hub that save a question, and may be lost. */
  notes(): string | null
  keepNotes(lines: string): Promise<void>
  remove(): Promise<void>
}

/** The mirror of `url` in the folder `dir`; nothing is touched before {@link Mirror.ensure}. */
export const createMirror = (dir: string, url: string, git: GitProgram | null): Mirror => {
  const source = git === null ? plainSource(dir) : catFileSource(git, { args: [`--git-dir=${dir}`] })
  const damaged = join(dir, 'damaged')
  const notes = join(dir, 'offered')

  // A marker that was still being written when its process died makes nobody else's folder of it.
  const namesIn = (): readonly string[] =>
    readdirSync(dir).filter((name) => !(name.startsWith(`${MARKER}.`) && name.endsWith('.tmp')))

  const remove = async (): Promise<void> => {
    await source.refresh()
    const names = existsSync(dir) ? namesIn() : []
    if (names.length > 0 && !names.includes(MARKER)) throw foreign(dir)
    // The marker goes last: what a cut leaves can still be told to be ours.
    for (const name of names.filter((each) => each !== MARKER))
      rmSync(join(dir, name), { recursive: true, force: true })
    rmSync(dir, { recursive: true, force: true })
  }
  // A handful of small files each time: waiting for a thread of the pool takes longer than each of them.
  const ensure = async (): Promise<void> => {
    mkdirSync(dir, { recursive: true, mode: 0o700 })
    const names = namesIn()
    const marker = text(join(dir, MARKER))
    if (marker === null && names.length > 0) throw foreign(dir)
    if (marker !== null && marker !== `${url}\n`) {
      await remove()
      mkdirSync(dir, { recursive: true, mode: 0o700 })
    }
    if (marker !== `${url}\n`) await writeWhole(join(dir, MARKER), `${url}\n`)
    for (const folder of ['objects/info', 'objects/pack', 'refs/heads'])
      mkdirSync(join(dir, folder), { recursive: true })
    removeLeftovers(join(dir, 'objects', 'pack'))
    for (const alien of [
      'objects/info/alternates',
      'hooks',
      'info/grafts',
      'packed-refs',
      'config.worktree',
      'commondir',
    ])
      rmSync(join(dir, alien), { recursive: true, force: true })
    if (text(join(dir, 'config')) !== CONFIG) await writeWhole(join(dir, 'config'), CONFIG)
    if (text(join(dir, 'HEAD')) !== `ref: ${MAIN}\n`) await writeWhole(join(dir, 'HEAD'), `ref: ${MAIN}\n`)
  }
  const shallow = (): readonly Oid[] => (text(join(dir, 'shallow')) ?? '').split('\n').filter(isOid)

  return {
    dir,
    git,
    source,
    head: () => {
      const oid = text(join(dir, MAIN))?.trim() ?? ''
      return text(damaged) === null && isOid(oid) ? oid : null
    },
    moveHead: (head) => writeWhole(join(dir, MAIN), `${head}\n`),
    shallow,
    receive: async (pack, ends) => {
      const index = await receivePack(dir, git, pack)
      const now = new Set(shallow())
      for (const oid of ends.added) now.add(oid)
      for (const oid of ends.removed) now.delete(oid)
      if (ends.added.length + ends.removed.length > 0)
        await writeWhole(join(dir, 'shallow'), [...now].map((oid) => `${oid}\n`).join(''))
      if (index !== null && statSync(index.replace(/idx$/, 'pack')).size <= MOST_PRIMED.packBytes)
        await source.prime(await indexedOids(index, MOST_PRIMED.objects))
    },
    write: async (objects) => {
      if (objects.length <= MAX_LOOSE_AT_ONCE) return writeLoose(dir, objects)
      await receivePack(dir, git, packOf(objects.length, objects))
    },
    ensure,
    markDamaged: () => writeWhole(damaged, ''),
    notes: () => text(notes),
    keepNotes: async (lines) => {
      if (text(notes) !== lines) await writeWhole(notes, lines)
    },
    remove,
  }
}

// Packs that were still arriving when their process was killed; younger ones may be another process's.
const removeLeftovers = (folder: string): void => {
  for (const name of readdirSync(folder).filter((each) => /^(?:incoming-|tmp_)/.test(each))) {
    const found = statSync(join(folder, name), { throwIfNoEntry: false })
    if (found !== undefined && Date.now() - found.mtimeMs > LEFTOVER_MS) rmSync(join(folder, name), { force: true })
  }
}

const text = (path: string): string | null => {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return null
    throw error
  }
}

const foreign = (dir: string): Problem =>
  new Problem('E_HUB', `The folder for the hub's local copy holds something else: ${dir}.`, {
    hints: ['Move what is in it away, or choose another cache folder.'],
  })
