import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readOutput } from '../../../src/parse/index.ts'
import { assemblyOf, factOf } from '../../support/assemblies.ts'
import { tempDir } from '../../support/harness.ts'
import { findingsOf, problemFrom } from '../../support/parse-fixtures.ts'

const binsOf = async (file: string): Promise<(string | number)[][]> =>
  (await factOf(file, 'bins')).bins.map(({ name, completeness, contamination }) => [name, completeness, contamination])

describe('estimates of bins', () => {
  test('CheckM: separated by tabs, and as text between rules and log lines', async () => {
    expect(await binsOf('checkm/qa.tsv')).toEqual([
      ['bin.1', 95.2, 1.1],
      ['bin.2', 90, 4.9],
      ['bin.3', 49.99, 9.99],
      ['bin.4', 99, 112.5],
    ])
    expect(await binsOf('checkm/qa.txt')).toEqual([
      ['bin.1', 95.2, 1.1],
      ['bin.10', 50, 10],
    ])
  })
  test('CheckM2 1.0.2 and 1.0.1', async () => {
    expect(await binsOf('checkm2/quality_report.tsv')).toEqual([
      ['bin.1', 99.98, 0.21],
      ['bin.2', 50, 10],
    ])
    expect(await binsOf('checkm2/quality_report_1.0.1.tsv')).toEqual([['bin.1', 62.5, 3]])
  })
  test('CheckM2 with --allmodels, --general or --specific: the completeness of the model that was used', async () => {
    expect(await binsOf('checkm2/quality_report_allmodels.tsv')).toEqual([
      ['bin.1', 81.2, 0.31],
      ['bin.2', 99.1, 1.5],
    ])
    const file = join(tempDir('checkm2'), 'quality_report.tsv')
    for (const column of ['Completeness_General', 'Completeness_Specific']) {
      writeFileSync(file, `Name\t${column}\tContamination\tAdditional_Notes\na\t40.5\t2\tNone\n`)
      const output = await readOutput(file, { format: 'auto' })
      expect(output).toMatchObject({
        format: 'checkm2',
        facts: [{ bins: [{ name: 'a', completeness: 40.5, contamination: 2 }] }],
      })
    }
  })
  test('BUSCO: short summaries as text and JSON, batch summary, the table of nf-core/mag', async () => {
    expect(await binsOf('busco/short_summary.specific.bacteria_odb10.bin_7.txt')).toEqual([['bin_7', 91.9, 1.6]])
    expect(await binsOf('busco/short_summary.json')).toEqual([['bin_8', 40.3, 0.3]])
    expect(await binsOf('busco/batch_summary.txt')).toEqual([
      ['bin_7.fa', 91.9, 1.6],
      ['bin_8.fa', 40.3, 0.3],
    ])
    expect(await binsOf('busco/busco_summary.tsv')).toEqual([
      ['MEGAHIT-S1.1.fa', 91.9, 1.6],
      ['MEGAHIT-S1.2.fa', 0, 0],
    ])
  })
  test('nf-core/mag: CheckM2 before CheckM; nothing unbinned, nothing without an estimate', async () => {
    expect(await binsOf('mag-bin-summary/bin_summary.tsv')).toEqual([['MEGAHIT-MetaBAT2-S1.1.fa', 95.5, 0.5]])
    expect((await assemblyOf('mag-bin-summary/bin_summary.tsv')).warnings).toEqual([
      expect.stringContaining('bins without an estimate were left out: 1.'),
    ])
    expect(await factOf('mag-bin-summary/bin_summary.tsv', 'bins')).toMatchObject({ estimator: 'checkm2' })
  })
})

describe('faults', () => {
  const dir = tempDir('bins')
  const faultsOf = async (format: string, text: string): Promise<string[]> => {
    const file = join(dir, 'bins.txt')
    writeFileSync(file, text)
    return findingsOf(await problemFrom(readOutput(file, { format })))
  }
  test('percentages that are none, bins that are there twice or have no name', async () => {
    const head = 'Name\tCompleteness\tContamination\tCompleteness_Model_Used\n'
    expect(await faultsOf('checkm2', `${head}a\t101\t-1\tx\na\t1\t1\tx\na\t1\t1\tx\n\t5\t1\tx\n`)).toEqual([
      '2:3 The completeness "101" is not a percentage.',
      '2:7 The contamination "-1" is not a percentage.',
      '4:1 The bin a is there twice.',
      '5:1 The bin has no name.',
    ])
    expect(await faultsOf('checkm2', `${head}a\t50`)).toEqual(['2:3 The contamination "" is not a percentage.'])
  })
  test('a table of something else, and a summary that was cut off', async () => {
    expect(await faultsOf('checkm', 'Name\tSize\na\t1\n')).toEqual([
      '1:1 There is no header with Bin Id, Completeness and Contamination.',
    ])
    expect(await faultsOf('busco', '{"results": {"one_line_summary": "C:1.0%[S:1.0%,D:0.0%]"')).toEqual([
      '1:1 The JSON is damaged or cut off.',
    ])
    expect(await faultsOf('busco', '# BUSCO version is: 5.4.7\n')).toEqual([
      '1:1 There is no line of the form C:…%[S:…%,D:…%].',
    ])
  })
})
