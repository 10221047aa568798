import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { ProfileObservations } from '../../src/core/observations.ts'
import { readOutput } from '../../src/parse/index.ts'
import { tempDir } from '../support/harness.ts'
import { findingsOf, fixture, problemFrom } from '../support/parse-fixtures.ts'

const read = async (file: string): Promise<ProfileObservations> => {
  const output = await readOutput(file, { format: 'auto' })
  if (output.kind !== 'profile') throw new Error(`read as ${output.kind}`)
  return output
}
/** Taxa of the only profile of a fixture: rank, taxon, percentage, reads and lineage. */
const taxaOf = async (file: string): Promise<unknown[][]> => {
  const { profiles } = await read(fixture(file))
  expect(profiles).toHaveLength(1)
  return (profiles[0]?.taxa ?? []).map(({ rank, taxid, percentage, count, path }) => [
    rank,
    taxid,
    Number(percentage.toFixed(6)),
    count,
    path.join('|'),
  ])
}

describe('Kraken reports', () => {
  test('give each clade its share of all reads and its lineage; levels in between stay out', async () => {
    expect(await taxaOf('kraken-report/sample.kreport')).toEqual([
      ['superkingdom', '2', 80, 80, '2'],
      ['phylum', '1224', 79, 79, '2|1224'],
      ['genus', '561', 79, 79, '2|1224||||561'],
      ['species', '562', 70, 70, '2|1224||||561|562'],
      ['strain', '83333', 30, 30, '2|1224||||561|562|83333'],
      ['species', '564', 5, 5, '2|1224||||561|564'],
      ['superkingdom', '10239', 8, 8, '10239'],
    ])
    expect((await read(fixture('kraken-report/sample.kreport'))).abundance).toBe('sequence')
  })
  test('with minimizers have two columns more', async () => {
    expect(await taxaOf('kraken-report/minimizers.kreport')).toEqual([['superkingdom', '2', 60, 6, '2']])
  })
  test('that are cut off or something else are faults', async () => {
    const file = join(tempDir('kraken'), 'cut.kreport')
    writeFileSync(file, ' 10.00\t10\t10\tU\t0\tunclassified\n 90.00\tmany\t0\tR\t1\troot\n 90.00\t9\n')
    expect(findingsOf(await problemFrom(readOutput(file, { format: 'kraken-report' })))).toEqual([
      '2:8 The number of reads "many" is not a number of 0 or more.',
      '3:8 The line has 2 cells instead of 6, or 8 with minimizers.',
    ])
  })
})

test('Bracken tables give one rank, percent of the classified reads', async () => {
  expect(await taxaOf('bracken/species.tsv')).toEqual([
    ['species', '562', 89, 89, '||||||562'],
    ['species', '564', 11, 11, '||||||564'],
  ])
})

test('MetaPhlAn profiles: a taxon without a number of its own has the name of its clade', async () => {
  const taxa = await taxaOf('metaphlan/sample_profile.txt')
  expect(taxa.map(([rank, taxid]) => [rank, taxid])).toEqual([
    ['superkingdom', '2'],
    ['phylum', '1224'],
    ['class', '1236'],
    ['order', 'o__Unplaced'],
    ['family', '543'],
    ['genus', '561'],
    ['species', '562'],
    ['strain', 't__SGB10068'],
  ])
  expect(taxa.at(-1)).toEqual(['strain', 't__SGB10068', 79.5, null, '2|1224|1236|o__Unplaced|543|561|562|t__SGB10068'])
  expect((await read(fixture('metaphlan/sample_profile.txt'))).abundance).toBe('taxonomic')
})

