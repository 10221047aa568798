import { describe, expect, test } from 'vitest'
import { type AlignmentBlock, blocksOf } from '../../../src/core/assembly/alignment.ts'
import { alignmentValues } from '../../../src/core/assembly/alignment-values.ts'
import { placeContig } from '../../../src/core/assembly/place-contig.ts'

const placement = {
  reference: 'R',
  referenceLength: 10_000,
  start: 100,
  end: 110,
  referenceStart: 0,
  referenceEnd: 10,
  isReverse: false,
}
const N200 = 'n'.repeat(200)
const A200 = 'a'.repeat(200)

/** `R:start-end` on the reference at `start` of the contig; `<` for the other strand. */
const block = (start: number, text: string, more: Partial<AlignmentBlock> = {}): AlignmentBlock => {
  const [, reference = '', from, to, strand] = /^(\w+):(\d+)-(\d+)(<?)$/.exec(text) ?? []
  const length = Number(to) - Number(from)
  return {
    reference,
    referenceLength: 100_000,
    start,
    end: start + length,
    referenceStart: Number(from),
    referenceEnd: Number(to),
    isReverse: strand === '<',
    matches: length,
    mismatches: 0,
    indels: 0,
    indelBases: 0,
    ...more,
  }
}
const contig = (length: number, ...blocks: readonly AlignmentBlock[]) => ({ name: 'c', length, blocks })

describe('differences', () => {
  test('are counted, in the short and the long form', () => {
    const expected = {
      start: 100,
      end: 110,
      referenceStart: 0,
      referenceEnd: 10,
      matches: 8,
      mismatches: 1,
      indels: 2,
      indelBases: 2,
    }
    expect(blocksOf(placement, ':3*ac+g:5-t')).toMatchObject([expected])
    expect(blocksOf(placement, '=ACG*ac+g=ACGTA-t')).toMatchObject([expected])
  })
  test('with N are none', () => {
    expect(blocksOf(placement, ':4*an*nc:3+n-a')).toMatchObject([{ matches: 7, mismatches: 0, indels: 1 }])
  })
  test('of 200 bp and more cut the alignment; places count backwards on the other strand', () => {
    const long = { ...placement, end: 410, referenceEnd: 110 }
    expect(blocksOf(long, `:30+${A200}:80`)).toMatchObject([
      { start: 100, end: 130, referenceStart: 0, referenceEnd: 30 },
      { start: 330, end: 410, referenceStart: 30, referenceEnd: 110 },
    ])
    expect(blocksOf({ ...long, isReverse: true }, `:30+${N200}:80`)).toMatchObject([
      { start: 380, end: 410, referenceStart: 0, referenceEnd: 30 },
      { start: 100, end: 180, referenceStart: 30, referenceEnd: 110 },
    ])
    expect(blocksOf({ ...long, end: 110, referenceEnd: 210 }, `:5-${A200}:5`)?.map(({ indels }) => indels)).toEqual([
      0, 0,
    ])
  })
  test.each([':9', ':11', ':10:', ':5*a:4', ':10x', '', ':99999999999999999', '+acgt', ':5~gt12ag:5'])(
    '%j does not fit',
    (text) => {
      expect(blocksOf(placement, text)).toBeNull()
    },
  )
})

describe('breaks', () => {
  const breaksOf = (...blocks: readonly AlignmentBlock[]) => placeContig(contig(10_000, ...blocks)).breaks
  test.each([
    ['nothing between', block(1000, 'R:1000-2000'), { misassembly: 0, local: 0 }],
    ['199 bp too far', block(1000, 'R:1199-2199'), { misassembly: 0, local: 0 }],
    ['200 bp too far', block(1000, 'R:1200-2200'), { misassembly: 0, local: 1 }],
    ['1000 bp too far', block(1000, 'R:2000-3000'), { misassembly: 0, local: 1 }],
    ['1001 bp too far', block(1000, 'R:2001-3001'), { misassembly: 1, local: 0 }],
    ['1001 bp back', block(2001, 'R:1000-2000'), { misassembly: 1, local: 0 }],
    ['other strand', block(1000, 'R:1000-2000<'), { misassembly: 1, local: 0 }],
    ['other reference', block(1000, 'Q:1000-2000'), { misassembly: 1, local: 0 }],
  ] as const)('%s', (_name, second, expected) => {
    expect(breaksOf(block(0, 'R:0-1000'), second)).toEqual(expected)
  })
  test('on the other strand are measured backwards', () => {
    expect(breaksOf(block(0, 'R:5000-6000<'), block(1000, 'R:4000-5000<')).misassembly).toBe(0)
    expect(breaksOf(block(0, 'R:4000-5000<'), block(1000, 'R:5000-6000<')).misassembly).toBe(1)
  })
  test('over the end of a circular reference are none', () => {
    expect(breaksOf(block(0, 'R:99000-100000'), block(1000, 'R:0-1000')).misassembly).toBe(0)
    expect(breaksOf(block(0, 'R:0-1000<'), block(1000, 'R:99000-100000<')).misassembly).toBe(0)
  })
})

