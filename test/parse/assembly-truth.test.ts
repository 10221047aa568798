import { copyFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { totalLength } from '../../src/core/assembly/assembly.ts'
import { readAssemblyTruth } from '../../src/parse/assembly-truth.ts'
import { tempDir } from '../support/harness.ts'
import { findingsOf, fixture, problemFrom } from '../support/parse-fixtures.ts'

const dir = tempDir('assembly truth')
const write = (name: string, text: string): string => {
  writeFileSync(join(dir, name), text)
  return join(dir, name)
}
copyFileSync(fixture('fasta/contigs.fasta'), join(dir, 'genome.fasta'))

describe('a truth of assemblies', () => {
  test('a FASTA holds for any sample', async () => {
    const { samples, anySample } = await readAssemblyTruth(fixture('compressed/members.fa.gz'))
    expect(samples.size).toBe(0)
    expect(anySample).toMatchObject({ file: fixture('compressed/members.fa.gz') })
    expect(totalLength(anySample?.lengths ?? [])).toBe(10)
  })
  test('a table names a FASTA for each sample; relative paths start at the table', async () => {
    const { samples, anySample } = await readAssemblyTruth(fixture('truth/references.tsv'))
    expect(anySample).toBeNull()
    expect([...samples].map(([sample, { lengths }]) => [sample, totalLength(lengths)])).toEqual([
      ['S1', 19],
      ['S2', 10],
    ])
  })
  test('its digest changes with a reference, not only with the table', async () => {
    const table = write('one.tsv', 'sample\treference\nS1\tgenome.fasta\n')
    const before = await readAssemblyTruth(table)
    expect((await readAssemblyTruth(table)).sha256).toBe(before.sha256)
    write('genome.fasta', '>a\nACGT\n')
    expect((await readAssemblyTruth(table)).sha256).not.toBe(before.sha256)
  })
})

describe('faults, all of them with line and column', () => {
  const faultsOf = async (text: string): Promise<string[]> =>
    findingsOf(await problemFrom(readAssemblyTruth(write('bad.tsv', text))))
  test('in the header', async () => {
    expect(await faultsOf('sample\tgenome\nS1\tx.fa\n')).toEqual(['1:1 There is no column reference.'])
    expect(await faultsOf('sample,reference\nS1,x.fa\n')).toHaveLength(2)
    expect(await faultsOf('\n')).toEqual(['1:1 The file has no header line.'])
    expect(await faultsOf('sample\treference\n')).toEqual(['1:1 There is no sample.'])
  })
  test('in the rows', async () => {
    write('protein.faa', '>p\nMKL\n')
    write('nothing.fa', '>p\n')
    expect(
      await faultsOf('reference\tsample\nnowhere.fa\tS1\nprotein.faa\tS2\nnothing.fa\tS3\n').then((found) =>
        found.map((text) => text.replaceAll(dir, '')),
      ),
    ).toEqual([
      '2:1 There is no file /nowhere.fa.',
      '3:1 /protein.faa cannot be read as a FASTA of nucleotides: 1 problem. "L" is no nucleotide; this looks like a protein.',
      '4:1 The reference /nothing.fa has no sequence.',
    ])
    expect(await faultsOf('sample\treference\nS1\tgenome.fasta\nS1\tgenome.fasta\n\tgenome.fasta\nS2\n')).toEqual([
      '3:1 The sample S1 has a reference already on line 2.',
      '4:1 The sample is missing.',
      '5:1 The reference is missing.',
    ])
  })
})