describe('MetaPhlAn without taxids, or of several samples', () => {
  test('release 2: two columns, taxa are called like their clades', async () => {
    const taxa = await taxaOf('metaphlan/release-2_profile.txt')
    expect(taxa).toHaveLength(9)
    expect([taxa[1], taxa[2]]).toEqual([
      ['superkingdom', 'k__Viruses', 10, null, 'k__Viruses'],
      ['phylum', 'p__Proteobacteria', 90, null, 'k__Bacteria|p__Proteobacteria'],
    ])
    expect(taxa[8]?.slice(0, 3)).toEqual(['strain', 't__Escherichia_coli_unclassified', 90])
  })
  test.each([
    [
      'merged-2.txt',
      'S1_profile',
      ['superkingdom k__Bacteria 90', 'phylum p__Proteobacteria 90', 'superkingdom k__Viruses 10'],
    ],
    ['merged-3.txt', 'S1_profile', ['superkingdom 2 79.5', 'phylum 1224 79.5', 'class c__Unplaced 79.5']],
    ['merged-4.txt', 'S1', ['superkingdom k__Bacteria 79.5', 'phylum p__Pseudomonadota 79.5']],
  ])('%s: a column for each sample', async (file, sample, taxa) => {
    const shares = await sharesOf(fixture(`metaphlan/${file}`))
    expect(Object.keys(shares)).toEqual([sample, sample.replace('S1', 'S2')])
    expect(shares[sample]).toEqual(taxa)
    const { namesSamples, profiles } = await read(fixture(`metaphlan/${file}`))
    expect([namesSamples, profiles[1]?.shortSample]).toEqual([true, sample === 'S1' ? undefined : 'S2'])
  })
  test('with a sample twice, or without one, are refused; other tables that begin with an id are not recognised', async () => {
    const faults = faultsOf('metaphlan')
    expect(await faults('clade_name > S1 > S1')).toEqual(['1:15 The column S1 is there twice.'])
    expect(await faults('clade_name > NCBI_tax_id')).toEqual(['1:1 There is no column of abundances.'])
    expect(await faults('clade_name > NCBI_tax_id > coverage')).toEqual([
      expect.stringMatching(/^1:\d+ There is no column relative_abundance/),
    ])
    expect(await faults('clade_name > S1', 'k__Bacteria > most')).toEqual([
      '2:13 The abundance "most" is not a number of 0 or more.',
    ])
    const other = await problemFrom(readOutput(written('other.txt', 'ID > S1', 'K00001 > 4'), { format: 'auto' }))
    expect(other.message).toContain('in none of the known formats')
  })
})

describe('KrakenUniq reports', () => {
  test('have ranks written out; of strains of strains the highest counts, sequences stay out', async () => {
    expect(await taxaOf('krakenuniq/sample.report.tsv')).toEqual([
      ['superkingdom', '2', 80, 80, '2'],
      ['phylum', '1224', 80, 80, '2|1224'],
      ['genus', '561', 78, 78, '2|1224||||561'],
      ['species', '562', 74, 74, '2|1224||||561|562'],
      ['strain', '83333', 40, 40, '2|1224||||561|562|83333'],
      ['superkingdom', '10239', 9, 9, '10239'],
    ])
    expect((await read(fixture('krakenuniq/sample.report.tsv'))).abundance).toBe('sequence')
  })
  test('that are cut off are faults', async () => {
    const header = '% > reads > taxReads > kmers > dup > cov > taxID > rank > taxName'
    const faults = faultsOf('krakenuniq')
    expect(await faults('# KrakenUniq v1')).toEqual([
      '1:1 The file has no header line; it may come from a tool that failed.',
    ])
    expect(await faults(header)).toEqual(['1:1 There is no row; a run that classified nothing has one.'])
    expect(await faults(header, '10 > many > 10 > 9 > 1 > NA > 0 > no rank > unclassified', '90 > 9 > 8')).toEqual([
      '2:4 The number of reads "many" is not a number of 0 or more.',
      '3:6 The line has 3 cells; 9 are needed.',
    ])
  })
})

test('Kaiju tables name their rank in the last rows; what is not assigned is left out', async () => {
  expect(await taxaOf('kaiju/genus.tsv')).toEqual([
    ['genus', '561', 60, 600, '|||||561'],
    ['genus', '570', 10, 100, '|||||570'],
    ['superkingdom', '10239', 5, 50, '10239'],
  ])
})

const written = (name: string, ...rows: readonly string[]): string => {
  const file = join(tempDir('profilers'), name)
  writeFileSync(file, rows.map((row) => `${row.replaceAll(' > ', '\t')}\n`).join(''))
  return file
}
/** What is wrong with the given lines, read as one format. */
const faultsOf =
  (format: Parameters<typeof readOutput>[1]['format']) =>
  async (...rows: readonly string[]): Promise<string[]> =>
    findingsOf(await problemFrom(readOutput(written('faulty.txt', ...rows), { format })))
const sharesOf = async (file: string): Promise<Record<string, string[]>> =>
  Object.fromEntries(
    (await read(file)).profiles.map(({ sample, taxa }) => [
      sample ?? 'unnamed',
      taxa.map(({ rank, taxid, percentage }) => `${rank} ${taxid} ${Number(percentage.toFixed(4))}`),
    ]),
  )

