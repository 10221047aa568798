/** Puts many small packs and loose objects into one pack: each further pack makes every read slower. */
import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Oid } from '../../app/hub/git-ports.ts'
import type { GitObject } from './object.ts'
import { missingObject } from './object-source.ts'
import type { Mirror } from './mirror.ts'
import { indexedOids } from './pack-index.ts'
import { packOf } from './pack-writer.ts'
import { receivePack } from './receive-pack.ts'

const MAX_PACKS = 20
const MAX_LOOSE = 2000
/** Packs below this part of the largest one are put together; all of them when that does not help. */
const SMALL_PART = 4

interface Pack {
  readonly path: string
  readonly bytes: number
}

/** Tidies a mirror up when it has more than 20 packs or 2,000 loose objects; says whether it did. Nothing is lost. */
export const consolidate = async (
  mirror: Mirror,
  limits: { readonly packs: number; readonly loose: number } = { packs: MAX_PACKS, loose: MAX_LOOSE },
): Promise<boolean> => {
  const [packs, loose] = [await packsOf(mirror.dir), await looseOf(mirror.dir)]
  if (packs.length <= limits.packs && loose.length <= limits.loose) return false
  const largest = Math.max(0, ...packs.map(({ bytes }) => bytes))
  const small = packs.filter(({ bytes }) => bytes * SMALL_PART < largest)
  const merged = packs.length - small.length < limits.packs / 2 ? small : packs

  const oids = new Set<Oid>(loose.map(({ oid }) => oid))
  for (const { path } of merged) for (const oid of await indexedOids(`${path}.idx`)) oids.add(oid)
  await receivePack(mirror.dir, mirror.git, packOf(oids.size, objectsOf(mirror, oids)))
  await mirror.source.refresh()

  const kept = new Set((await packsOf(mirror.dir)).map(({ path }) => path))
  // Merging one pack alone with nothing gives the same pack again: it has the name it had.
  const made = [...kept].find((path) => !packs.some((pack) => pack.path === path))
  if (made === undefined) return false
  for (const { path } of merged) for (const end of ['.idx', '.pack']) await rm(`${path}${end}`, { force: true })
  for (const { path } of loose) await rm(path, { force: true })
  await mirror.source.refresh()
  return true
}

async function* objectsOf(mirror: Mirror, oids: ReadonlySet<Oid>): AsyncGenerator<GitObject> {
  async function* wanted(): AsyncGenerator<{ oid: Oid }> {
    for (const oid of oids) yield await Promise.resolve({ oid })
  }
  for await (const { item, object } of mirror.source.stream(wanted(), () => Infinity)) {
    if (object === null || object.bytes === null) throw missingObject('object', item.oid)
    yield { type: object.type, bytes: object.bytes }
  }
}

const packsOf = async (dir: string): Promise<readonly Pack[]> => {
  const folder = join(dir, 'objects', 'pack')
  const names = (await readdir(folder)).filter((name) => /^pack-[0-9a-f]{40}\.idx$/.test(name))
  return Promise.all(
    names.map(async (name) => {
      const path = join(folder, name.slice(0, -'.idx'.length))
      return { path, bytes: (await stat(`${path}.pack`)).size }
    }),
  )
}

const looseOf = async (dir: string): Promise<readonly { readonly oid: Oid; readonly path: string }[]> => {
  const found: { oid: Oid; path: string }[] = []
  for (const start of await readdir(join(dir, 'objects'))) {
    if (!/^[0-9a-f]{2}$/.test(start)) continue
    for (const rest of await readdir(join(dir, 'objects', start)))
      if (/^[0-9a-f]{38}$/.test(rest)) found.push({ oid: start + rest, path: join(dir, 'objects', start, rest) })
  }
  return found
}
