import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { readFileSync } from 'node:fs'
import { readOutput } from '../../src/parse/index.ts'
import { tempDir } from '../support/harness.ts'
import { findingsOf, fixture, problemFrom, readHits } from '../support/parse-fixtures.ts'

const dir = tempDir('text files')
const write = (name: string, content: string | Buffer): string => {
  const file = join(dir, name)
  writeFileSync(file, content)
  return file
}
const read = (file: string, format = 'abricate'): ReturnType<typeof readHits> => readHits(file, { format })
const report = readFileSync(fixture('abricate/two-hits.tsv'))

describe('compression', () => {
  test('gzip is recognised by its first bytes, whatever the name, also in several members', async () => {
    const lines = report.toString().split('\n')
    const members = [lines.slice(0, 2), lines.slice(2)].map((part) => gzipSync(part.join('\n')))
    const [first = Buffer.alloc(0), second = Buffer.alloc(0)] = members
    const joined = Buffer.concat([first, gzipSync('\n'), second])
    expect((await read(write('plain-name.tsv', gzipSync(report)))).calls).toHaveLength(2)
    expect((await read(write('members.tsv.gz', joined))).calls).toHaveLength(2)
  })
  test('truncated gzip is an input fault that names the file', async () => {
    const whole = gzipSync(report)
    for (const length of [3, 12, whole.length - 9, whole.length - 1]) {
      const problem = await problemFrom(read(write('cut.tsv.gz', whole.subarray(0, length))))
      expect(problem.code).toBe('E_INPUT')
      expect(problem.message).toContain('gzip')
      expect(problem.location?.file).toContain('cut.tsv.gz')
    }
  })
})

describe('what is no text', () => {
  test('a NUL byte is found with line and column', async () => {
    const problem = await problemFrom(read(write('nul.tsv', Buffer.concat([report, Buffer.from('a\tb\0')]))))
    expect(problem.location).toMatchObject({ line: 4, column: 4 })
  })
  test('invalid UTF-8 is found with line and column, also behind other letters', async () => {
    const bytes = Buffer.concat([report, Buffer.from('ä\t'), Buffer.from([0x62, 0xff, 0x0a])])
    const problem = await problemFrom(read(write('latin1.tsv', bytes)))
    expect(problem.message).toContain('UTF-8')
    expect(problem.location?.line).toBe(4)
  })
  test('UTF-16 is named as such', async () => {
    const problem = await problemFrom(read(write('utf16.tsv', Buffer.from(`\uFEFF${report.toString()}`, 'utf16le'))))
    expect(problem.hints.join()).toContain('UTF-16')
  })
  test('an endless line stops the reading and names the line', async () => {
    const problem = await problemFrom(
      read(write('endless.tsv', Buffer.concat([report, Buffer.alloc(18 * 1024 * 1024, 'A')]))),
    )
    expect(problem.location?.line).toBe(4)
    expect(problem.message).toContain('16 MiB')
  })
  test('a missing file is not found, a folder is no file', async () => {
    expect((await problemFrom(read(join(dir, 'missing.tsv')))).code).toBe('E_NOT_FOUND')
    mkdirSync(join(dir, 'folder'))
    expect((await problemFrom(read(join(dir, 'folder')))).code).toBe('E_INPUT')
  })
})

