/** Objects without a git program: straight out of packs and loose files. */
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { inflate } from 'node:zlib'
import type { Oid } from '../../app/hub/git-ports.ts'
import { EMPTY_TREE, nameObject, type ObjectType } from './object.ts'
import { DamagedObject, type ObjectSource, type ReadObject } from './object-source.ts'
import { MOST_OBJECT_BYTES } from './pack-entry.ts'
import { PackReader } from './pack-reader.ts'

const inflated = promisify(inflate)

/** Of a bare repository; `gitDir` is its folder. */
export const plainSource = (gitDir: string): ObjectSource => {
  const folder = join(gitDir, 'objects', 'pack')
  const packs = new Map<string, PackReader>()
  let scannedAt = -1

  /** Opens packs that came since; says whether there are any. */
  const scan = async (): Promise<boolean> => {
    const changedAt = (await stat(folder).catch(() => null))?.mtimeMs ?? 0
    if (changedAt === scannedAt) return false
    scannedAt = changedAt
    const names = changedAt === 0 ? [] : await readdir(folder)
    const before = packs.size
    for (const name of names)
      if (/^pack-[0-9a-f]{40}\.idx$/.test(name) && !packs.has(name))
        packs.set(name, await PackReader.open(join(folder, name.slice(0, -'.idx'.length))))
    return packs.size > before
  }
  const packed = async (oid: Oid, maxBytes: number): Promise<ReadObject | null> => {
    for (const pack of packs.values()) {
      const start = pack.find(oid)
      if (start !== null) return await pack.read(start, maxBytes, (base) => find(base, Infinity))
    }
    return null
  }
  const find = async (oid: Oid, maxBytes: number): Promise<ReadObject | null> => {
    if (oid === EMPTY_TREE) return { type: 'tree', size: 0, bytes: Buffer.alloc(0) }
    if (scannedAt < 0) await scan()
    const found = (await packed(oid, maxBytes)) ?? (await loose(gitDir, oid, maxBytes))
    if (found !== null || !(await scan())) return found
    return packed(oid, maxBytes)
  }
  const read = async (oid: Oid, maxBytes = Infinity): Promise<ReadObject | null> => {
    try {
      const found = await find(oid, maxBytes)
      if (found !== null && found.bytes !== null && nameObject(found.type, found.bytes).oid !== oid)
        throw new RangeError('not what its name says')
      return found
    } catch (error) {
      throw new DamagedObject(oid, error)
    }
  }
  const forget = async (): Promise<void> => {
    const opened = [...packs.values()]
    packs.clear()
    scannedAt = -1
    await Promise.all(opened.map((pack) => pack.close()))
  }
  return {
    read,
    async *stream(wanted, maxBytes) {
      for await (const item of wanted) yield { item, object: await read(item.oid, maxBytes(item)) }
    },
    // Each is read as fast alone.
    prime: () => Promise.resolve(),
    refresh: forget,
    close: forget,
  }
}

const loose = async (gitDir: string, oid: Oid, maxBytes: number): Promise<ReadObject | null> => {
  let compressed: Buffer
  try {
    compressed = await readFile(join(gitDir, 'objects', oid.slice(0, 2), oid.slice(2)))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
  const whole = await inflated(compressed, { maxOutputLength: MOST_OBJECT_BYTES })
  const end = whole.indexOf(0)
  const [, type, digits] = /^(blob|tree|commit|tag) (\d+)$/.exec(whole.toString('latin1', 0, Math.max(0, end))) ?? []
  const bytes = whole.subarray(end + 1)
  if (type === undefined || Number(digits) !== bytes.length) throw new RangeError('not an object')
  return { type: type as ObjectType, size: bytes.length, bytes: bytes.length <= maxBytes ? bytes : null }
}
