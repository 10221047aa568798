import fc from 'fast-check'

/** One change of a file: what is cut out and what is put in, where. */
export interface Mutation {
  /** Share of the file before the change. */
  readonly at: number
  readonly remove: number
  /** Bytes, or where in the file itself they are taken from: repeated rows and cells in wrong places. */
  readonly insert: Uint8Array | { readonly from: number; readonly length: number }
}

const NASTY = [
  ...['\t', '\n', '\r', '\0', '"', '#', '-', '.', ' ', '0', '-1', '1e999', 'NaN', '101', '..', '|', ';', ',', ':'],
  ...['@', '[', '{', ']', '}', '\\', '>', '🧬', 'ä', '\ufeff', '99999999999999999999', '__proto__'],
]

const share = fc.double({ min: 0, max: 1, noNaN: true })

// Bytes that are no text, and much taken out, mostly end in the same refusal; the others come deeper.
const mutation: fc.Arbitrary<Mutation> = fc.record({
  at: share,
  remove: fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat({ max: 12 }) }),
  insert: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...NASTY).map((text) => Buffer.from(text)) },
    { weight: 2, arbitrary: fc.record({ from: share, length: fc.nat({ max: 200 }) }) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 4 }) },
  ),
})

/** One to four changes. */
export const mutations = fc.array(mutation, { minLength: 1, maxLength: 4 })

/** A file after these changes, one after the other. */
export const mutated = (file: Buffer, changes: readonly Mutation[]): Buffer =>
  changes.reduce((current, { at, remove, insert }) => {
    const cut = Math.floor(at * current.length)
    return Buffer.concat([current.subarray(0, cut), insertedBytes(insert, current), current.subarray(cut + remove)])
  }, file)

const insertedBytes = (insert: Mutation['insert'], file: Buffer): Uint8Array => {
  if (insert instanceof Uint8Array) return insert
  const start = Math.floor(insert.from * file.length)
  return file.subarray(start, start + insert.length)
}
