import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib'
import type { Statements } from '../statements.ts'

/** Where a document lies: so many bytes from an offset of a block's content. */
export interface DocumentPlace {
  readonly block: number
  readonly offset: number
  readonly length: number
}

/** Documents of one block: neighbours resemble each other, and packing each alone costs many times as much. */
const RUNS_IN_BLOCK = 128
const BYTES_IN_BLOCK = 512 * 1024
const QUALITY = { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }
/** What one block can hold at most: one document is at most 256 KiB. */
const MAX_UNPACKED = 4 * 1024 * 1024

/** Packs documents into blocks, inside the caller's transaction. */
export interface BlockWriter {
  add(line: Uint8Array): DocumentPlace
  flush(): void
}

export const createBlockWriter = (statements: Statements): BlockWriter => {
  let lines: Uint8Array[] = []
  let bytes = 0
  let block = nextBlock(statements)
  const flush = (): void => {
    if (lines.length === 0) return
    statements('INSERT INTO hub_block (key, bytes) VALUES (?, ?)').run(block, packed(lines))
    block += 1
    lines = []
    bytes = 0
  }
  return {
    add: (line) => {
      if (lines.length >= RUNS_IN_BLOCK || bytes + line.length > BYTES_IN_BLOCK) flush()
      const place = { block, offset: bytes, length: line.length }
      lines.push(line)
      bytes += line.length
      return place
    },
    flush,
  }
}

const nextBlock = (statements: Statements): number =>
  (statements<{ seq: number }>("SELECT seq FROM sqlite_sequence WHERE name = 'hub_block'").get()?.seq ?? 0) + 1

/** Reads documents; neighbours in a block are unpacked once. Null: the block was rewritten or removed meanwhile. */
export const createBlockReader = (statements: Statements): ((place: DocumentPlace) => Uint8Array | null) => {
  let current: { readonly key: number; readonly content: Buffer } | null = null
  return ({ block, offset, length }) => {
    if (current?.key !== block) {
      const row = statements<{ bytes: Buffer }>('SELECT bytes FROM hub_block WHERE key = ?').get(block)
      if (!row) return null
      current = { key: block, content: unpacked(row.bytes) }
    }
    return current.content.subarray(offset, offset + length)
  }
}

interface LeftRow {
  readonly key: number
  readonly block_offset: number
  readonly block_length: number
}

/** Takes the documents of removed runs out of a block: no byte of them stays. The rest becomes a block of its own. */
export const rewriteBlock = (statements: Statements, block: number): void => {
  const left = statements<LeftRow>(
    'SELECT key, block_offset, block_length FROM hub_run WHERE block_key = ? ORDER BY block_offset',
  ).all(block)
  if (left.length > 0) {
    const read = createBlockReader(statements)
    const writer = createBlockWriter(statements)
    for (const { key, block_offset: offset, block_length: length } of left) {
      const line = read({ block, offset, length })
      if (line === null) throw new RangeError(`Block ${block} of shared documents is not in the database.`)
      const place = writer.add(line)
      statements('UPDATE hub_run SET block_key = ?, block_offset = ? WHERE key = ?').run(place.block, place.offset, key)
    }
    writer.flush()
  }
  statements('DELETE FROM hub_block WHERE key = ?').run(block)
}

const packed = (lines: readonly Uint8Array[]): Buffer => brotliCompressSync(Buffer.concat(lines), QUALITY)
const unpacked = (bytes: Buffer): Buffer => brotliDecompressSync(bytes, { maxOutputLength: MAX_UNPACKED })