test('Kraken reports: the domains of the taxonomy since 2025 have no code of their own; odd blanks do no harm', async () => {
  const file = written(
    'domains.kreport',
    ' 10.00 > 10 > 10 > U > 0 > unclassified',
    ' 90.00 > 90 > 0 > R > 1 > root',
    ' 80.00 > 80 > 0 > R2 > 2 >    Bacteria',
    ' 80.00 > 80 > 80 > P > 1224 >       Pseudomonadota',
    ' 10.00 > 10 > 10 > R1 > 10239 >   Viruses',
  )
  expect(await sharesOf(file)).toEqual({ unnamed: ['superkingdom 2 80', 'phylum 1224 80', 'superkingdom 10239 10'] })
})

describe('MetaPhlAn profiles', () => {
  test('with read statistics, an unknown share first, and clades whose numbers are empty or repeated', async () => {
    const file = written(
      'stats_profile.txt',
      '#mpa_vJan25',
      '#estimated_reads_mapped_to_known_clades:100',
      '#clade_name > clade_taxid > relative_abundance > coverage > estimated_number_of_reads_from_the_clade',
      'UNCLASSIFIED > -1 > 20.0 > - > 25',
      'k__Bacteria > 2 > 80.0 > 1.5 > 100',
      'k__Bacteria|p__Bacteria_unclassified > 2| > 80.0 > 1.5 > 100',
      'k__Bacteria|p__Bacteria_unclassified|c__X > 2||2 > 80.0 > 1.5 > 100',
    )
    const { profiles } = await read(file)
    expect(profiles[0]?.taxa.map(({ rank, taxid, count }) => [rank, taxid, count])).toEqual([
      ['superkingdom', '2', 100],
      ['phylum', 'p__Bacteria_unclassified', 100],
      ['class', 'c__X', 100],
    ])
  })
  test('that are unknown altogether found nothing', async () => {
    const file = written(
      'none.txt',
      '#clade_name > NCBI_tax_id > relative_abundance > additional_species',
      'UNKNOWN > -1 > 100.0 > ',
    )
    expect(await sharesOf(file)).toEqual({ unnamed: [] })
  })
})

test('Kaiju tables of several files are about the samples the files are named after', async () => {
  const row = (file: string, name: string): string[] => [
    `${file} > 60.0 > 60 > 561 > ${name}`,
    `${file} > 40.0 > 40 > NA > cannot be assigned to a (non-viral) genus`,
  ]
  const file = written(
    'both.txt',
    'file > percent > reads > taxon_id > taxon_name',
    ...row('out/S1.out', 'Escherichia'),
    ...row('out/S2.kaiju.tsv', 'Escherichia'),
  )
  expect(await sharesOf(file)).toEqual({ S1: ['genus 561 60'], S2: ['genus 561 60'] })
})

describe('TAXPASTA tables', () => {
  test('counts where reads were assigned count for the ranks above too, shares are of everything', async () => {
    expect(await sharesOf(fixture('taxpasta/two-samples.tsv'))).toEqual({
      S1: ['superkingdom 2 80', 'phylum 1224 80', 'genus 561 75', 'species 562 60', 'genus 570 5', 'species 573 5'],
      S2: ['superkingdom 2 100', 'phylum 1224 100', 'genus 561 100'],
    })
    const { abundance, isGeneric, namesSamples } = await read(fixture('taxpasta/two-samples.tsv'))
    expect([abundance, isGeneric, namesSamples]).toEqual([null, true, true])
  })
  test('counts of clades are not added up again', async () => {
    expect(await sharesOf(fixture('taxpasta/clades.tsv'))).toEqual({
      unnamed: ['superkingdom 2 100', 'phylum 1224 100', 'genus 561 88.8889', 'species 562 87.7778'],
    })
  })
  test('without lineages each rank is a whole of its own', async () => {
    expect(await sharesOf(fixture('taxpasta/no-lineages.tsv'))).toEqual({
      unnamed: ['species 562 75', 'species 573 25', 'genus 561 100'],
    })
  })
  test('in the long form name the sample in a column', async () => {
    const file = written(
      'long.tsv',
      'taxonomy_id > rank > sample > count',
      '562 > species > S1 > 4',
      '562 > species > S2 > ',
    )
    expect(await sharesOf(file)).toEqual({ S1: ['species 562 100'], S2: [] })
  })
  test('without ranks leave them open, in percent of what is classified; the lineages say them where there are any', async () => {
    expect(await sharesOf(fixture('taxpasta/minimal.tsv'))).toEqual({
      unnamed: ['not stated 562 37.5', 'not stated 573 12.5'],
    })
    expect(await sharesOf(fixture('taxpasta/minimal-merged.tsv'))).toEqual({
      S1: ['not stated 562 75', 'not stated 573 6.25', 'not stated 561 18.75'],
      S2: ['not stated 561 100'],
    })
    const lineages = [
      'taxonomy_id > id_lineage > rank_lineage > S1',
      '562 > 2;561;562 > superkingdom;genus;species > 4',
    ]
    expect(await sharesOf(written('lineages.tsv', ...lineages))).toEqual({
      S1: ['superkingdom 2 100', 'genus 561 100', 'species 562 100'],
    })
  })
  test('with counts that are none, or none at all, are refused', async () => {
    const faults = faultsOf('taxpasta')
    expect(await faults('taxonomy_id > rank', '562 > species')).toEqual(['1:1 There is no column of counts.'])
    expect(await faults('taxonomy_id > rank > S1 > S1', '')).toEqual(['1:1 The column S1 is there twice.'])
    expect(await faults('taxonomy_id > rank > S1', '562 > species > many', ' > species > 1')).toEqual([
      '2:13 The count "many" is not a number of 0 or more.',
      '3:1 The taxon is missing.',
    ])
  })
  test('of ids and something else than counts could be many a table', async () => {
    const rows = ['taxonomy_id > S1', '562 > four']
    const problem = await problemFrom(readOutput(written('any.tsv', ...rows), { format: 'auto' }))
    expect(problem.message).toContain('could be taxpasta')
  })
})

