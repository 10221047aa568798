/** Reads objects out of one pack: its index is in memory, of the pack only what is asked for. */
import { type FileHandle, open, readFile } from 'node:fs/promises'
import { inflateSync } from 'node:zlib'
import type { Oid } from '../../app/hub/git-ports.ts'
import { applyDelta, deltaSizes } from './delta.ts'
import type { ObjectType } from './object.ts'
import type { ReadObject } from './object-source.ts'
import { entryHeader, type EntryHeader, LONGEST_CHAIN, MOST_OBJECT_BYTES, TYPES } from './pack-entry.ts'

const REMEMBERED_BYTES = 32 * 1024 * 1024
interface Entry extends EntryHeader {
  readonly compressed: Buffer
}

interface Whole {
  readonly type: ObjectType
  readonly bytes: Buffer
}

export class PackReader {
  readonly #file: FileHandle
  readonly #index: Buffer
  readonly #count: number
  /** Where each object starts, in order: the next one's start is its end. */
  readonly #starts: Float64Array
  readonly #packBytes: number
  /** Bases of deltas, the oldest first. */
  readonly #bases = new Map<number, Whole>()
  #baseBytes = 0

  private constructor(file: FileHandle, index: Buffer, packBytes: number) {
    this.#file = file
    this.#index = index
    this.#packBytes = packBytes
    if (index.readUInt32BE(0) !== 0xff744f63 || index.readUInt32BE(4) !== 2)
      throw new RangeError('not an index of version 2')
    this.#count = index.readUInt32BE(8 + 4 * 255)
    if (index.length < 8 + 1024 + 28 * this.#count + 40) throw new RangeError('the index is cut')
    this.#starts = Float64Array.from({ length: this.#count }, (_, position) => this.#offset(position)).sort()
  }

  /** `path` without its ending. */
  static async open(path: string): Promise<PackReader> {
    const index = await readFile(`${path}.idx`)
    const file = await open(`${path}.pack`, 'r')
    try {
      return new PackReader(file, index, (await file.stat()).size)
    } catch (error) {
      await file.close()
      throw error
    }
  }

  close(): Promise<void> {
    return this.#file.close()
  }

  /** Where an object starts, or null. */
  find(oid: Oid): number | null {
    const wanted = Buffer.from(oid, 'hex')
    const first = wanted[0] ?? 0
    let low = first === 0 ? 0 : this.#index.readUInt32BE(8 + 4 * (first - 1))
    let high = this.#index.readUInt32BE(8 + 4 * first)
    while (low < high) {
      const middle = (low + high) >>> 1
      const at = 8 + 1024 + 20 * middle
      const order = this.#index.compare(wanted, 0, 20, at, at + 20)
      if (order === 0) return this.#offset(middle)
      if (order < 0) low = middle + 1
      else high = middle
    }
    return null
  }

  /** `elsewhere` finds bases that are not in this pack. Throws when something is not as it should be. */
  async read(
    start: number,
    maxBytes: number,
    elsewhere: (oid: Oid) => Promise<ReadObject | null>,
  ): Promise<ReadObject> {
    const deltas: Buffer[] = []
    let whole: Whole | null = null
    let at = start
    for (let depth = 0; whole === null; depth++) {
      if (depth > LONGEST_CHAIN) throw new RangeError('a chain of deltas without end')
      const known = this.#bases.get(at)
      if (known !== undefined) {
        whole = known
        break
      }
      const entry = await this.#entry(at)
      const type = TYPES[entry.kind]
      if (type !== undefined) {
        if (depth === 0 && entry.size > maxBytes) return { type, size: entry.size, bytes: null }
        whole = { type, bytes: inflated(entry) }
        if (depth > 0) this.#remember(at, whole)
        break
      }
      deltas.push(inflated(entry))
      const base = typeof entry.base === 'string' ? this.find(entry.base) : entry.base
      if (base !== null) at = base
      else {
        const found = await elsewhere(String(entry.base))
        if (found === null || found.bytes === null) throw new RangeError('a delta without its base')
        whole = { type: found.type, bytes: found.bytes }
      }
    }
    const { result } = deltas[0] === undefined ? { result: whole.bytes.length } : deltaSizes(deltas[0])
    if (result > Math.min(maxBytes, MOST_OBJECT_BYTES)) return { type: whole.type, size: result, bytes: null }
    let { bytes } = whole
    for (const delta of deltas.reverse()) bytes = applyDelta(delta, bytes)
    return { type: whole.type, size: bytes.length, bytes }
  }

  // Offsets beyond 2 GiB stand in a table of their own.
  #offset(position: number): number {
    const table = 8 + 1024 + 24 * this.#count
    const offset = this.#index.readUInt32BE(table + 4 * position)
    if (offset < 0x80000000) return offset
    return Number(this.#index.readBigUInt64BE(table + 4 * this.#count + 8 * (offset - 0x80000000)))
  }

  #end(start: number): number {
    let low = 0
    let high = this.#count
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#starts[middle] ?? Infinity) <= start) low = middle + 1
      else high = middle
    }
    return this.#starts[low] ?? this.#packBytes - 20
  }

  async #entry(start: number): Promise<Entry> {
    const length = this.#end(start) - start
    if (length <= 0 || length > this.#packBytes) throw new RangeError('an object outside of its pack')
    const { buffer: bytes, bytesRead } = await this.#file.read(Buffer.allocUnsafe(length), 0, length, start)
    if (bytesRead !== length) throw new RangeError('the pack is cut')
    const header = entryHeader(bytes, start)
    return { ...header, compressed: bytes.subarray(header.length) }
  }

  #remember(start: number, whole: Whole): void {
    this.#bases.set(start, whole)
    this.#baseBytes += whole.bytes.length
    for (const [oldest, { bytes }] of this.#bases) {
      if (this.#baseBytes <= REMEMBERED_BYTES) break
      this.#bases.delete(oldest)
      this.#baseBytes -= bytes.length
    }
  }
}

const inflated = ({ compressed, size }: Entry): Buffer => {
  if (size > MOST_OBJECT_BYTES) throw new RangeError('an object larger than any of a hub')
  // Zero is no limit to zlib.
  const bytes = inflateSync(compressed, { maxOutputLength: Math.max(1, size) })
  if (bytes.length !== size) throw new RangeError('an object of another size than stated')
  return bytes
}