describe('where a contig is from', () => {
  test('the longest block first; one mostly inside others does not count, a short overlap is counted once', () => {
    const placed = placeContig(contig(3000, block(0, 'R:0-2000'), block(100, 'Q:0-1500'), block(1990, 'R:50000-51000')))
    expect(placed.blocks.map(({ reference, start, end }) => [reference, start, end])).toEqual([
      ['R', 0, 2000],
      ['R', 2000, 2990],
    ])
    expect(placed.aligned).toBe(2990)
    expect(placed.pieces).toEqual([2000, 990])
  })
  test('needs 65 bp and 95 % identity', () => {
    const eligible = (start: number, text: string, more: Partial<AlignmentBlock>) =>
      placeContig(contig(2000, block(start, text, more))).blocks.length
    expect(eligible(0, 'R:0-64', {})).toBe(0)
    expect(eligible(0, 'R:0-65', {})).toBe(1)
    expect(eligible(0, 'R:0-1000', { matches: 950, mismatches: 50 })).toBe(1)
    expect(eligible(0, 'R:0-1000', { matches: 949, mismatches: 51 })).toBe(0)
    expect(eligible(0, 'R:0-1000', { matches: 950, mismatches: 49, indelBases: 2 })).toBe(0)
  })
})

describe('values', () => {
  const valuesOf = (contigs: readonly ReturnType<typeof contig>[], referenceLength = 10_000) =>
    new Map(alignmentValues(contigs, { minContig: 500, referenceLength }))
  test('worked by hand', () => {
    const values = valuesOf([
      contig(3000, block(0, 'R:0-2000', { matches: 1990, mismatches: 10, indels: 3 }), block(2000, 'Q:0-1000')),
      contig(1000, block(0, 'R:1500-2100')),
      contig(800),
      contig(499, block(0, 'R:9000-9499')),
    ])
    const number = (metric: string) => values.get(metric)?.value
    // R is covered from 0 to 2100, Q from 0 to 1000.
    expect(number('genome_fraction')).toBe(31)
    expect(number('duplication_ratio')).toBe(3600 / 3100)
    expect(number('total_aligned_length')).toBe(3600)
    expect(number('unaligned_length')).toBe(400 + 800)
    expect(number('unaligned_contigs')).toBe(1)
    expect(number('partially_unaligned_contigs')).toBe(0)
    expect(number('misassemblies')).toBe(1)
    expect(number('misassembled_contigs_length')).toBe(3000)
    expect(number('mismatches_per_100kbp')).toBe((10 * 100_000) / 3600)
    expect(number('indels_per_100kbp')).toBe((3 * 100_000) / 3600)
    // Pieces 2000, 1000, 600 of 4800 bases of contigs and 10,000 of the reference.
    expect(number('na50')).toBe(1000)
    expect(number('la50')).toBe(2)
    expect(values.get('nga50')).toEqual({ value: null, reason: 'too_few' })
    expect(number('aunga')).toBe((2000 ** 2 + 1000 ** 2 + 600 ** 2) / 10_000)
  })
  test('breaks in a contig that is mostly something else are counted apart', () => {
    const values = valuesOf([contig(5000, block(0, 'R:0-1000'), block(1000, 'R:50000-51000'))])
    expect(values.get('misassemblies')?.value).toBe(0)
    expect(values.get('unaligned_misassembled_contigs')?.value).toBe(1)
    expect(values.get('partially_unaligned_contigs')?.value).toBe(1)
  })
  test('nothing that aligns, and no contigs at all', () => {
    for (const contigs of [[contig(1000)], []]) {
      const values = valuesOf(contigs)
      expect(values.get('genome_fraction')?.value).toBe(0)
      for (const metric of ['duplication_ratio', 'mismatches_per_100kbp', 'largest_alignment'])
        expect(values.get(metric)?.reason, metric).toBe('undefined_0/0')
    }
  })
})
