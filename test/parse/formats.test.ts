import { describe, expect, test } from 'vitest'
import { detectFormat, formats } from '../../src/parse/index.ts'
import { callsOf, fixture } from '../support/parse-fixtures.ts'

describe('abricate', () => {
  test('reads the header that begins with # and splits classes at semicolons', async () => {
    const calls = await callsOf('abricate/two-hits.tsv')
    expect(calls).toHaveLength(2)
    expect(calls[0]).toMatchObject({
      sample: null,
      geneSymbol: 'blaTEM-1',
      geneName: 'class A beta-lactamase TEM-1',
      contig: 'contig_1',
      start: 301,
      stop: 1161,
      strand: '+',
      identity: 99.88,
      coverage: 100,
      database: 'ncbi',
      accession: 'NG_050145.1',
      drugClasses: ['BETA-LACTAM'],
      variationType: 'gene_presence',
      tool: 'abricate',
      line: 2,
    })
    expect(calls[1]).toMatchObject({
      strand: '-',
      drugClasses: ['AMIKACIN', 'KANAMYCIN', 'QUINOLONE'],
      coverage: 91.83,
    })
  })
  test('a header alone is a run without hits', async () => {
    expect(await callsOf('abricate/no-hits.tsv')).toEqual([])
  })
  test('an old release without STRAND, with CRLF and a byte order mark, reads as well', async () => {
    expect(await callsOf('abricate/old-crlf-bom.tsv')).toMatchObject([
      { geneSymbol: 'sul1', strand: null, accession: 'U12338', drugClasses: [] },
    ])
  })
})

describe('amrfinderplus', () => {
  test('release 4: types become flags, mutations variants, wild types are left out, rows may end early', async () => {
    const calls = await callsOf('amrfinderplus/release-4.tsv')
    expect(calls.map((call) => [call.geneSymbol, call.variationType, call.flags['amrfinder_type']])).toEqual([
      ['blaTEM-156', 'gene_presence', 'AMR'],
      ['qacR', 'gene_presence', 'STRESS'],
      ['23S_A2058T', 'nucleotide_variant', 'AMR'],
      ['pmrB_C84R', 'protein_variant', 'AMR'],
    ])
    expect(calls[0]).toMatchObject({
      geneFamily: 'blaTEM-156',
      flags: {
        amrfinder_subtype: 'AMR',
        amrfinder_method: 'ALLELEX',
        amrfinder_scope: 'core',
      },
    })
    expect(calls[1]).toMatchObject({ geneFamily: null, strand: '-' })
  })
  test('release 3: the older column names, the Name column, NA positions of a protein hit', async () => {
    expect(await callsOf('amrfinderplus/release-3-named.tsv')).toMatchObject([
      { sample: 'S1', geneSymbol: 'tet(40)', start: 160, stop: 1377, identity: 99.51, accession: 'WP_000000004.1' },
      {
        sample: 'S2',
        contig: null,
        start: null,
        strand: null,
        identity: null,
        coverage: null,
        drugClasses: ['AMINOGLYCOSIDE', 'QUINOLONE'],
      },
    ])
  })
})

describe('rgi', () => {
  test('cuts the ORF number off the contig, keeps the cut-off, counts more than 100 % coverage as 100', async () => {
    const calls = await callsOf('rgi/main.txt')
    expect(calls).toMatchObject([
      {
        geneSymbol: 'TEM-1',
        aro: 'ARO:3000873',
        contig: 'k99_7',
        flags: { cut_off: 'Perfect' },
        drugClasses: ['monobactam', 'cephalosporin', 'penam'],
        geneFamily: 'TEM beta-lactamase',
        mechanism: 'antibiotic inactivation',
        score: 581.6,
      },
      { geneSymbol: 'Klebsiella pneumoniae KpnE', coverage: 100, flags: { cut_off: 'Loose' }, strand: '-' },
      { variationType: 'protein_variant', geneName: 'S83L' },
    ])
  })
  test('bwt reports coverage and reads, neither identity nor position', async () => {
    expect(await callsOf('rgi-bwt/gene_mapping_data.txt')).toMatchObject([
      { geneSymbol: 'FosA5', aro: 'ARO:3003209', coverage: 100, score: 79, identity: null, contig: null },
      { coverage: 16.28, drugClasses: ['macrolide antibiotic', 'penam'] },
    ])
  })
})

