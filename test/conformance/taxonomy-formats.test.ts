import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { NamedProfile } from '../../src/core/profile/profile.ts'
import { detectFormat, formats, readOutput } from '../../src/parse/index.ts'
import { packageRoot } from '../support/harness.ts'

// Real reports, not part of this repository. What has to come out of them is read here in another way: line by line,
// with the columns counted by hand.
const data = join(packageRoot, '..', 'shared', 'data', 'reports')
const isThere = existsSync(data)
if (!isThere) process.stderr.write('Taxonomy formats: skipped, the reports are not here.\n')

/** What is expected of one taxon: rank, percentage, how exact the file states it, and reads. */
interface Expected {
  readonly rank: string
  readonly percentage: number
  readonly within: number
  readonly count: number | null
}

const linesOf = (file: string): string[][] =>
  readFileSync(join(data, file), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split('\t'))
const NAMES = ['superkingdom', 'phylum', 'class', 'order', 'family', 'genus', 'species', 'strain']
const rankOf = (letter: string, letters: string): string => NAMES[letters.indexOf(letter)] ?? ''

const fromKraken = (file: string): Map<string, Expected> => {
  const expected = new Map<string, Expected>()
  for (const line of linesOf(file)) {
    const [name = '', taxid = '', code = ''] = [...line].reverse()
    const rank = code === 'S1' ? 'strain' : name.trim() === 'Viruses' ? 'superkingdom' : rankOf(code.trim(), 'DPCOFGS')
    const reads = Number(line[1])
    if (rank !== '' && reads > 0 && code.trim() !== 'U' && code.trim() !== '-')
      expected.set(taxid.trim(), { rank, percentage: Number(line[0]), within: 0.0051, count: reads })
  }
  return expected
}

const fromBracken = (file: string): Map<string, Expected> =>
  new Map(
    linesOf(file)
      .slice(1)
      .filter((line) => Number(line[6]) > 0)
      .map((line) => [
        line[1] ?? '',
        { rank: 'species', percentage: Number(line[6]) * 100, within: 1e-9, count: Number(line[5]) },
      ]),
  )

const fromMetaphlan = (file: string): Map<string, Expected> =>
  new Map(
    linesOf(file)
      .filter(([first = '']) => !first.startsWith('#'))
      .map(([clade = '', ids = '', percentage = '']) => {
        const last = clade.split('|').at(-1) ?? ''
        const id = ids.split('|').at(-1) ?? ''
        return [
          id === '' ? last : id,
          { rank: rankOf(last[0] ?? '', 'kpcofgst'), percentage: Number(percentage), within: 1e-9, count: null },
        ]
      }),
  )

const fromKaiju = (file: string): Map<string, Expected> =>
  new Map(
    linesOf(file)
      .slice(1)
      .filter((line) => line[3] !== 'NA' && Number(line[2]) > 0)
      .map((line) => [
        line[3] ?? '',
        {
          rank: line[4] === 'Viruses' ? 'superkingdom' : 'genus',
          percentage: Number(line[1]),
          within: 1e-9,
          count: Number(line[2]),
        },
      ]),
  )

const fromGtdbtk = (file: string): Map<string, Expected> => {
  const genomes = linesOf(file).slice(1)
  const found = new Map<string, number>()
  for (const [, classification = ''] of genomes)
    for (const taxon of classification.replace('Unclassified Bacteria', 'd__Bacteria').split(';'))
      if (/^\w__./.test(taxon)) found.set(taxon, (found.get(taxon) ?? 0) + 1)
  return new Map(
    [...found].map(([taxon, count]) => [
      taxon,
      {
        rank: rankOf(taxon[0] ?? '', 'dpcofgs'),
        percentage: (count / genomes.length) * 100,
        within: 1e-9,
        count: null,
      },
    ]),
  )
}

const KRAKEN = 'kraken-report'
const REPORTS: readonly (readonly [file: string, format: string, taxa: number, read: typeof fromKraken])[] = [
  ['kraken/sample_01.report.txt', KRAKEN, 129, fromKraken],
  ['kraken/v2.0.8_beta/sample1.kraken2.report.txt', KRAKEN, 7, fromKraken],
  ['kraken/v2.1.1/metagenome-with-minimizers.kreport.txt', KRAKEN, 15, fromKraken],
  ['kraken/issue_2825_no_unassigned/SRR27145089.kraken2.report.txt', KRAKEN, 111, fromKraken],
  ['kraken/issue_2876_empty/empty.report', KRAKEN, 0, fromKraken],
  ['kraken/bracken/v2.6.0/bracken_report.txt', KRAKEN, 346, fromKraken],
  ['kraken/bracken/v2.6.0/bracken_species_abundances.tsv', 'bracken', 59, fromBracken],
  ['metaphlan/lil_bub_pe_SRR22078166_metaphlan3-db.metaphlan_profile.txt', 'metaphlan', 166, fromMetaphlan],
  ['kaiju/first_kaiju2table_genus.txt', 'kaiju', 1076, fromKaiju],
  ['kaiju/issue_2160/empty.txt', 'kaiju', 0, fromKaiju],
  ['gtdbtk/2.4.0/minigut.bac120.summary.tsv', 'gtdbtk', 13, fromGtdbtk],
]

describe.skipIf(!isThere)('real reports of profilers', () => {
  const compared = { files: 0, taxa: 0 }
  afterAll(() => {
    process.stderr.write(
      `Taxonomy formats: ${compared.taxa} taxa of ${compared.files} reports compared (rank, percentage, reads).\n`,
    )
  })
  const profileOf = async (file: string): Promise<NamedProfile> => {
    const output = await readOutput(join(data, file), { format: 'auto' })
    if (output.kind !== 'profile' || output.profiles.length !== 1) throw new Error(`${file}: not one profile`)
    return output.profiles[0]!
  }

  test.each(REPORTS)('%s (%s): every taxon', async (file, format, taxa, expectedOf) => {
    expect(await detectFormat(join(data, file))).toBe(format)
    const expected = expectedOf(file)
    const profile = await profileOf(file)
    expect(profile.taxa.map(({ taxid }) => taxid).sort()).toEqual([...expected.keys()].sort())
    expect(profile.taxa).toHaveLength(taxa)
    for (const { taxid, rank, percentage, count, path } of profile.taxa) {
      const of = expected.get(taxid)!
      expect([taxid, rank, count]).toEqual([taxid, of.rank, of.count])
      expect(Math.abs(percentage - of.percentage), `${taxid}: ${percentage}`).toBeLessThanOrEqual(of.within)
      expect(path.at(-1)).toBe(taxid)
    }
    compared.files++
    compared.taxa += expected.size
  })

  test.each(REPORTS.filter(([, , taxa]) => taxa > 0))('%s: no other format is as sure of it', (file, format) => {
    const head = readFileSync(join(data, file), 'utf8').slice(0, 64 * 1024)
    for (const other of formats.filter(({ id }) => id !== format))
      expect([other.id, other.sniff(head) < 0.9]).toEqual([other.id, true])
  })
})
