import fc from 'fast-check'
import { expect, test } from 'vitest'
import { globalIdentity } from '../../../scripts/simulate/global-identity.ts'
import { seededRandom } from '../../../scripts/simulate/seeded-random.ts'
import { formatFasta, parseFasta, reverseComplement, substitute } from '../../../scripts/simulate/sequence.ts'

const dna = (length: { minLength: number; maxLength: number }): fc.Arbitrary<string> =>
  fc.array(fc.constantFrom('A', 'C', 'G', 'T'), length).map((bases) => bases.join(''))

test('the reverse complement of GATTACA is TGTAATC, and doing it twice changes nothing', () => {
  expect(reverseComplement('GATTACA')).toBe('TGTAATC')
  fc.assert(
    fc.property(dna({ minLength: 0, maxLength: 200 }), (sequence) => {
      expect(reverseComplement(reverseComplement(sequence))).toBe(sequence)
    }),
  )
})

test('exactly the wanted number of bases changes, and only inside the range', () => {
  fc.assert(
    fc.property(
      dna({ minLength: 20, maxLength: 100 }),
      fc.integer({ min: 0, max: 10 }),
      fc.nat(),
      (sequence, n, seed) => {
        const changed = substitute(seededRandom(seed), sequence, n, [5, 15])
        const differing = Array.from(sequence, (base, index) => (base === changed[index] ? -1 : index)).filter(
          (at) => at >= 0,
        )
        expect(differing).toHaveLength(n)
        expect(differing.every((at) => at >= 5 && at < 15)).toBe(true)
        expect(changed).toHaveLength(sequence.length)
      },
    ),
  )
})

test('FASTA is written in lines of 70 and read back, ids cut at the blank, Windows line ends accepted', () => {
  const records = [{ id: 'a', description: 'two words', sequence: 'ACGT'.repeat(50) }]
  expect(parseFasta(formatFasta(records))).toEqual(records)
  expect(
    Math.max(
      ...formatFasta(records)
        .split('\n')
        .map((line) => line.length),
    ),
  ).toBe(70)
  expect(parseFasta('>x y\r\nacg\r\nTT\r\n')).toEqual([{ id: 'x', description: 'y', sequence: 'ACGTT' }])
})

test.each([
  ['ACGTACGT', 'ACGTACGT', 100],
  ['ACGTACGT', 'ACGAACGT', 87.5], // one of eight columns differs
  ['ACGTACGT', 'ACGACGT', 87.5], // one gap column in eight
  ['AAAA', 'TTTT', 0],
  ['', '', 100],
  ['AC', '', 0],
])('global identity of %s and %s is %d %', (left, right, percent) => {
  expect(globalIdentity(left, right)).toBeCloseTo(percent, 10)
  expect(globalIdentity(right, left)).toBeCloseTo(percent, 10)
})

test('aligning never finds less than comparing position by position does', () => {
  fc.assert(
    fc.property(
      dna({ minLength: 30, maxLength: 60 }),
      fc.nat(),
      fc.integer({ min: 0, max: 3 }),
      (sequence, seed, n) => {
        const changed = substitute(seededRandom(seed), sequence, n)
        expect(globalIdentity(sequence, changed)).toBeGreaterThanOrEqual(
          (100 * (sequence.length - n)) / sequence.length - 1e-9,
        )
      },
    ),
  )
})