describe('deeparg', () => {
  test('hits below the threshold are told apart by the file name', async () => {
    expect((await callsOf('deeparg/s1.mapping.ARG')).map(({ flags }) => flags['deeparg'])).toEqual([
      'accepted',
      'accepted',
    ])
    expect((await callsOf('deeparg/s1.mapping.potential.ARG'))[0]).toMatchObject({
      geneSymbol: 'VANU',
      contig: 'read_17',
      start: null,
      score: 0.9927080391067162,
      accession: 'DQ212986.1.gene3.p01',
      drugClasses: ['glycopeptide'],
      flags: { deeparg: 'potential' },
    })
  })
})

describe('resfinder', () => {
  test('contigs: start..stop, first word of the contig, each drug once', async () => {
    const calls = await callsOf('resfinder-tab/contigs_tab.txt')
    expect(calls).toHaveLength(5)
    expect(calls[0]).toMatchObject({
      geneSymbol: "aac(6')-Ib",
      contig: 'contig_2',
      start: 1122,
      stop: 1726,
      accession: 'M23634',
      drugClasses: ['Amikacin', 'Tobramycin', 'Kanamycin'],
    })
    expect(calls[1]).toMatchObject({ contig: 'contig_1' })
  })
  test('reads: NA..NA is no position', async () => {
    const calls = await callsOf('resfinder-tab/reads_tab.txt')
    expect(calls.map(({ geneSymbol }) => geneSymbol)).toEqual(["aac(6')-Ib", 'blaTEM-1B', "aac(6')-Ib-cr", 'sul1'])
    expect(calls.every(({ contig, start, stop }) => contig === null && start === null && stop === null)).toBe(true)
  })
  test('the table by class holds the same genes as the plain table', async () => {
    const symbols = async (file: string): Promise<string[]> =>
      (await callsOf(`resfinder-tab/${file}`)).map(({ geneSymbol, start }) => `${geneSymbol} ${String(start)}`).sort()
    expect(await symbols('contigs_table.txt')).toEqual(await symbols('contigs_tab.txt'))
  })
  test('the JSON holds the same genes as the table, with classes', async () => {
    const table = await callsOf('resfinder-tab/contigs_tab.txt')
    const json = await callsOf('resfinder-json/contigs.json')
    const key = ({ geneSymbol, start, stop, accession, contig }: (typeof json)[number]): string =>
      [geneSymbol, start, stop, accession, contig].join(' ')
    expect(json.map(key).sort()).toEqual(table.map(key).sort())
    expect(json.find(({ geneSymbol }) => geneSymbol === 'blaTEM-1B')?.drugClasses).toEqual(['beta-lactam'])
  })
})

describe('kma-res', () => {
  test('padded numbers, accession out of the template name', async () => {
    const calls = await callsOf('kma-res/reads.res')
    expect(calls).toHaveLength(4)
    expect(calls[2]).toMatchObject({
      geneSymbol: 'tet(A)_6_AF534183',
      accession: 'AF534183',
      identity: 71.61,
      coverage: 71.92,
      depth: 7.89,
      score: 9989,
    })
  })
})

describe('blast6', () => {
  test('default columns: genes are subjects, a backward subject is the minus strand, no coverage without slen', async () => {
    const calls = await callsOf('blast6/default.tsv')
    expect(calls[0]).toMatchObject({
      geneSymbol: 'blaTEM-1B_1_AY458016',
      contig: 'contig_1',
      start: 301,
      stop: 1161,
      strand: '+',
    })
    expect(calls[1]).toMatchObject({ accession: 'U12338', strand: '-', start: 1362, stop: 2201, coverage: null })
  })
  test('the # Fields line of outfmt 7 gives the same calls', async () => {
    const lineless = (calls: Awaited<ReturnType<typeof callsOf>>): unknown[] =>
      calls.map((call) => ({ ...call, line: 0 }))
    expect(lineless(await callsOf('blast6/commented.tsv'))).toEqual(lineless(await callsOf('blast6/default.tsv')))
  })
  test('declared columns with slen give the coverage of the gene', async () => {
    const outfmt = '6 qseqid sseqid pident length qlen slen qstart qend sstart send evalue bitscore'
    const calls = await callsOf('blast6/lengths.tsv', 'blast6', { outfmt })
    expect(calls.map(({ coverage }) => coverage)).toEqual([
      100,
      100,
      (100 * 840) / 867,
      100,
      (100 * 900) / 1275,
      (100 * 605) / 606,
    ])
  })
  test('gene=query turns the roles round: the same genes at the same places', async () => {
    const outfmt = 'qseqid sseqid pident length qlen slen qstart qend sstart send evalue bitscore qcovs'
    const turned = await callsOf('blast6/gene-query.tsv', 'blast6', { outfmt, gene: 'query' })
    const place = ({ geneSymbol, contig, start, stop, strand }: (typeof turned)[number]): string =>
      [geneSymbol, contig, start, stop, strand].join(' ')
    expect(turned.map(place).sort()).toEqual((await callsOf('blast6/default.tsv')).map(place).sort())
    expect(turned[2]?.coverage).toBe((100 * 900) / 1275)
  })
})

