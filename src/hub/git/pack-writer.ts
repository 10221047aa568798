/** A pack of whole objects, for a push or to put many small packs into one. */
import { createHash, type Hash } from 'node:crypto'
import { promisify } from 'node:util'
import { deflate, deflateSync } from 'node:zlib'
import type { GitObject, ObjectType } from './object.ts'

const deflated = promisify(deflate)
/** Smaller ones are done before another thread could have begun. */
const LARGE_BYTES = 64 * 1024
const TYPE_BITS: Readonly<Record<ObjectType, number>> = { commit: 1, tree: 2, blob: 3, tag: 4 }

/** Bytes of a pack with `count` objects, in pieces. */
export async function* packOf(
  count: number,
  objects: AsyncIterable<GitObject> | Iterable<GitObject>,
): AsyncGenerator<Buffer> {
  const hash = createHash('sha1')
  const header = Buffer.alloc(12)
  header.write('PACK')
  header.writeUInt32BE(2, 4)
  header.writeUInt32BE(count, 8)
  yield hashed(hash, header)
  let written = 0
  for await (const { type, bytes } of objects) {
    yield hashed(hash, entryHeader(type, bytes.length))
    yield hashed(hash, bytes.length < LARGE_BYTES ? deflateSync(bytes) : await deflated(bytes))
    written++
  }
  if (written !== count) throw new Error(`A pack of ${count} objects got ${written}.`)
  yield hash.digest()
}

const hashed = (hash: Hash, bytes: Buffer): Buffer => {
  hash.update(bytes)
  return bytes
}

// Type and low four bits of the size, then seven bits a byte; the top bit says that more follow.
const entryHeader = (type: ObjectType, size: number): Buffer => {
  const made = [(TYPE_BITS[type] << 4) | (size & 0x0f)]
  for (let rest = Math.floor(size / 16); rest > 0; rest = Math.floor(rest / 128)) {
    made[made.length - 1] = (made.at(-1) ?? 0) | 0x80
    made.push(rest & 0x7f)
  }
  return Buffer.from(made)
}