describe('GTDB-Tk summaries', () => {
  test('say which taxa have genomes; what is not classified is left out, and no abundance is stated', async () => {
    expect(await sharesOf(fixture('gtdbtk/bac120.summary.tsv'))).toEqual({
      unnamed: [
        'superkingdom d__Bacteria 75',
        'phylum p__Pseudomonadota 50',
        'class c__Gammaproteobacteria 50',
        'order o__Enterobacterales 50',
        'family f__Enterobacteriaceae 50',
        'genus g__Escherichia 25',
        'species s__Escherichia coli 25',
        'genus g__Klebsiella 25',
      ],
    })
    expect((await read(fixture('gtdbtk/bac120.summary.tsv'))).abundance).toBe('presence')
  })
  test('with a genome twice, or something that is no lineage, are refused', async () => {
    const file = written(
      'faulty.summary.tsv',
      'user_genome > classification',
      'a > Bacteria;Firmicutes',
      'b > d__Archaea',
      'b > d__Archaea',
    )
    expect(findingsOf(await problemFrom(readOutput(file, { format: 'gtdbtk' })))).toEqual([
      '2:3 "Bacteria" does not begin with a rank such as s__.',
      '2:3 "Firmicutes" does not begin with a rank such as s__.',
      '4:1 The genome b is there twice; the first time on line 3.',
    ])
  })
})
describe('Kraken output, read by read', () => {
  test('gives counts of taxa without ranks, of all reads, and says that this is not the report', async () => {
    const file = fixture('kraken-output/reads.kraken')
    expect(await taxaOf('kraken-output/reads.kraken')).toEqual([
      ['no rank', '562', 50, 2, '562'],
      ['no rank', '561', 25, 1, '561'],
    ])
    const { format, profiles, warnings } = await read(file)
    expect(format).toBe('kraken-output')
    expect(profiles[0]?.ranks).toEqual(['no rank'])
    expect(warnings).toEqual([
      `${file}: Kraken's output names no ranks: at every rank but "no rank" nothing counts as found. Score the report (kraken2 --report) instead.`,
    ])
  })
  test('that is cut off or something else is a fault', async () => {
    const file = join(tempDir('kraken output'), 'cut.kraken')
    writeFileSync(file, 'C\tread1\tE. coli\t150\t562:1\nX\tread2\t562\t150\t0:1\nC\tread3\t56')
    expect(findingsOf(await problemFrom(readOutput(file, { format: 'kraken-output' })))).toEqual([
      '1:9 "E. coli" is neither a taxon number nor "name (taxid number)".',
      '2:1 "X" is neither C nor U.',
      '3:9 The line has 3 cells; 4 are needed.',
    ])
    writeFileSync(file, '')
    expect(findingsOf(await problemFrom(readOutput(file, { format: 'kraken-output' })))).toEqual([
      '1:1 There is no read.',
    ])
  })
})

test('a taxon that a Kraken report has twice counts once with the reads of both rows', async () => {
  const file = join(tempDir('kraken twice'), 'twice.kreport')
  const rows = ['100\t100\t0\tR\t1\troot', '60\t60\t60\tG\t561\t  Escherichia', '20\t20\t20\tG\t561\t  Escherichia']
  writeFileSync(file, `${rows.join('\n')}\n`)
  expect((await read(file)).profiles[0]?.taxa).toEqual([
    { taxid: '561', rank: 'genus', path: ['', '', '', '', '', '561'], percentage: 80, count: 80 },
  ])
})
