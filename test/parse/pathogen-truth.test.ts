import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readPathogenTruth } from '../../src/parse/pathogen-truth.ts'
import { tempDir } from '../support/harness.ts'
import { findingsOf, fixture, problemFrom } from '../support/parse-fixtures.ts'

const dir = tempDir('pathogen truths')
/** Rows with `;` for the tab, because names have blanks. */
const truth = (...rows: string[]): Promise<Awaited<ReturnType<typeof readPathogenTruth>>> => {
  const file = join(dir, 'truth.tsv')
  writeFileSync(file, `${rows.map((row) => row.replaceAll(';', '\t')).join('\n')}\n`)
  return readPathogenTruth(file)
}
const faults = async (...rows: string[]): Promise<string[]> => findingsOf(await problemFrom(truth(...rows)))

describe('a truth', () => {
  test('has every sample, the negative ones too, and says what is known of each taxon', async () => {
    const file = fixture('truth/pathogens.tsv')
    const { samples, sha256 } = await readPathogenTruth(file)
    expect([...samples.keys()]).toEqual(['P1', 'P2', 'blank', 'healthy'])
    expect(samples.get('P1')).toMatchObject([
      {
        taxid: '1280',
        rank: 'species',
        status: 'present',
        name: 'Staphylococcus aureus',
        abundance: 0.5,
        reads: 1000,
        copies: 2.5,
        location: { line: 3 },
      },
      { taxid: '1282', status: 'absent', abundance: null, reads: null, copies: null },
    ])
    expect([...(samples.get('P1')?.[0]?.lineage ?? [])]).toEqual([
      ['species', '1280'],
      ['genus', '1279'],
    ])
    // Serovars and the like are strains; the lineage has a place for each rank.
    expect(samples.get('P2')).toMatchObject([
      { taxid: '90371', rank: 'strain' },
      { taxid: 's__Listeria monocytogenes' },
    ])
    expect(samples.get('P2')?.[0]?.lineage.get('species')).toBe('28901')
    expect(samples.get('P2')?.[0]?.lineage.get('genus')).toBe('590')
    expect(samples.get('P2')?.[0]?.lineage.has('phylum')).toBe(false)
    expect(samples.get('blank')).toEqual([])
    expect(samples.get('healthy')?.map(({ status }) => status)).toEqual(['absent', 'absent'])
    expect(sha256).toBe(createHash('sha256').update(readFileSync(file)).digest('hex'))
  })
  test('needs three columns, in any order, under the names others give them', async () => {
    const { samples } = await truth('#Taxonomic_Rank;sample_id;tax_id', 'Species;S1;562', 'domain;S1;2')
    expect(samples.get('S1')).toMatchObject([
      { taxid: '562', rank: 'species', status: 'present' },
      { taxid: '2', rank: 'superkingdom' },
    ])
  })
})

describe('is refused, every fault at its place,', () => {
  test('for its header', async () => {
    expect(await faults('sample;taxid;rnk;status;status')).toEqual([
      '1:14 There is no column "rnk" in a truth.',
      '1:25 There are two columns for the status.',
      '1:1 There is no column rank.',
    ])
    expect(await faults('sample,taxid,rank')).toHaveLength(4)
    expect(await faults('')).toEqual(['1:1 The file has no header line.'])
    expect(await faults('sample;taxid;rank')).toEqual(['1:1 There is no sample.'])
  })
  test('for its cells', async () => {
    expect(
      await faults(
        'sample;taxid;rank;status;reads;abundance;copies;genus_taxid;lineage',
        'S1;1;specis;prsent;-1;101;x',
        'S1;2;species;present;0;0;0',
        ';3;species',
        'S1;;species',
        'S1;4;;;;;;;;;9',
        'S1;5;species;absent;5',
        'S1;6;species;;;;;7;2||||||6;',
        'S1;8;species;;;;;7;2|||||9|8',
        'S1;9;species;;;;;;2||9',
      ),
    ).toEqual([
      '2:13 The status "prsent" is neither present nor absent.',
      '2:6 "specis" is none of the ranks superkingdom, phylum, class, order, family, genus, species, strain.',
      '2:23 The abundance 101 is not a percentage between 0 and 100.',
      '2:20 The number of reads -1 is less than 0.',
      '2:27 The number of copies "x" is not a number.',
      '3:24 A taxon with 0 abundance is not there.',
      '3:22 A taxon with 0 reads is not there.',
      '3:26 A taxon with 0 copies is not there.',
      '4:1 The sample is missing.',
      '5:4 The taxid is missing.',
      '6:13 The line has 11 cells, the header only 9.',
      '6:6 The rank is missing.',
      '7:21 An absent taxon has no reads.',
      '8:29 The line has 10 cells, the header only 9.',
      '9:20 The genus of 8 is 7 and 9 in one row.',
      '10:19 The lineage has 3 places; down to species there are 7.',
    ])
  })
  test('for rows that contradict or repeat each other', async () => {
    expect(
      await faults(
        'sample;taxid;rank;status',
        'S1;1;species',
        'S1;1;species;absent',
        'S1;1;species;present',
        'S1',
        'S2;;;absent',
        'S2',
        'S2;5;species',
        'S2;6;species;absent',
      ),
    ).toEqual([
      '3:4 1 is absent in S1 here and present on line 2.',
      '4:4 The row repeats line 2.',
      '5:1 Of lines 5 and 2 one says that nothing is in S1, the other that 1 is.',
      '7:1 The row repeats line 6.',
      '8:4 Of lines 6 and 8 one says that nothing is in S2, the other that 5 is.',
    ])
  })
})