describe('hamronization', () => {
  test('splits classes by tool, unquotes, orders positions, marks hits below DeepARG’s threshold', async () => {
    const calls = await callsOf('hamronization/combined.tsv')
    expect(calls).toMatchObject([
      { sample: 'S1', start: 1362, stop: 2201, strand: '-', drugClasses: ['SULFONAMIDE'] },
      {
        sample: 'S1.tsv.amrfinderplus',
        geneName: 'class A "broad-spectrum" beta-lactamase',
        contig: 'contig_1',
        drugClasses: ['BETA-LACTAM', 'CEPHALOSPORIN'],
      },
      { sample: 'S2.mapping.potential.ARG.deeparg', flags: { deeparg: 'potential' } },
      {
        contig: 'k99_7',
        start: 40,
        stop: 900,
        strand: '-',
        coverage: 100,
        drugClasses: ['monobactam', 'cephalosporin', 'penam'],
      },
      { variationType: 'protein_variant' },
    ])
  })
  test.each(['combined.json', 'combined.jsonl'])('%s holds the same calls as the TSV', async (file) => {
    const lineless = async (path: string): Promise<unknown[]> =>
      (await callsOf(`hamronization/${path}`)).map((call) => ({ ...call, line: 0 }))
    expect(await lineless(file)).toEqual(await lineless('combined.tsv'))
  })
  test.each(['older-names.tsv', 'taxonomy-variant.tsv'])('%s gives the first two calls alike', async (file) => {
    expect(await callsOf(`hamronization/${file}`)).toEqual((await callsOf('hamronization/combined.tsv')).slice(0, 2))
  })
  test('argNorm’s version line is skipped and its ARO column read', async () => {
    expect(await callsOf('hamronization/argnorm.tsv')).toMatchObject([
      { aro: 'ARO:3000410', flags: { argnorm_cut_off: 'Strict' }, line: 3 },
      { aro: null, flags: {} },
    ])
  })
})