describe('faults of a table', () => {
  const header = report.toString().split('\n')[0] ?? ''
  const good = report.toString().split('\n')[1] ?? ''
  const table = (...rows: string[]): string => write('faults.tsv', [header, ...rows, ''].join('\n'))
  const columnOf = (cell: number): number => good.split('\t').slice(0, cell).join('\t').length + 2
  const change = (column: number, value: string): string => good.split('\t').toSpliced(column, 1, value).join('\t')

  test('all are reported at once, each with line and column', async () => {
    const problem = await problemFrom(
      read(table(change(10, '101'), good, change(2, 'x'), change(5, 'NA'), `${good}\tmore`)),
    )
    expect(findingsOf(problem)).toEqual([
      `2:${columnOf(10)} The identity 101 is not a percentage between 0 and 100.`,
      `4:${columnOf(2)} The start "x" is not a number.`,
      `5:${columnOf(5)} The gene is missing.`,
      `6:${good.length + 2} The line has 16 cells, the header only 15.`,
    ])
  })
  test('it gives up after 20 and says so', async () => {
    const problem = await problemFrom(read(table(...Array.from({ length: 50 }, () => change(2, '0')))))
    expect(problem.findings).toHaveLength(20)
    expect(problem.message).toContain('the first 20 problems')
  })
  test('a missing column is named with what looks like it', async () => {
    const problem = await problemFrom(
      read(write('renamed.tsv', `${header.replace('%IDENTITY', '%IDENTTY')}\n${good}\n`)),
    )
    expect(problem.findings).toMatchObject([
      {
        message: 'There is no column %IDENTITY.',
        hint: '%IDENTTY looks like it',
        location: { line: 1, column: header.indexOf('%IDENTITY') + 1 },
      },
    ])
  })
  test('a column that is there twice is a fault', async () => {
    const problem = await problemFrom(read(write('twice.tsv', `${header}\tGENE\n${good}\tx\n`)))
    expect(findingsOf(problem)).toEqual([`1:${header.length + 2} The column GENE is there twice.`])
  })
  test('commas instead of tabs are named', async () => {
    const problem = await problemFrom(read(write('commas.csv', `${header.replaceAll('\t', ',')}\n`)))
    expect(problem.findings[0]?.hint).toBe('columns must be separated by tabs')
  })
  test('another tool’s report is told by name', async () => {
    const problem = await problemFrom(read(fixture('rgi/main.txt')))
    expect(problem.hints).toEqual(['The file looks like an RGI main report: try --format rgi.'])
  })
  test('a last line cut off inside a row is a fault, a missing last line feed is none', async () => {
    const cut = await problemFrom(read(write('cut.tsv', `${header}\n${good}\n${good.slice(0, 30)}`)))
    expect(findingsOf(cut)[0]).toMatch(/^3:\d+ The last line ends within cell 6 of 15: the file looks cut off\.$/)
    expect((await read(write('no-feed.tsv', `${header}\n${good}`))).calls).toHaveLength(1)
  })
  test('an empty file has no header; an empty hAMRonization report has no hits, with a warning', async () => {
    expect(findingsOf(await problemFrom(read(write('empty.tsv', ''))))[0]).toContain('no header line')
    const { calls, warnings } = await read(write('empty.tsv', ''), 'hamronization')
    expect([calls.length, warnings.length]).toEqual([0, 1])
  })
  test('reports joined by cat may repeat the header', async () => {
    expect((await read(write('joined.tsv', report.toString() + report.toString()))).calls).toHaveLength(4)
  })
  test('identities that are all fractions raise a warning', async () => {
    const { warnings } = await read(table(change(10, '0.998')))
    expect(warnings[0]).toContain('fractions')
  })
})

describe('choosing a format', () => {
  test('an unknown format is a usage fault with a suggestion', async () => {
    const problem = await problemFrom(read(fixture('abricate/two-hits.tsv'), 'abricat'))
    expect(problem.code).toBe('E_USAGE')
    expect(problem.hints[0]).toBe('Did you mean abricate?')
  })
  test('an undecided content names the candidates', async () => {
    const file = write('own.tsv', 'sample\tgene_symbol\nS1\tsul1\n')
    const problem = await problemFrom(read(file, 'auto'))
    expect(problem.message).toContain('could be tsv')
    expect(problem.hints).toEqual(['Pass --format tsv.'])
  })
  test('an empty file cannot be recognised', async () => {
    expect((await problemFrom(read(write('empty.tsv', ''), 'auto'))).message).toContain('is empty')
  })
  test('declared columns that are no fields are named with suggestions', async () => {
    const problem = await problemFrom(
      readOutput(fixture('tsv/other-names.tsv'), { format: 'tsv', columns: { gene_symbl: 'Gene' } }),
    )
    expect(problem.findings[0]).toMatchObject({ hint: 'did you mean gene_symbol?' })
  })
  test('BLAST columns that were not declared are asked for', async () => {
    const problem = await problemFrom(readOutput(fixture('blast6/gene-query.tsv'), { format: 'blast6' }))
    expect(problem.findings[0]).toMatchObject({
      message: 'There are 13 columns instead of 12.',
      hint: 'declare them with --columns "outfmt=qseqid sseqid …"',
    })
  })
})
