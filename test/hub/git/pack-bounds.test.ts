// Packs as a hostile server may send them to a machine without a git program.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { receivePack } from '../../../src/hub/git/receive-pack.ts'
import { tempDir } from '../../support/harness.ts'

const dir = tempDir('pack bounds')
const MIB = 1024 * 1024
const [BLOB, DELTA] = [3, 6] as const
let made = 0

/** Type and size as a pack writes them. */
const head = (kind: number, size: number): Buffer => {
  const bytes: number[] = []
  let left = Math.floor(size / 16)
  let byte = (kind << 4) | (size % 16)
  for (; left > 0; left = Math.floor(left / 128)) {
    bytes.push(byte | 0x80)
    byte = left % 128
  }
  return Buffer.from([...bytes, byte])
}
const number = (value: number): Buffer => {
  const bytes: number[] = []
  for (; value > 127; value = Math.floor(value / 128)) bytes.push((value % 128) | 0x80)
  return Buffer.from([...bytes, value])
}
const blob = (content: Buffer, said = content.length): Buffer => Buffer.concat([head(BLOB, said), deflateSync(content)])
/** A delta against the entry `back` bytes before it. */
const delta = (base: number, result: number, back: number, instructions: Buffer): Buffer => {
  const content = Buffer.concat([number(base), number(result), instructions])
  const offset: number[] = [back & 0x7f]
  for (let left = back >> 7; left > 0; left >>= 7) offset.unshift((--left & 0x7f) | 0x80)
  return Buffer.concat([head(DELTA, content.length), Buffer.from(offset), deflateSync(content)])
}
const packed = (entries: readonly Buffer[], said = entries.length): Buffer => {
  const begin = Buffer.from('PACK\0\0\0\x02\0\0\0\0', 'latin1')
  begin.writeUInt32BE(said, 8)
  const body = Buffer.concat([begin, ...entries])
  return Buffer.concat([body, createHash('sha1').update(body).digest()])
}
const receive = async (pack: Buffer): Promise<string[]> => {
  const folder = join(dir, String(made++))
  mkdirSync(folder)
  async function* arriving(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < pack.length; at += 65_536) yield await Promise.resolve(pack.subarray(at, at + 65_536))
  }
  try {
    await receivePack(folder, null, arriving())
  } finally {
    const packs = join(folder, 'objects', 'pack')
    if (existsSync(packs)) expect(readdirSync(packs).filter((name) => name.startsWith('incoming'))).toEqual([])
  }
  return readdirSync(join(folder, 'objects', 'pack')).sort()
}

test('a pack as it should be is taken in, deltas and all', async () => {
  const base = blob(Buffer.from('hello hello'))
  const names = await receive(packed([base, delta(11, 5, base.length, Buffer.from([0x90, 5]))]))
  expect(names.map((name) => name.replace(/[0-9a-f]{40}/, ''))).toEqual(['pack-.idx', 'pack-.pack'])
})

// A chain in which every object is the one before, and larger than any of it needs to be.
const chain = (links: number, bytes: number): Buffer[] => {
  const entries = [blob(Buffer.alloc(bytes))]
  const copy = Buffer.from([0xff, 0, 0, 0, 0, bytes & 255, (bytes >> 8) & 255, (bytes >> 16) & 255])
  for (let link = 0; link < links; link++) entries.push(delta(bytes, bytes, entries.at(-1)?.length ?? 0, copy))
  return entries
}

test.each([
  ['more objects than any hub has', () => packed([blob(Buffer.from('x'))], 0xffffffff), /4294967295 objects/],
  ['an object of zeros without end', () => packed([blob(Buffer.alloc(257 * MIB))]), /an object has 269484032 bytes/],
  ['an object larger than it says', () => packed([blob(Buffer.alloc(64 * MIB), 100)]), /cannot be read/],
  ['an object smaller than it says', () => packed([blob(Buffer.alloc(10), 5 * MIB)]), /cannot be (?:read|used)/],
  [
    'a few bytes that become gigabytes',
    () => {
      const base = blob(Buffer.alloc(MIB))
      return packed([base, delta(MIB, 3 * 1024 * MIB, base.length, Buffer.from([0x90, 5]))])
    },
    /an object has 3221225472 bytes/,
  ],
  ['many deltas that are much together', () => packed(chain(80, 15 * MIB)), /more than 1 GiB/],
  ['a chain without end', () => packed(chain(1002, 16)), /deltas have no end/],
  [
    'a delta without instructions',
    () => packed([head(DELTA, 0), Buffer.from([1]), deflateSync(Buffer.alloc(0))], 1),
    /./,
  ],
  ['nothing where objects should be', () => packed([], 3), /cannot be read/],
] as const)('%s: refused, and nothing is kept', async (_, pack, why) => {
  await expect(receive(pack())).rejects.toMatchObject({ code: 'E_HUB', message: expect.stringMatching(why) as string })
})
