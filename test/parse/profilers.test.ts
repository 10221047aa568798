import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { ProfileObservations } from '../../src/core/observations.ts'
import { sumsByRank } from '../../src/core/profile/profile.ts'
import { readOutput } from '../../src/parse/index.ts'
import { packageRoot, tempDir } from '../support/harness.ts'
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

test('Kaiju tables name their rank in the last rows; what is not assigned is left out', async () => {
  expect(await taxaOf('kaiju/genus.tsv')).toEqual([
    ['genus', '561', 60, 600, '|||||561'],
    ['genus', '570', 10, 100, '|||||570'],
    ['superkingdom', '10239', 5, 50, '10239'],
  ])
})

// Real reports, not part of this repository.
const data = join(packageRoot, '..', 'shared', 'data', 'reports')
describe.skipIf(!existsSync(data))('real reports', () => {
  test.each([
    ['kraken/sample_01.report.txt', 'kraken-report', 'superkingdom', 84.02],
    ['kraken/v2.0.8_beta/sample1.kraken2.report.txt', 'kraken-report', 'superkingdom', 0.31],
    ['kraken/v2.1.1/metagenome-with-minimizers.kreport.txt', 'kraken-report', 'superkingdom', 46],
    ['kraken/issue_2825_no_unassigned/SRR27145089.kraken2.report.txt', 'kraken-report', 'superkingdom', 100],
    ['kraken/issue_2876_empty/empty.report', 'kraken-report', 'species', 0],
    ['kraken/bracken/v2.6.0/bracken_report.txt', 'kraken-report', 'superkingdom', 100],
    ['kraken/bracken/v2.6.0/bracken_species_abundances.tsv', 'bracken', 'species', 100],
    ['metaphlan/lil_bub_pe_SRR22078166_metaphlan3-db.metaphlan_profile.txt', 'metaphlan', 'species', 100],
    ['kaiju/issue_2160/empty.txt', 'kaiju', 'species', 0],
  ])('%s is a %s with %s summing to %d %%', async (file, format, rank, sum) => {
    const output = await read(join(data, file))
    expect(output.format).toBe(format)
    const sums = sumsByRank(output.profiles[0]!)
    expect(Math.abs((sums.get(rank) ?? 0) - sum)).toBeLessThan(0.05)
    // No rank exceeds the whole, so nothing was counted twice.
    for (const value of sums.values()) expect(value).toBeLessThan(100.001)
  })
})
