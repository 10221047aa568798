/** A bare repository that holds what was fetched from one hub, and nothing that cannot be fetched again. */
import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises'
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
/** A pack with more objects is no small news. */
const MOST_PRIMED = 2000
const LEFTOVER_MS = 24 * 60 * 60 * 1000
const MARKER = 'benchmark-mirror'
/** Written by us each time, so that nothing stays in it that somebody else put there. */
const CONFIG = '[core]\n\trepositoryformatversion = 0\n\tbare = true\n\tlogallrefupdates = false\n'

export interface Mirror {
  readonly dir: string
  readonly git: GitProgram | null
  readonly source: ObjectSource
  /** The head that was adopted; null: none. */
  head(): Promise<Oid | null>
  moveHead(head: Oid): Promise<void>
  /** Commits whose parents are not here. */
  shallow(): Promise<readonly Oid[]>
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
  notes(): Promise<string | null>
  keepNotes(lines: string): Promise<void>
  remove(): Promise<void>
}

/** The mirror of `url` in the folder `dir`; nothing is touched before {@link Mirror.ensure}. */
export const createMirror = (dir: string, url: string, git: GitProgram | null): Mirror => {
  const source = git === null ? plainSource(dir) : catFileSource(git, { args: [`--git-dir=${dir}`] })
  const damaged = join(dir, 'damaged')
  const notes = join(dir, 'offered')

  // A marker that was still being written when its process died makes nobody else's folder of it.
  const namesIn = async (): Promise<readonly string[]> =>
    (await readdir(dir)).filter((name) => !(name.startsWith(`${MARKER}.`) && name.endsWith('.tmp')))

  const remove = async (): Promise<void> => {
    await source.refresh()
    const names = await namesIn().catch((): readonly string[] => [])
    if (names.length > 0 && !names.includes(MARKER)) throw foreign(dir)
    // The marker goes last: what a cut leaves can still be told to be ours.
    for (const name of names.filter((each) => each !== MARKER))
      await rm(join(dir, name), { recursive: true, force: true })
    await rm(dir, { recursive: true, force: true })
  }
  const ensure = async (): Promise<void> => {
    await mkdir(dir, { recursive: true, mode: 0o700 })
    const names = await namesIn()
    const marker = await text(join(dir, MARKER))
    if (marker === null && names.length > 0) throw foreign(dir)
    if (marker !== null && marker !== `${url}\n`) {
      await remove()
      await mkdir(dir, { recursive: true, mode: 0o700 })
    }
    if (marker !== `${url}\n`) await writeWhole(join(dir, MARKER), `${url}\n`)
    for (const folder of ['objects/info', 'objects/pack', 'refs/heads'])
      await mkdir(join(dir, folder), { recursive: true })
    await removeLeftovers(join(dir, 'objects', 'pack'))
    for (const alien of [
      'objects/info/alternates',
      'hooks',
      'info/grafts',
      'packed-refs',
      'config.worktree',
      'commondir',
    ])
      await rm(join(dir, alien), { recursive: true, force: true })
    if ((await text(join(dir, 'config'))) !== CONFIG) await writeWhole(join(dir, 'config'), CONFIG)
    if ((await text(join(dir, 'HEAD'))) !== `ref: ${MAIN}\n`) await writeWhole(join(dir, 'HEAD'), `ref: ${MAIN}\n`)
  }
  const shallow = async (): Promise<readonly Oid[]> =>
    ((await text(join(dir, 'shallow'))) ?? '').split('\n').filter(isOid)

  return {
    dir,
    git,
    source,
    head: async () => {
      const [ref, isDamaged] = await Promise.all([text(join(dir, MAIN)), text(damaged)])
      const oid = ref?.trim() ?? ''
      return isDamaged === null && isOid(oid) ? oid : null
    },
    moveHead: (head) => writeWhole(join(dir, MAIN), `${head}\n`),
    shallow,
    receive: async (pack, ends) => {
      const index = await receivePack(dir, git, pack)
      const now = new Set(await shallow())
      for (const oid of ends.added) now.add(oid)
      for (const oid of ends.removed) now.delete(oid)
      if (ends.added.length + ends.removed.length > 0)
        await writeWhole(join(dir, 'shallow'), [...now].map((oid) => `${oid}\n`).join(''))
      if (index !== null) await source.prime(await indexedOids(index, MOST_PRIMED))
    },
    write: async (objects) => {
      if (objects.length <= MAX_LOOSE_AT_ONCE) return writeLoose(dir, objects)
      await receivePack(dir, git, packOf(objects.length, objects))
    },
    ensure,
    markDamaged: () => writeWhole(damaged, ''),
    notes: () => text(notes),
    keepNotes: async (lines) => {
      if ((await text(notes)) !== lines) await writeWhole(notes, lines)
    },
    remove,
  }
}

// Packs that were still arriving when their process was killed; younger ones may be another process's.
const removeLeftovers = async (folder: string): Promise<void> => {
  for (const name of (await readdir(folder)).filter((each) => /^(?:incoming-|tmp_)/.test(each))) {
    const found = await stat(join(folder, name)).catch(() => null)
    if (found !== null && Date.now() - found.mtimeMs > LEFTOVER_MS) await rm(join(folder, name), { force: true })
  }
}

const text = async (path: string): Promise<string | null> => {
  try {
    return await readFile(path, 'utf8')
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
