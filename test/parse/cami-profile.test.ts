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
