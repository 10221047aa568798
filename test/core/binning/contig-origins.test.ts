import { expect, test } from 'vitest'
import type { AlignedContig } from '../../../src/core/assembly/alignment.ts'
import { createOriginFinder } from '../../../src/core/binning/contig-origins.ts'

/** A contig of 1000 bp of which the first `bases` align, with this share of them equal. */
const aligned = (name: string, bases: number, identity = 1): AlignedContig => ({
  name,
  length: 1000,
  blocks: [
    {
      reference: 'r',
      referenceLength: 5000,
      start: 0,
      end: bases,
      referenceStart: 0,
      referenceEnd: bases,
      isReverse: false,
      matches: bases * identity,
      mismatches: bases * (1 - identity),
      indels: 0,
      indelBases: 0,
    },
  ],
})
const originOf = (inA: AlignedContig, inB: AlignedContig): string | null => {
  const finder = createOriginFinder()
  finder.add('A', [inA])
  finder.add('B', [inB])
  return finder.origins()[0]?.genome ?? null
}

test.each([
  ['most of it, and nothing elsewhere', 1000, 0, 'A'],
  ['half of it', 500, 0, 'A'],
  ['less than half', 499, 0, null],
  ['10 % more than elsewhere', 1000, 900, 'A'],
  ['less than that', 1000, 901, null],
  ['the second genome is the better one', 600, 1000, 'B'],
  ['equal', 1000, 1000, null],
  ['nothing', 0, 0, null],
] as const)('%s', (_name, inA, inB, expected) => {
  expect(originOf(aligned('c', inA), aligned('c', inB))).toBe(expected)
})

test('places below 90 % identity or 65 bp do not count', () => {
  expect(originOf(aligned('c', 1000, 0.875), aligned('c', 0))).toBeNull()
  expect(originOf(aligned('c', 1000, 0.90625), aligned('c', 0))).toBe('A')
  expect(originOf(aligned('c', 1000), aligned('c', 1000, 0.875))).toBe('A')
})
