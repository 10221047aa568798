import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readAmrTruth } from '../../src/parse/amr-truth.ts'
import { tempDir } from '../support/harness.ts'
import { findingsOf, fixture, problemFrom } from '../support/parse-fixtures.ts'

const dir = tempDir('truths')
const truth = (...rows: string[]): Promise<Awaited<ReturnType<typeof readAmrTruth>>> => {
  const file = join(dir, 'truth.tsv')
  writeFileSync(file, `${rows.map((row) => row.replaceAll(' ', '\t')).join('\n')}\n`)
  return readAmrTruth(file)
}
const faults = async (...rows: string[]): Promise<string[]> => findingsOf(await problemFrom(truth(...rows)))

describe('a truth', () => {
  test('has every sample, also one without genes, and says what is known of each gene', async () => {
    const { samples, sha256 } = await readAmrTruth(fixture('truth/complete.tsv'))
    expect([...samples.keys()]).toEqual(['S1', 'S2', 'S3'])
    expect(samples.get('S1')).toMatchObject([
      {
        geneSymbol: 'blaTEM-1',
        allele: 'blaTEM-1B',
        geneFamily: 'blaTEM',
        drugClasses: ['BETA-LACTAM'],
        aro: 'ARO:3000873',
        contig: 'contig_1',
        start: 301,
        stop: 1161,
        strand: '+',
        copies: 1,
        depth: 10.5,
        status: 'present',
        location: { line: 2 },
      },
      { geneSymbol: 'sul1', strand: '-', copies: 2, depth: null, aro: 'ARO:3000410', status: 'present' },
      { geneSymbol: 'mcr-1', status: 'absent' },
    ])
    expect(samples.get('S2')).toEqual([])
    expect(sha256).toBe(
      createHash('sha256')
        .update(readFileSync(fixture('truth/complete.tsv')))
        .digest('hex'),
    )
  })
  test('needs no more than two columns, in any order; comments are skipped', async () => {
    const { samples } = await truth('# made by hand', 'gene_symbol sample', 'sul1 S1')
    expect(samples.get('S1')?.[0]?.geneSymbol).toBe('sul1')
  })
  test('several classes may be separated by semicolon, comma or slash', async () => {
    const { samples } = await truth('sample gene_symbol drug_class', 'S1 a A;B', 'S1 b A,B', 'S1 c A/B')
    expect(samples.get('S1')?.map(({ drugClasses }) => drugClasses)).toEqual([
      ['A', 'B'],
      ['A', 'B'],
      ['A', 'B'],
    ])
  })
})

describe('faults of a truth', () => {
  test('wrong column names are all named with suggestions', async () => {
    const problem = await problemFrom(truth('sample gene_symbl strt', 'S1 a 1'))
    expect(problem.findings.map(({ hint }) => hint)).toEqual([
      'did you mean gene_symbol?',
      'did you mean start?',
      undefined,
    ])
    expect(findingsOf(problem)[2]).toBe('1:1 There is no column gene_symbol.')
  })
  test('the report of a tool is told as one fault, not as one for each column', async () => {
    const problem = await problemFrom(truth('SEQUENCE START END GENE', 'c1 1 20 a'))
    expect(findingsOf(problem)).toEqual(['1:1 None of these columns is one of a truth.'])
    expect(problem.findings[0]?.hint).toBe('what a tool reports is given with --prediction')
  })
  test('everything wrong in the rows is told at once', async () => {
    expect(
      await faults(
        'sample gene_symbol start stop status copies depth strand',
        'S1 a 5 3    ',
        'S1 b x 3    ',
        'S1 c   presnt   ',
        'S1 d    0  ',
        'S1 e     -2 ',
        'S1 f 7     ',
        ' g      ',
        'S1 h      *',
      ),
    ).toEqual([
      '2:6 The start 5 is behind the stop 3.',
      '3:6 The start "x" is not a number.',
      '4:8 The status "presnt" is neither present nor absent.',
      '5:9 A gene with 0 copies is not there.',
      '6:10 The depth -2 is less than 0.',
      '7:8 One end of the gene is missing.',
      '8:1 The sample is missing.',
      '9:11 The strand is neither + nor -.',
    ])
  })
  test('a repeated row, a gene both there and not, and "no genes" beside a gene', async () => {
    expect(
      await faults('sample gene_symbol status', 'S1 a ', 'S1 a present', 'S2 b absent', 'S2 b ', 'S3  ', 'S3 c '),
    ).toEqual([
      '3:4 The row repeats line 2.',
      '5:4 The row repeats line 4.',
      '6:1 This row says that S3 has no genes, line 7 gives it c.',
    ])
    expect(await faults('sample gene_symbol status allele', 'S2 b absent x', 'S2 b present y')).toEqual([
      '2:1 b is absent from S2 here and present on line 3.',
    ])
  })
  test('a row without a gene must say nothing of one', async () => {
    expect(await faults('sample gene_symbol drug_class', 'S1  TETRACYCLINE')).toEqual([
      '2:4 The gene symbol is missing.',
    ])
  })
  test('NA is no gene and no way to say "no genes"', async () => {
    expect(await faults('sample gene_symbol', 'S1 NA')).toEqual(['2:4 The gene symbol is missing.'])
  })
  test('an empty file and one without samples', async () => {
    expect(await faults('')).toEqual(['1:1 The file has no header line.'])
    expect(await faults('sample gene_symbol')).toEqual(['1:1 There is no sample.'])
  })
})
