/** What stands before the compressed bytes of an object in a pack. */
import type { Oid } from '../../app/hub/git-ports.ts'
import type { ObjectType } from './object.ts'

export const TYPES: Readonly<Record<number, ObjectType>> = { 1: 'commit', 2: 'tree', 3: 'blob', 4: 'tag' }
const OFFSET_DELTA = 6
const NAME_DELTA = 7
/** Room for what precedes an object's compressed bytes: type, size and base. */
const HEADER_BYTES = 64
/** Larger ones are not unpacked, whatever they are for: no hub asks for more, and a few bytes can hold any number of zeros. */
export const MOST_OBJECT_BYTES = 256 * 1024 * 1024
/** Git makes chains of 50; 250 at most. */
export const LONGEST_CHAIN = 1000

export interface EntryHeader {
  readonly kind: number
  /** Of what is compressed: the object, or the delta. */
  readonly size: number
  /** Of a delta: where its base starts in the pack, or its name. */
  readonly base: number | Oid | null
  /** Bytes of the header. */
  readonly length: number
}

/** Reads the header at the beginning of `bytes`, which start at `start` in their pack. Throws a `RangeError` when it is none. */
export const entryHeader = (bytes: Buffer, start: number): EntryHeader => {
  let at = 0
  const next = (): number => {
    if (at >= HEADER_BYTES) throw new RangeError('not an object')
    return bytes.readUInt8(at++)
  }
  let byte = next()
  const kind = (byte >> 4) & 7
  let size = byte & 15
  for (let scale = 16; byte & 0x80; scale *= 128) {
    byte = next()
    size += (byte & 0x7f) * scale
  }
  let base: EntryHeader['base'] = null
  if (kind === OFFSET_DELTA) {
    byte = next()
    let back = byte & 0x7f
    while (byte & 0x80) {
      byte = next()
      back = (back + 1) * 128 + (byte & 0x7f)
    }
    base = start - back
  } else if (kind === NAME_DELTA) {
    base = bytes.toString('hex', at, at + 20)
    at += 20
  } else if (TYPES[kind] === undefined) throw new RangeError('an object of no known type')
  return { kind, size, base, length: at }
}
