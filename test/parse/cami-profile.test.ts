import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { ProfileObservations } from '../../src/core/observations.ts'
import { readOutput } from '../../src/parse/index.ts'
import { readProfileTruth } from '../../src/parse/profile-truth.ts'
import { tempDir } from '../support/harness.ts'
import { findingsOf, fixture, problemFrom } from '../support/parse-fixtures.ts'

const dir = tempDir('profiles')
const write = (name: string, ...lines: readonly string[]): string => {
  writeFileSync(join(dir, name), lines.map((line) => `${line}\n`).join(''))
  return join(dir, name)
}
const read = async (file: string): Promise<ProfileObservations> => {
  const output = await readOutput(file, { format: 'auto' })
  if (output.kind !== 'profile') throw new Error(`read as ${output.kind}`)
  return output
}
const COLUMNS = '@@TAXID\tRANK\tTAXPATH\tPERCENTAGE'

describe('several samples in one file', () => {
  test('are read whatever the order and case of headers and columns', async () => {
    const { profiles, namesSamples, warnings, abundance } = await read(fixture('cami-profile/three-samples.profile'))
    expect(namesSamples).toBe(true)
    expect(warnings).toEqual([])
    expect(abundance).toBe('taxonomic')
    expect(profiles.map(({ sample, ranks }) => [sample, ranks.join('|')])).toEqual([
      ['S1', 'superkingdom|phylum|species'],
      ['S2', 'superkingdom|phylum|species'],
      ['S3', 'superkingdom'],
    ])
    expect(profiles[1]?.taxa).toEqual([{ taxid: '2', rank: 'superkingdom', path: ['2'], percentage: 100, count: null }])
  })
  test('rows of one taxon add up, 0 percent says it is not there, comments count for nothing, skipped ranks stay', async () => {
    const [first] = (await read(fixture('cami-profile/three-samples.profile'))).profiles
    expect(first?.taxa.map(({ taxid, percentage }) => [taxid, percentage])).toEqual([
      ['2', 95],
      ['1224', 95],
      ['562', 65],
      ['28901.2', 30],
    ])
    expect(first?.taxa.at(-1)?.path).toEqual(['2', '', '28901.2'])
  })
  test('one without rows is one where nothing was found', async () => {
    expect((await read(fixture('cami-profile/three-samples.profile'))).profiles[2]?.taxa).toEqual([])
  })
  test('are the truth of a dataset when all of them are named', async () => {
    const truth = await readProfileTruth(fixture('cami-profile/three-samples.profile'))
    expect([...truth.samples.keys()]).toEqual(['S1', 'S2', 'S3'])
    expect(truth.sha256).toMatch(/^[0-9a-f]{64}$/)
    const problem = await problemFrom(readProfileTruth(write('nameless.profile', '@Ranks:species', COLUMNS)))
    expect(findingsOf(problem)).toEqual(['1:1 The profile does not name its sample.'])
  })
})

