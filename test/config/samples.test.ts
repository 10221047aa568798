import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readCsv } from '../../src/config/csv.ts'
import { readSamples } from '../../src/config/samples.ts'
import { formatLocation, Problem } from '../../src/core/problem.ts'
import { tempDir } from '../support/harness.ts'

const root = tempDir('samples')
mkdirSync(join(root, 'reads'))
for (const name of ['reads/a_1.fq', 'reads/a_2.fq', 'b.fa', 'with,comma.fa', 'with "quote".fa'])
  writeFileSync(join(root, name), 'x')
writeFileSync(join(root, 'empty.fa'), '')

let count = 0
const sheet = (text: string | Buffer): string => {
  const file = join(root, `sheet-${count++}.csv`)
  writeFileSync(file, text)
  return file
}
const read = (text: string | Buffer) => readSamples(sheet(text), 'samples.csv')
const findings = (text: string | Buffer): string[] => {
  try {
    read(text)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    expect(error.code).toBe('E_INPUT')
    return error.findings.map(
      ({ location, message, hint }) =>
        `${location ? formatLocation(location).replace('samples.csv', '').replace(/^:/, '') : ''} ${message}${hint ? ` (${hint.replace(root, 'ROOT')})` : ''}`,
    )
  }
  return []
}

describe('a sample sheet', () => {
  test('gives samples with absolute paths, from the folder of the sheet', () => {
    expect(read('sample,fastq_1,fastq_2,fasta,group\nA,reads/a_1.fq,reads/a_2.fq,,soil\nB,,,b.fa,\n')).toEqual([
      {
        id: 'A',
        group: 'soil',
        files: { reads1: join(root, 'reads/a_1.fq'), reads2: join(root, 'reads/a_2.fq'), fasta: null },
      },
      { id: 'B', group: null, files: { reads1: null, reads2: null, fasta: join(root, 'b.fa') } },
    ])
  })

  test('may have other names for its columns, any order, nf-core columns, quotes, a BOM, CRLF and blank lines', () => {
    const text =
      '\ufeff"Sample_ID",short_reads_2,short_reads_1,run,long_reads\r\n\r\n"A","reads/a_2.fq", reads/a_1.fq ,1,\r\n,,,,\r\n'
    expect(read(text)).toEqual([
      {
        id: 'A',
        group: null,
        files: { reads1: join(root, 'reads/a_1.fq'), reads2: join(root, 'reads/a_2.fq'), fasta: null },
      },
    ])
  })

  test('quoted paths can hold commas and quotation marks', () => {
    expect(read('sample,fasta\nA,"with,comma.fa"\nB,"with ""quote"".fa"\n').map(({ files }) => files.fasta)).toEqual([
      join(root, 'with,comma.fa'),
      join(root, 'with "quote".fa'),
    ])
  })
})

