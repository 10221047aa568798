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

// Node has it; its types do not.
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object
  readonly Instance: new (module: object) => { readonly exports: unknown }
}

const [FEED, PAGE_BYTES, STEP_BYTES] = [10, 65_536, 32]

interface Scanner {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number }
  findEnds(length: number, ends: number, lastOfLine: number): number
}
let scanner: Scanner | undefined
let text = new Uint8Array(0)
let view = new DataView(text.buffer)
let ends = new Int32Array(0)
let lastOfLine = new Int32Array(0)

/** Finds the cells of a block. There is one memory for all: the next call, of whatever reader, overwrites the answer. */
export const findCells = (block: Buffer): CellEnds => {
  scanner ??= new WebAssembly.Instance(new WebAssembly.Module(Buffer.from(FIND_ENDS, 'base64'))).exports as Scanner
  let { length } = block
  if (length + 1 + STEP_BYTES > text.length) makeRoom(scanner, length)
  text.set(block)
  if (length > 0 && block[length - 1] !== FEED) text[length++] = FEED
  text.fill(0, length, length + STEP_BYTES)
  const lines = length === 0 ? 0 : scanner.findEnds(length, ends.byteOffset, lastOfLine.byteOffset)
  return { text, view, ends, lastOfLine, lines }
}

// In memory: the text and a step of zeros, then both lists, long enough for a block of nothing but line feeds.
const makeRoom = ({ memory }: Scanner, length: number): void => {
  const room = Math.ceil((length + 1 + STEP_BYTES) / 4) * 4
  memory.grow(Math.max(0, Math.ceil((room * 9 - memory.buffer.byteLength) / PAGE_BYTES)))
  text = new Uint8Array(memory.buffer, 0, room)
  view = new DataView(memory.buffer, 0, room)
  ends = new Int32Array(memory.buffer, room, room)
  lastOfLine = new Int32Array(memory.buffer, room * 5, room)
}

/**
 * Thirty-two bytes at a time, which JavaScript cannot do; many times as fast. Assembled by wabt from cell-ends.wat
 * beside this file.
 */
export const FIND_ENDS =
  'AGFzbQEAAAABCAFgA39/fwF/AwIBAAUDAQABBxUCBm1lbW9yeQIACGZpbmRFbmRzAAAK8QIB7gICBn8CeyABIQYgAiEHA0AgA/0ABAAhCSAD/QAE' +
  'ECEKIAlBCv0P/SP9ZCAKQQr9D/0j/WRBEHRyIQUgBSAJQQn9D/0j/WQgCkEJ/Q/9I/1kQRB0cnIhBAJAA0AgBUUNASAHIAYgAWtBAnYgBCAFQQAg' +
  'BWtxQQFrcWlqNgIAIAdBBGohByAFIAVBAWtxIQUMAAsLIAYgBGlBAnRqIQgDQCAGIAMgBGhqNgIAIAQgBEEBa3EhBCAGIAMgBGhqNgIEIAQgBEEB' +
  'a3EhBCAGIAMgBGhqNgIIIAQgBEEBa3EhBCAGIAMgBGhqNgIMIAQgBEEBa3EhBCAGIAMgBGhqNgIQIAQgBEEBa3EhBCAGIAMgBGhqNgIUIAQgBEEB' +
  'a3EhBCAGIAMgBGhqNgIYIAQgBEEBa3EhBCAGIAMgBGhqNgIcIAQgBEEBa3EhBCAGQSBqIQYgBA0ACyAIIQYgA0EgaiEDIAMgAEkNAAsgByACa0EC' +
  'dgs='
