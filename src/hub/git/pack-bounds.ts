/** What a pack would take to unpack, found out before anything that has no bounds of its own is let near it. */
import { readFile } from 'node:fs/promises'
import { inflateSync } from 'node:zlib'
import { Problem } from '../../core/problem.ts'
import { deltaSizes } from './delta.ts'
import { entryHeader, LONGEST_CHAIN, MOST_OBJECT_BYTES, TYPES } from './pack-entry.ts'

const HEADER = 12
const TRAILER = 20
/** A hub of a hundred thousand runs has nine thousand. */
const MOST_OBJECTS = 1_000_000
/** All objects together, and everything that has to be made on the way. */
const MOST_BYTES = 1024 * 1024 * 1024

/** Throws `E_HUB` for a pack whose objects are more, or larger, than anything a hub needs, whatever they say of themselves. */
export const requireBounded = async (path: string): Promise<void> => {
  const pack = await readFile(path)
  const objects = pack.readUInt32BE(8)
  if (objects > MOST_OBJECTS) throw unbounded(`it has ${objects} objects, and at most ${MOST_OBJECTS} are taken in`)
  const end = pack.length - TRAILER
  const depths = new Map<number, number>()
  let bytes = 0
  for (let at = HEADER, count = 0; count < objects; count++) {
    const start = at
    const { kind, size, base, length } = entryHeader(pack.subarray(at, end), start)
    if (size > MOST_OBJECT_BYTES) throw unbounded(`an object has ${size} bytes`)
    at += length
    // More than it says is an error of zlib's. Zero is no limit to it.
    const { buffer, engine } = inflateSync(pack.subarray(at, end), {
      maxOutputLength: Math.max(1, size),
      info: true,
    }) as unknown as { readonly buffer: Buffer; readonly engine: { readonly bytesWritten: number } }
    at += engine.bytesWritten
    bytes += size
    if (TYPES[kind] === undefined) {
      const { result } = deltaSizes(buffer)
      if (result > MOST_OBJECT_BYTES) throw unbounded(`an object has ${result} bytes`)
      bytes += result
      const depth = (typeof base === 'number' ? (depths.get(base) ?? 0) : 0) + 1
      if (depth > LONGEST_CHAIN) throw unbounded('its deltas have no end')
      depths.set(start, depth)
    }
    if (bytes > MOST_BYTES) throw unbounded(`it unpacks to more than ${MOST_BYTES / 2 ** 30} GiB`)
  }
}

const unbounded = (why: string): Problem =>
  new Problem('E_HUB', `What the hub sent is too large to unpack here: ${why}. Nothing of it was kept.`, {
    hints: ['If the hub is meant to be that large, install git: it unpacks without holding everything in memory.'],
  })