describe('other tools', () => {
  test('AMR++ takes class, mechanism and group out of the MEGARes header', async () => {
    expect(await callsOf('amrplusplus/gene.tsv')).toMatchObject([
      {
        sample: 'S1',
        geneSymbol: 'AAC6-PRIME',
        accession: 'MEG_106',
        drugClasses: ['Aminoglycosides'],
        mechanism: 'Aminoglycoside_N-acetyltransferases',
        coverage: 86.4865,
        flags: {},
      },
      { sample: 'S2', flags: { snp_confirmation: 'required' } },
    ])
  })
  test('ARIBA takes ARO and gene out of a CARD reference; a dot is a missing value', async () => {
    expect(await callsOf('ariba/report.tsv')).toMatchObject([
      {
        geneSymbol: 'oqxA',
        aro: 'ARO:3003922',
        accession: 'EU370913.1',
        coverage: (100 * 1164) / 1176,
        identity: 99.57,
        depth: 64.2,
        start: 510,
        stop: 512,
      },
      { geneSymbol: 'sul1_2_U12338', accession: 'U12338', start: null, geneName: null },
    ])
  })
  test('StarAMR: start > end is the minus strand', async () => {
    expect(await callsOf('staramr/resfinder.tsv')).toMatchObject([
      { sample: 'S1', start: 4569, stop: 5429, strand: '+' },
      { sample: 'S2', start: 63, stop: 625, strand: '-', contig: 'contig_2' },
    ])
  })
  test('SRST2: the allele is the symbol, identity the complement of divergence', async () => {
    expect(await callsOf('srst2/report.tsv')).toMatchObject([
      { sample: 'S1', geneSymbol: 'oqxA_1995', geneFamily: 'OqxA_Flq', depth: 75.852, identity: 100 - 0.152 },
    ])
  })
  test('GROOT: coverage is what the CIGAR covers', async () => {
    expect(await callsOf('groot/report.tsv')).toMatchObject([
      { geneSymbol: 'sul1_2_U12338', coverage: (100 * 740) / 840, score: 82 },
      { geneSymbol: 'murA', aro: 'ARO:3003784', coverage: (100 * 1238) / 1257 },
    ])
  })
  test('fARGene: the model is the symbol, its class the drug class', async () => {
    expect(await callsOf('fargene/retrieved-genes-class_A-hmmsearched.out')).toMatchObject([
      {
        geneSymbol: 'classA_70_centroids-aligned',
        contig: 'contig_12',
        drugClasses: ['beta-lactam'],
        score: 169.1,
        coverage: (100 * 123) / 295,
      },
      { contig: 'contig_30', score: 141.7 },
    ])
  })
  test('tsv: declared columns, fractions as percent', async () => {
    const columns = {
      gene_symbol: 'Gene',
      contig: 'Contig',
      start: 'From',
      stop: 'To',
      identity_fraction: 'PctId',
      coverage_fraction: 'Cov',
      score: 'Reads',
    }
    expect(await callsOf('tsv/other-names.tsv', 'tsv', columns)).toMatchObject([
      {
        geneSymbol: 'blaTEM-1',
        contig: 'c1',
        start: 40,
        stop: 900,
        strand: '-',
        identity: 99.8,
        coverage: 50,
        score: 17,
      },
      { geneSymbol: 'sul1', contig: null, start: null, identity: 100 },
    ])
  })
})

describe('recognising', () => {
  const files: readonly (readonly [string, string])[] = [
    ['abricate/two-hits.tsv', 'abricate'],
    ['amrfinderplus/release-3-named.tsv', 'amrfinderplus'],
    ['amrfinderplus/release-4.tsv', 'amrfinderplus'],
    ['amrplusplus/gene.tsv', 'amrplusplus'],
    ['ariba/report.tsv', 'ariba'],
    ['blast6/commented.tsv', 'blast6'],
    ['blast6/default.tsv', 'blast6'],
    ['bracken/species.tsv', 'bracken'],
    ['kaiju/genus.tsv', 'kaiju'],
    ['kraken-report/sample.kreport', 'kraken-report'],
    ['kraken-report/minimizers.kreport', 'kraken-report'],
    ['metaphlan/sample_profile.txt', 'metaphlan'],
    ['cami-profile/three-samples.profile', 'cami-profile'],
    ['deeparg/s1.mapping.ARG', 'deeparg'],
    ['fargene/retrieved-genes-class_A-hmmsearched.out', 'fargene'],
    ['groot/report.tsv', 'groot'],
    ['hamronization/combined.json', 'hamronization'],
    ['hamronization/combined.tsv', 'hamronization'],
    ['kma-res/reads.res', 'kma-res'],
    ['resfinder-json/contigs.json', 'resfinder-json'],
    ['resfinder-tab/contigs_tab.txt', 'resfinder-tab'],
    ['resfinder-tab/contigs_table.txt', 'resfinder-tab'],
    ['rgi/main.txt', 'rgi'],
    ['rgi-bwt/gene_mapping_data.txt', 'rgi-bwt'],
    ['srst2/report.tsv', 'srst2'],
    ['staramr/resfinder.tsv', 'staramr'],
    ['taxpasta/clades.tsv', 'taxpasta'],
    ['taxpasta/two-samples.tsv', 'taxpasta'],
    ['gtdbtk/bac120.summary.tsv', 'gtdbtk'],
  ]
  test.each(files)('%s is %s', async (file, format) => {
    expect(await detectFormat(fixture(file))).toBe(format)
  })
  test('every format but the generic one is recognised in some fixture', () => {
    const recognised = new Set(files.map(([, format]) => format))
    expect(formats.map(({ id }) => id).filter((id) => !recognised.has(id))).toEqual(['tsv'])
  })
})
