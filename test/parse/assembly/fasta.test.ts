import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { AssemblyObservations } from '../../../src/core/observations.ts'
import { formatById, readOutput, readText } from '../../../src/parse/index.ts'
import { openChunks } from '../../../src/parse/text-file.ts'
import { assemblyOf, factOf } from '../../support/assemblies.ts'
import { tempDir } from '../../support/harness.ts'
import { findingsOf, fixture, problemFrom } from '../../support/parse-fixtures.ts'

const inChunks = async (text: string | Buffer, size: number): Promise<AssemblyObservations> => {
  const bytes = Buffer.from(text)
  const chunks = async function* (): AsyncGenerator<Buffer, void, undefined> {
    for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size))
  }
  const output = await readText(await openChunks('contigs.fa', chunks()), formatById('fasta'), undefined)
  if (output.kind !== 'assembly') throw new Error('not an assembly')
  return output
}

describe('lengths and bases', () => {
  test('CRLF, lower case, U, N, other ambiguity codes, blanks, blank lines, no line feed at the end', async () => {
    const { facts, warnings } = await assemblyOf('fasta/hostile.fa')
    // ACGTNacgtn; AUGCRN: R and N are not known; nothing; GGCC.
    expect(facts).toEqual([
      {
        what: 'contigs',
        sample: null,
        line: 1,
        lengths: [
          { length: 10, contigs: 1, gc: 4, acgt: 8 },
          { length: 6, contigs: 1, gc: 2, acgt: 4 },
          { length: 4, contigs: 1, gc: 4, acgt: 4 },
          { length: 0, contigs: 1, gc: 0, acgt: 0 },
        ],
      },
    ])
    expect(warnings).toEqual([
      expect.stringContaining('there is 1 sequence of no length.'),
      expect.stringContaining('there is 1 sequence with the name of an earlier one, the first c1 on line 10.'),
    ])
  })
  test('gzip of several members, cut within a contig', async () => {
    expect((await factOf('compressed/members.fa.gz', 'contigs')).lengths).toEqual([
      { length: 8, contigs: 1, gc: 4, acgt: 8 },
      { length: 2, contigs: 1, gc: 2, acgt: 2 },
    ])
  })
  test('contigs of one length are one class', async () => {
    const { facts } = await inChunks('>a\nAC\n>b\nGG\n>\nACG', 1000)
    expect(facts[0]).toMatchObject({
      lengths: [
        { length: 3, contigs: 1 },
        { length: 2, contigs: 2, gc: 3, acgt: 4 },
      ],
    })
  })
  test('a sequence in one line of 40 MB is read, plain and compressed', async () => {
    const dir = tempDir('fasta')
    const text = `>chromosome\n${'ACGTN'.repeat(8_000_000)}`
    writeFileSync(join(dir, 'one.fa'), text)
    writeFileSync(join(dir, 'one.fa.gz'), gzipSync(text, { level: 1 }))
    for (const file of ['one.fa', 'one.fa.gz'])
      expect(await readOutput(join(dir, file), { format: 'auto' })).toMatchObject({
        facts: [{ lengths: [{ length: 40_000_000, contigs: 1, gc: 16_000_000, acgt: 32_000_000 }] }],
      })
  })
  test('an empty file is an assembly without contigs, if it is said to be FASTA', async () => {
    const { facts, warnings } = await inChunks('', 10)
    expect(facts).toMatchObject([{ lengths: [] }])
    expect(warnings[0]).toContain('is empty')
  })

  const letters = Array.from('ACGTUacgtuNRYSWKMBDHVnryswkmbdhv')
  const sequence = fc.array(fc.constantFrom(...letters), { maxLength: 1500 }).map((all) => all.join(''))
  test('where blocks are cut changes nothing, and counts are those of counting one by one', async () => {
    const written = fc.record({
      contigs: fc.array(sequence, { minLength: 1, maxLength: 6 }),
      width: fc.integer({ min: 1, max: 700 }),
      lineEnd: fc.constantFrom('\n', '\r\n'),
      cut: fc.integer({ min: 1, max: 900 }),
    })
    await fc.assert(
      fc.asyncProperty(written, async ({ contigs, width, lineEnd, cut }) => {
        const text = contigs
          .map((bases, index) => {
            const lines = bases.match(new RegExp(`.{1,${String(width)}}`, 'g')) ?? []
            return [`>contig${String(index)} ü`, ...lines, ''].join(lineEnd)
          })
          .join('')
        const { facts, warnings } = await inChunks(text, cut)
        const naive = new Map<number, { length: number; contigs: number; gc: number; acgt: number }>()
        for (const bases of contigs) {
          const one = naive.get(bases.length) ?? { length: bases.length, contigs: 0, gc: 0, acgt: 0 }
          one.contigs++
          one.gc += bases.match(/[GC]/gi)?.length ?? 0
          one.acgt += bases.match(/[ACGTU]/gi)?.length ?? 0
          naive.set(bases.length, one)
        }
        expect(facts).toMatchObject([{ lengths: [...naive.values()].sort((a, b) => b.length - a.length) }])
        expect(warnings.filter((text) => text.includes('earlier one'))).toEqual([])
      }),
      { numRuns: 200 },
    )
  })
})

describe('refused, with line and column', () => {
  test.each([
    ['refused-assemblies/protein.faa', '3:1 "L" is no nucleotide; this looks like a protein.'],
    ['refused-assemblies/gaps.fa', '2:3 "-" is no nucleotide.'],
    ['refused-assemblies/reads.fastq', '1:1 The file begins like FASTQ: these are reads, not contigs.'],
  ])('%s', async (file, finding) => {
    expect(findingsOf(await problemFrom(readOutput(fixture(file), { format: 'auto' })))).toEqual([finding])
  })
  test.each([
    ['ACGT\n', '1:1 The file begins with "A", not with a header.'],
    ['\n  hello\n', '2:3 The file begins with "h", not with a header.'],
    ['\n42\n', '2:1 The file begins with "4", not with a header.'],
    ['>a\nAC>b\nGT', '2:3 There is a > within a sequence.'],
    ['>a\nACGT\nAC1T\n', '3:3 "1" is no nucleotide.'],
    ['>a\nACGT\nACÄT\n', '3:3 the byte 0xc3 is no nucleotide.'],
  ])('%j', async (text, finding) => {
    for (const size of [1, 3, 1000])
      expect(findingsOf(await problemFrom(inChunks(text, size))), String(size)).toEqual([finding])
  })
  test('a header without end: line ends of another system', async () => {
    const problem = await problemFrom(inChunks(`>a\r${'ACGT\r'.repeat(300_000)}`, 65_536))
    expect(problem.findings[0]).toMatchObject({ hint: 'line ends must be LF or CRLF' })
  })
})

test('names that occur twice are told among very many', async () => {
  const names = Array.from({ length: 50_000 }, (_, index) => `>k141_${String(index)}\nA\n`)
  expect((await inChunks(names.join(''), 100_000)).warnings).toEqual([])
  expect((await inChunks(`${names.join('')}>k141_7 x\nA\n`, 100_000)).warnings).toEqual([
    'contigs.fa: there is 1 sequence with the name of an earlier one, the first k141_7 on line 100001.',
  ])
})
