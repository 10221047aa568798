import { createTableBytes, type TableBytes } from './table-bytes.ts'

/** Where the cells of a block of a tab-separated table end. */
export interface CellEnds {
  /** The bytes of the block, a line feed in any case, and at least 32 zeros. */
  readonly text: Uint8Array<ArrayBuffer>
  readonly view: DataView<ArrayBuffer>
  /** Offsets of all tabs and line feeds, that after a last line without one included. */
  readonly ends: Int32Array<ArrayBuffer>
  /** Which of these end a line, as indices of `ends`. */
  readonly lastOfLine: Int32Array<ArrayBuffer>
  /** How many lines there are; the arrays are longer. */
  readonly lines: number
}

const [FEED, PAGE_BYTES, STEP_BYTES] = [10, 65_536, 32]

let scanner: TableBytes | undefined
let text = new Uint8Array(0)
let view = new DataView(text.buffer)
let ends = new Int32Array(0)
let lastOfLine = new Int32Array(0)

/** Finds the cells of a block. There is one memory for all: the next call, of whatever reader, overwrites the answer. */
export const findCells = (block: Buffer): CellEnds => {
  scanner ??= createTableBytes()
  let { length } = block
  if (length + 1 + STEP_BYTES > text.length) makeRoom(scanner, length)
  text.set(block)
  if (length > 0 && block[length - 1] !== FEED) text[length++] = FEED
  text.fill(0, length, length + STEP_BYTES)
  const lines = length === 0 ? 0 : scanner.findEnds(text.byteOffset, length, ends.byteOffset, lastOfLine.byteOffset)
  return { text, view, ends, lastOfLine, lines }
}

// In memory: the text and a step of zeros, then both lists, long enough for a block of nothing but line feeds.
const makeRoom = ({ memory, freeMemory }: TableBytes, length: number): void => {
  const first = freeMemory()
  const room = Math.ceil((length + 1 + STEP_BYTES) / 4) * 4
  memory.grow(Math.max(0, Math.ceil((first + room * 9 - memory.buffer.byteLength) / PAGE_BYTES)))
  text = new Uint8Array(memory.buffer, first, room)
  view = new DataView(memory.buffer, first, room)
  ends = new Int32Array(memory.buffer, first + room, room)
  lastOfLine = new Int32Array(memory.buffer, first + room * 5, room)
}