describe('as files really are', () => {
  const taxaOf = async (text: string): Promise<unknown[]> => {
    const file = join(dir, 'real.profile')
    writeFileSync(file, text)
    const { profiles, warnings } = await read(file)
    expect([profiles.length, warnings]).toEqual([1, []])
    return (profiles[0]?.taxa ?? []).map(({ taxid, rank, path, percentage }) => [
      taxid,
      rank,
      path.join('|'),
      percentage,
    ])
  }
  test('with CRLF, a byte order mark, and no line end after the last row', async () => {
    const text = `\uFEFF@SampleID:S1\r\n@Ranks: superkingdom|strain\r\n\r\n${COLUMNS}\r\n2\tsuperkingdom\t2\t99.1234567890123456\r\n36874.1\tstrain\t2||||||36874|36874.1\t1e-5`
    expect(await taxaOf(text)).toEqual([
      ['2', 'superkingdom', '2', Number('99.1234567890123456')],
      ['36874.1', 'strain', '2||||||36874|36874.1', 0.00001],
    ])
  })
  test('with taxa of GTDB, the ranks NCBI has since 2025, columns of the writer, and rows of what was not assigned', async () => {
    const rows = [
      '@Ranks:domain|acellular root|species',
      '@SampleID:S1',
      '@__tool__:made by hand',
      '@@TAXID\tRANK\tTAXPATH\tTAXPATHSN\t_X_Y\tPERCENTAGE\t_X_Z',
      '-1\tunassigned\t-1\tunassigned\t\t5\t',
      '#-1\tunassigned\t-1\tunassigned\t\t5\t',
      'd__Bacteria\tdomain\td__Bacteria\tBacteria\t1\t60\t2\t3\t4',
      '10239\tacellular root\t10239\tViruses\t1\t35',
      's__A b\tspecies\td__Bacteria|s__A b\t\t1\t60',
      'nowhere\tspecies\t\t\t1\t1',
    ]
    expect(await taxaOf(rows.join('\n'))).toEqual([
      ['d__Bacteria', 'superkingdom', 'd__Bacteria', 60],
      ['10239', 'superkingdom', '10239', 35],
      ['s__A b', 'species', 'd__Bacteria|s__A b', 60],
      ['nowhere', 'species', '', 1],
    ])
  })
  test('say in a header what they are shares of; a truth says one thing', async () => {
    const stating = (...types: readonly string[]): string =>
      write(
        'stated.profile',
        ...types.flatMap((type, index) => [
          `@SampleID:S${index}`,
          '@Ranks:species',
          `@__abundance__: ${type}`,
          COLUMNS,
        ]),
      )
    expect((await read(stating('Sequence'))).profiles[0]?.abundance).toBe('sequence')
    expect((await readProfileTruth(stating('sequence', 'sequence'))).abundance).toBe('sequence')
    expect(findingsOf(await problemFrom(readProfileTruth(stating('sequence', 'taxonomic'))))).toEqual([
      '5:1 Not all samples state the same type of abundance.',
    ])
    expect(findingsOf(await problemFrom(readOutput(stating('reads'), { format: 'auto' })))).toEqual([
      '1:1 The header @__abundance__ says "reads".',
    ])
  })
})

describe('faults are found together, with line and column', () => {
  const faults = async (...lines: readonly string[]): Promise<string[]> =>
    findingsOf(await problemFrom(readOutput(write('faulty.profile', ...lines), { format: 'cami-profile' })))
  test('in rows', async () => {
    expect(
      await faults(
        '@SampleID:S1',
        '@Ranks:species',
        COLUMNS,
        '1\tspecies\t1\tmany',
        '2\tspecies\t2\t-3',
        '\t\t\t5',
        '3\tspecies',
      ),
    ).toEqual([
      '4:13 The percentage "many" is not a number of 0 or more.',
      '5:13 The percentage "-3" is not a number of 0 or more.',
      '6:1 The taxon is missing.',
      '6:2 The rank is missing.',
      '7:3 The line has 2 cells; 4 are needed.',
    ])
  })
  test('in headers', async () => {
    expect(await faults('@SampleID:S1', COLUMNS)).toEqual(['1:1 There is no header @Ranks that lists the ranks.'])
    expect(await faults('@SampleID:S1', '@Ranks:species')).toEqual([
      '1:1 The headers are not followed by a line @@TAXID RANK TAXPATH PERCENTAGE.',
    ])
    expect(await faults('@SampleID:S1', '@Ranks:species', '@@TAXID\tRANK\tPERCENTAGE')).toEqual([
      '3:1 There is no column TAXPATH.',
    ])
    expect(await faults('1\tspecies\t1\t5')).toEqual(['1:1 A row stands before the line of columns (@@TAXID …).'])
    expect(await faults('# nothing')).toEqual(['1:1 There are neither headers nor rows.'])
  })
  test('a sample that is there twice', async () => {
    const sample = ['@SampleID:S1', '@Ranks:species', COLUMNS]
    expect(await faults(...sample, ...sample)).toEqual(['4:1 The sample S1 is there twice; the first time on line 1.'])
  })
})
