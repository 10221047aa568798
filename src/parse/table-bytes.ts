import { TABLE_BYTES } from '../generated/table-bytes.ts'

/** The functions of `wasm/`, which says what they do, with a memory of their own. */
export interface TableBytes {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number }
  readonly freeMemory: () => number
  readonly findEnds: (text: number, length: number, ends: number, lasts: number) => number
  readonly start: (columns: number, identity: number, coverage: number) => number
  readonly roomForText: () => number
  addColumn(list: number, column: number): void
  readonly count: (offset: number, length: number, line: number) => number
  readonly rowsCounted: () => number
  readonly afterLine: () => number
  readonly canOpen: () => number
  readonly open: (line: number, owner: number) => number
  readonly factsOfGathered: () => number
  readonly gather: () => number
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
