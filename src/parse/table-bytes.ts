import { TABLE_BYTES } from '../generated/table-bytes.ts'

/** The functions of `wasm/`, which says what they do, with a memory of their own. */
export interface TableBytes {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number }
  freeMemory(): number
  findEnds(text: number, length: number, ends: number, lasts: number): number
  start(columns: number, identity: number, coverage: number): number
  roomForText(): number
  addColumn(list: number, column: number): void
  count(offset: number, length: number, line: number): number
  rowsCounted(): number
  afterLine(): number
  canOpen(): number
  open(line: number): number
  rowsOf(record: number): number
  lineOf(record: number): number
  textOf(record: number): number
  lengthOf(record: number): number
}

// Node has it; its types do not.
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object
  readonly Instance: new (module: object) => { readonly exports: unknown }
}

let compiled: object | undefined

export const createTableBytes = (): TableBytes => {
  compiled ??= new WebAssembly.Module(Buffer.from(TABLE_BYTES, 'base64'))
  return new WebAssembly.Instance(compiled).exports as TableBytes
}
