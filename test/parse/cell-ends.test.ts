import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { tableBytesModule } from '../../scripts/generate-wasm.ts'
import { findCells } from '../../src/parse/cell-ends.ts'

/** Every line as the offsets its cells end at. */
const linesOf = (text: string): number[][] => {
  const lines: number[][] = [[]]
  for (const [at, character] of `${text}${text.endsWith('\n') ? '' : '\n'}`.split('').entries()) {
    if (character === '\t' || character === '\n') lines.at(-1)?.push(at)
    if (character === '\n') lines.push([])
  }
  return lines.slice(0, -1)
}

test('every tab and line feed is found, whatever stands between them', () => {
  const piece = fc.oneof(
    fc.constantFrom('\t', '\n', '\t\t\t', '\n\n', '\r\n', ''),
    fc.integer({ min: 0, max: 40 }).map((length) => 'x'.repeat(length)),
    fc.integer({ min: 0, max: 40 }).map((length) => '\t'.repeat(length)),
    fc.constantFrom('\u0001', '\u0008', '\u000b', '\u007f'),
  )
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1, maxLength: 60 }), (pieces) => {
      const text = pieces.join('')
      fc.pre(text !== '')
      const { ends, lastOfLine, lines } = findCells(Buffer.from(text))
      const found = Array.from({ length: lines }, (_, line) => [
        ...ends.subarray(line === 0 ? 0 : (lastOfLine[line - 1] ?? 0) + 1, (lastOfLine[line] ?? 0) + 1),
      ])
      expect(found).toEqual(linesOf(text))
    }),
    { numRuns: 500 },
  )
})

test('no bytes are no lines', () => {
  expect(findCells(Buffer.alloc(0)).lines).toBe(0)
})

test('what runs is what the sources say', async () => {
  const kept = readFileSync(new URL('../../src/generated/table-bytes.ts', import.meta.url), 'utf8')
  expect(kept).toBe(await tableBytesModule())
}, 60_000)
