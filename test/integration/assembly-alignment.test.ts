import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { alignmentValues } from '../../src/core/assembly/alignment-values.ts'
import { createAligner } from '../../src/exec/aligner.ts'
import { readOutput } from '../../src/parse/index.ts'
import { tempDir } from '../support/harness.ts'
import { missingTools } from '../support/installed-tools.ts'
import { fastaOf, mutated, randomSequence, reverseComplement } from '../support/simulated-genome.ts'

const missing = missingTools(['minimap2'])
if (missing.length > 0) process.stderr.write('Alignment of assemblies: skipped, minimap2 is not installed.\n')

const dir = tempDir('alignment')
const A = randomSequence(60_000, 1)
const B = randomSequence(40_000, 2)
const REFERENCE = join(dir, 'reference.fa')
writeFileSync(REFERENCE, fastaOf({ A, B }))

let count = 0
/** The values of an assembly whose contigs are given in their order. */
const valuesOf = async (...contigs: readonly string[]): Promise<Readonly<Record<string, number | null>>> => {
  const file = join(dir, `contigs-${count++}.fa`)
  writeFileSync(file, fastaOf(Object.fromEntries(contigs.map((contig, index) => [`c${index}`, contig]))))
  const output = await createAligner(process.env, { threads: 1 }).align(file, REFERENCE, (paf) =>
    readOutput(paf, { format: 'auto' }),
  )
  const fact = output.kind === 'assembly' ? output.facts[0] : undefined
  if (fact?.what !== 'alignment') throw new Error('no alignment was read')
  const values = alignmentValues(fact.contigs, { minContig: 500, referenceLength: A.length + B.length })
  return Object.fromEntries(values.map(([metric, { value }]) => [metric, value]))
}

const NO_ERRORS = {
  misassemblies: 0,
  misassembled_contigs: 0,
  local_misassemblies: 0,
  unaligned_contigs: 0,
  partially_unaligned_contigs: 0,
  unaligned_length: 0,
  mismatches_per_100kbp: 0,
  indels_per_100kbp: 0,
  duplication_ratio: 1,
}

