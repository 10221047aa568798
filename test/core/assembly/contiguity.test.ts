import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ContigLengths } from '../../../src/core/assembly/assembly.ts'
import { contiguity } from '../../../src/core/assembly/contiguity.ts'
import { contigsOf } from '../../support/assemblies.ts'

const valuesOf = (
  lengths: ContigLengths,
  { minContig = 0, referenceLength = null as number | null } = {},
): Readonly<Record<string, number | string>> =>
  Object.fromEntries(
    contiguity(lengths, { minContig, referenceLength }).map(([metric, { value, reason }]) => [
      metric,
      value ?? reason ?? '',
    ]),
  )

describe('by hand', () => {
  // Together 100: half of it is reached by the first, three quarters by the third, nine tenths by the fourth.
  const contigs = contigsOf(50, 20, 10, 10, 4, 6)
  test('Nx and Lx, auN', () => {
    expect(valuesOf(contigs)).toMatchObject({
      contig_count: 6,
      total_length: 100,
      largest_contig: 50,
      n50: 50,
      l50: 1,
      n75: 10,
      l75: 3,
      n90: 10,
      l90: 4,
      aun: (2500 + 400 + 100 + 100 + 16 + 36) / 100,
      ng50: 'no_truth',
      aung: 'no_truth',
    })
  })
  test('against a reference of 160: half of it is 80, three quarters are never reached', () => {
    expect(valuesOf(contigs, { referenceLength: 160 })).toMatchObject({
      ng50: 10,
      lg50: 3,
      ng75: 'too_few',
      lg75: 'too_few',
      aung: 3152 / 160,
    })
  })
  test('shorter contigs are left out, but from the values that name a length', () => {
    expect(valuesOf(contigsOf(2000, 999, 499), { minContig: 500 })).toMatchObject({
      contig_count: 2,
      total_length: 2999,
      contig_count_0: 3,
      total_length_0: 3498,
      contig_count_1000: 1,
      total_length_1000: 2000,
      contig_count_50000: 0,
      total_length_50000: 0,
    })
  })
  test('GC of the known bases, N per 100 kbp of all', () => {
    const lengths = [{ length: 1000, contigs: 2, gc: 600, acgt: 1500 }]
    expect(valuesOf(lengths)).toMatchObject({ gc_percent: 40, ns_per_100kbp: 25_000 })
    expect(valuesOf([{ length: 10, contigs: 1, gc: 0, acgt: 0 }])).toMatchObject({
      gc_percent: 'undefined_0/0',
      ns_per_100kbp: 100_000,
    })
  })
  test('no contigs: nothing but counts of 0', () => {
    expect(valuesOf([], { referenceLength: 100 })).toMatchObject({
      contig_count: 0,
      total_length: 0,
      largest_contig: 'undefined_0/0',
      n50: 'undefined_0/0',
      l50: 'undefined_0/0',
      aun: 'undefined_0/0',
      ng50: 'too_few',
      aung: 0,
      gc_percent: 'undefined_0/0',
    })
  })
})

describe('whatever the lengths', () => {
  const naive = (lengths: readonly number[], share: number, whole: number): readonly [number, number] | null => {
    let sum = 0
    for (const [index, length] of [...lengths].sort((a, b) => b - a).entries()) {
      sum += length
      // 100 · sum and share · whole are whole numbers: no rounding.
      if (sum * 100 >= share * whole) return [length, index + 1]
    }
    return null
  }
  const some = fc.array(fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 5_000_000 })), {
    minLength: 1,
    maxLength: 60,
  })
  test('Nx and Lx are those of going through them one by one, and fall and rise with x', () => {
    fc.assert(
      fc.property(some, fc.integer({ min: 1, max: 20_000_000 }), (lengths, referenceLength) => {
        const values = valuesOf(contigsOf(...lengths), { referenceLength })
        const total = lengths.reduce((sum, length) => sum + length, 0)
        for (const [n, l, whole] of [
          ['n', 'l', total],
          ['ng', 'lg', referenceLength],
        ] as const)
          for (const share of [50, 75, 90]) {
            const [length, place] = naive(lengths, share, whole) ?? ['too_few', 'too_few']
            expect([values[`${n}${String(share)}`], values[`${l}${String(share)}`]]).toEqual([length, place])
          }
        expect(values['n50']).toBeGreaterThanOrEqual(Number(values['n75']))
        expect(values['n75']).toBeGreaterThanOrEqual(Number(values['n90']))
        expect(values['l50']).toBeLessThanOrEqual(Number(values['l75']))
        expect(values['l75']).toBeLessThanOrEqual(Number(values['l90']))
        expect(values['aun']).toBeLessThanOrEqual(Number(values['largest_contig']) * (1 + 1e-12))
      }),
      { numRuns: 500 },
    )
  })
})