describe('a sample sheet that cannot be used names every mistake with line and column', () => {
  const ALLOWED = 'letters, digits, dot, dash and underscore, beginning with a letter or digit, at most 100'
  const cases: Record<string, [string | Buffer, string[]]> = {
    'missing, empty and remote files, and a folder': [
      'sample,fastq_1,fasta\nA,nope.fq,b.fa\nB,,empty.fa\nC,https://x.org/a.fq,\nD,reads,\n',
      [
        '2:3 There is no file nope.fq. (paths start at the folder of the sample sheet; looked for ROOT/nope.fq)',
        '3:4 empty.fa is empty.',
        '4:3 "https://x.org/a.fq" is not on this machine. (fetch it first, then give its path)',
        '5:3 reads is a folder.',
      ],
    ],
    'ids that are empty, doubled or no file names': [
      'sample,fasta\n,b.fa\nA,b.fa\na,b.fa\n../x,b.fa\n"a b",b.fa\n-x,b.fa\nÄ,b.fa\n',
      [
        '2:1 The sample id is empty.',
        '4:1 The sample id "a" is already used in line 3. (one row for each sample: join lanes and runs first; ids differing in case only do not count)',
        `5:1 The sample id "../x" cannot be a file name. (${ALLOWED})`,
        `6:1 The sample id "a b" cannot be a file name. (${ALLOWED})`,
        `7:1 The sample id "-x" cannot be a file name. (${ALLOWED})`,
        `8:1 The sample id "Ä" cannot be a file name. (${ALLOWED})`,
      ],
    ],
    'reads that do not pair': [
      'sample,fastq_1,fastq_2,fasta\nA,,reads/a_2.fq,\nB,reads/a_1.fq,reads/a_1.fq,\nC,,,\n',
      [
        '2:4 fastq_2 is given without fastq_1. (single-end reads go into fastq_1)',
        '2:1 Sample "A" has neither reads nor contigs.',
        '3:16 fastq_1 and fastq_2 are the same file.',
        '4:1 Sample "C" has neither reads nor contigs.',
      ],
    ],
    'wrong columns': [
      'smaple,fastq1x,colour,fasta,contigs\n',
      [
        '1:1 Unknown column "smaple". (did you mean "sample"?)',
        '1:8 Unknown column "fastq1x". (did you mean "fastq1"?)',
        '1:16 Unknown column "colour". (known: sample, fastq_1, fastq_2, fasta, group)',
        '1:29 A second column for fasta: "contigs".',
        '1:1 There is no column "sample". (the first line names the columns: sample,fastq_1,fastq_2,fasta)',
      ],
    ],
    'no file columns': [
      'sample,group\nA,x\n',
      [
        '1:1 There is neither a column "fastq_1" nor "fasta". (the first line names the columns: sample,fastq_1,fastq_2,fasta)',
        '2:1 Sample "A" has neither reads nor contigs.',
      ],
    ],
    tabs: [
      'sample\tfasta\nA\tb.fa\n',
      ['1:7 The columns are separated by tabs; a sample sheet has commas. (save it as CSV with commas)'],
    ],
    semicolons: [
      'sample;fasta\nA;b.fa\n',
      ['1:7 The columns are separated by semicolons; a sample sheet has commas. (save it as CSV with commas)'],
    ],
    'too many cells': [
      'sample,fasta\nA,b.fa,c,d\n',
      ['2:8 This row has 4 cells, the header 2. (quote cells that hold a comma)'],
    ],
    'an unclosed quote': ['sample,fasta\nA,"b.fa\nB,b.fa\n', ['2:3 A quoted cell is never closed.']],
    'text after a quote': ['sample,fasta\nA,"b".fa\n', ['2:6 Text follows a closing quotation mark.']],
    'an empty file': ['', [' The sample sheet is empty. (begin with sample,fastq_1,fastq_2,fasta)']],
    'blank lines only': ['\n\n', [' The sample sheet is empty. (begin with sample,fastq_1,fastq_2,fasta)']],
    'a header only': ['sample,fasta\n', ['2:1 The sample sheet has a header but no samples.']],
    'Latin-1': [
      Buffer.from('sample,fasta\nA,b\xe4.fa\n', 'latin1'),
      ['2:4 The file is not UTF-8 here. (save it as UTF-8)'],
    ],
  }
  test.each(Object.entries(cases))('%s', (_, [text, expected]) => {
    expect(findings(text)).toEqual(expected)
  })

  test('a missing sheet, and a folder', () => {
    expect(() => readSamples(join(root, 'none.csv'), 'none.csv')).toThrow(
      expect.objectContaining({
        findings: [{ message: 'There is no such file.', location: { file: 'none.csv' } }],
      }) as Error,
    )
    expect(() => readSamples(root, 'x')).toThrow(Problem)
  })

  test('lines stay right after a cell with line breaks', () => {
    expect(findings('sample,group,fasta\nA,"x\ny",b.fa\nB,z,nope.fa\n')).toEqual([
      '4:5 There is no file nope.fa. (paths start at the folder of the sample sheet; looked for ROOT/nope.fa)',
    ])
  })
})

describe('readCsv', () => {
  test('any table survives being written and read', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'é', '"', ',', '\n', '\r\n', ' ', ';') })
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 2 }), { minLength: 1 }), (table) => {
        const text = table.map((row) => row.map((value) => `"${value.replaceAll('"', '""')}"`).join(',')).join('\r\n')
        const result = readCsv(text)
        const rows = 'rows' in result ? result.rows.map((row) => row.map((one) => one.text)) : result
        expect(rows).toEqual(table.filter((row) => row.some((value) => value !== '')))
      }),
    )
  })

  test('any text ends in rows or in a place', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r') }), (text) => {
        const result = readCsv(text)
        if ('message' in result) expect(result.line).toBeLessThanOrEqual(text.split(/\r\n|\r|\n/).length)
        else expect(result.rows.every((row) => row.length > 0)).toBe(true)
      }),
    )
  })
})