describe.skipIf(missing.length > 0)('assemblies whose faults are known, aligned by minimap2', () => {
  test('the genomes themselves, whatever the strand: all of it and no faults', async () => {
    expect(await valuesOf(A, reverseComplement(B))).toMatchObject({
      ...NO_ERRORS,
      genome_fraction: 100,
      nga50: 60_000,
      lga50: 1,
      nga75: 40_000,
      na90: 40_000,
      largest_alignment: 60_000,
      total_aligned_length: 100_000,
    })
  })

  test('half of it, in pieces', async () => {
    const values = await valuesOf(A.slice(0, 20_000), A.slice(30_000, 50_000), B.slice(0, 10_000), 'ACGT'.repeat(100))
    expect(values).toMatchObject({ ...NO_ERRORS, genome_fraction: 50, nga50: 10_000, nga75: null, na50: 20_000 })
  })

  test('mismatches and indels are counted exactly', async () => {
    // 29 other bases; three insertions of 2 and two deletions of 30.
    const contig = mutated(A, 1000, 2000).slice(0, 58_000)
    const withIndels =
      contig.slice(0, 5500) +
      'GG' +
      contig.slice(5500, 15_500) +
      'TT' +
      contig.slice(15_500, 25_500) +
      'CC' +
      contig.slice(25_500, 35_500) +
      contig.slice(35_530, 45_500) +
      contig.slice(45_530)
    const values = await valuesOf(withIndels)
    expect(values).toMatchObject({ misassemblies: 0, local_misassemblies: 0, unaligned_length: 0 })
    expect(values['mismatches_per_100kbp']).toBeCloseTo((29 / 57_940) * 100_000, 6)
    expect(values['indels_per_100kbp']).toBeCloseTo((5 / 57_940) * 100_000, 6)
    expect(values['largest_alignment']).toBe(57_946)
  })

  test.each([
    ['a relocation', A.slice(0, 15_000) + A.slice(30_000, 45_000), 1, [15_000, 15_000]],
    [
      'a relocation on the other strand',
      reverseComplement(A.slice(0, 15_000) + A.slice(30_000, 45_000)),
      1,
      [15_000, 15_000],
    ],
    ['a join of two references', A.slice(0, 15_000) + B.slice(5000, 25_000), 1, [20_000, 15_000]],
    ['a deletion of 5 kbp', A.slice(0, 15_000) + A.slice(20_000, 40_000), 1, [20_000, 15_000]],
    [
      'an inversion',
      A.slice(0, 10_000) + reverseComplement(A.slice(10_000, 15_000)) + A.slice(15_000, 30_000),
      2,
      [15_000, 10_000],
    ],
    ['a tandem duplication', A.slice(0, 13_000) + A.slice(10_000, 30_000), 1, [20_000, 13_000]],
  ] as const)('%s', async (_name, contig, misassemblies, [longest, second]) => {
    const values = await valuesOf(contig)
    expect(values).toMatchObject({ misassemblies, misassembled_contigs: 1, local_misassemblies: 0 })
    expect(values['misassembled_contigs_length']).toBe(contig.length)
    // Where exactly a break is, equal bases on both sides leave open by a few.
    expect(Math.abs((values['largest_alignment'] ?? 0) - longest)).toBeLessThan(25)
    expect(Math.abs((values['na90'] ?? 0) - second)).toBeLessThan(misassemblies === 2 ? 6000 : 25)
    expect(values['unaligned_length']).toBeLessThan(25)
  })

  test('a duplicated stretch is there twice', async () => {
    const tandem = await valuesOf(A.slice(0, 13_000) + A.slice(10_000, 30_000))
    expect(tandem['duplication_ratio']).toBeCloseTo(33 / 30, 3)
    expect((await valuesOf(A, B, A.slice(0, 25_000)))['duplication_ratio']).toBe(1.25)
  })

  test('a deletion of 500 bp is a local misassembly, one of 100 bp an indel', async () => {
    const local = await valuesOf(A.slice(0, 15_000) + A.slice(15_500, 30_000))
    expect(local).toMatchObject({ misassemblies: 0, local_misassemblies: 1, indels_per_100kbp: 0 })
    expect(local['largest_alignment']).toBe(29_500)
    const indel = await valuesOf(A.slice(0, 15_000) + A.slice(15_100, 30_000))
    expect(indel).toMatchObject({ misassemblies: 0, local_misassemblies: 0 })
    expect(indel['indels_per_100kbp']).toBeCloseTo((1 / 29_900) * 100_000, 6)
  })

  test('a circular genome cut open elsewhere is no misassembly', async () => {
    expect(await valuesOf(A.slice(45_000) + A.slice(0, 15_000))).toMatchObject({
      ...NO_ERRORS,
      nga50: null,
      na50: 30_000,
    })
  })

  test('a gap of N as long as what it stands for is no misassembly, and N are no mismatches', async () => {
    const right = await valuesOf(A.slice(0, 15_000) + 'N'.repeat(1000) + A.slice(16_000, 31_000))
    expect(right).toMatchObject({ misassemblies: 0, local_misassemblies: 0, mismatches_per_100kbp: 0, na50: 30_000 })
    const wrong = await valuesOf(A.slice(0, 15_000) + 'N'.repeat(100) + A.slice(18_000, 33_000))
    expect(wrong).toMatchObject({ misassemblies: 1, mismatches_per_100kbp: 0, indels_per_100kbp: 0 })
  })

  test('what does not align, whole and in part', async () => {
    const values = await valuesOf(A, randomSequence(5000, 3), B.slice(0, 20_000) + randomSequence(3000, 4))
    expect(values).toMatchObject({ unaligned_contigs: 1, partially_unaligned_contigs: 1, misassemblies: 0 })
    expect(Math.abs((values['unaligned_length'] ?? 0) - 8000)).toBeLessThan(60)
    expect(values['genome_fraction']).toBeCloseTo(80, 0)
  })

  test('below 95 % identity nothing counts as aligned', async () => {
    expect(await valuesOf(mutated(A, 0, 25))).toMatchObject({ misassemblies: 0, unaligned_contigs: 0 })
    expect(await valuesOf(mutated(A, 0, 16))).toMatchObject({
      genome_fraction: 0,
      unaligned_contigs: 1,
      duplication_ratio: null,
    })
  })

  test('a program that fails says why', async () => {
    const aligner = createAligner(process.env, { threads: 1 })
    const nothing = () => Promise.resolve(null)
    await expect(aligner.align(join(dir, 'nowhere.fa'), REFERENCE, nothing)).rejects.toThrow(
      /could not align .*nowhere/,
    )
    const hasty = createAligner(process.env, { threads: 1, patienceMs: 1 })
    await expect(hasty.align(REFERENCE, REFERENCE, nothing)).rejects.toThrow(/took longer than/)
  })
})
