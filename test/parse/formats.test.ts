import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { seedFiles } from '../../scripts/fuzz/seed-files.ts'
import { detectFormat, formats } from '../../src/parse/index.ts'
import { tempDir } from '../support/harness.ts'
import { callsOf, findingsOf, fixture, problemFrom, readHits } from '../support/parse-fixtures.ts'

const dir = tempDir('formats')
const write = (name: string, content: string): string => {
  const file = join(dir, name)
  writeFileSync(file, content)
  return file
}

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
  test('a fault in JSON stands where the value does', async () => {
    const entry = (coverage: string): string =>
      `  {"input_file_name": "S1", "gene_symbol": "sul1",\n   "analysis_software_name": "abricate", "coverage_percentage": ${coverage}}`
    const file = write('faults.json', `[\n${entry('100')},\n${entry('"many"')},\n${entry('[1]')}\n]\n`)
    expect(findingsOf(await problemFrom(readHits(file, { format: 'hamronization' })))).toEqual([
      '5:65 The coverage_percentage "many" is not a number.',
      '7:65 coverage_percentage is neither a text nor a number.',
    ])
    const broken = write('broken.json', `[\n${entry('100')},\n${entry('0 1')}\n]\n`)
    expect(findingsOf(await problemFrom(readHits(broken, { format: 'hamronization' })))).toEqual([
      '5:67 This is not valid JSON: "1" stands where a comma or } is expected.',
    ])
  })
  test('the names of the first drafts of the specification', async () => {
    const entry = {
      sample_id: 'S1',
      input_file_name: null,
      contig_id: 'c1',
      start: 20,
      stop: 10,
      gene_symbol: 'sul1',
      coverage_percent: 97,
      analysis_software_name: 'RGI',
    }
    const file = write('draft.json', JSON.stringify([entry]))
    expect((await readHits(file, { format: 'auto' })).calls).toMatchObject([
      { sample: 'S1', contig: 'c1', start: 10, stop: 20, coverage: 97, strand: '-' },
    ])
  })
  test('a ratio is the coverage where there is no percentage; a text such as 903/903 says nothing', async () => {
    const head = 'input_file_name\tgene_symbol\tanalysis_software_name\tcoverage_ratio\n'
    const coverage = async (ratio: string): Promise<unknown> =>
      (await readHits(write('ratio.tsv', `${head}S1\tsul1\tsrst2\t${ratio}\n`), { format: 'hamronization' })).calls[0]
        ?.coverage
    expect(await coverage('0.5')).toBe(50)
    expect(await coverage('1.02')).toBe(100)
    expect(await coverage('903/903')).toBeNull()
    await expect(coverage('97.5')).rejects.toThrow('cannot be read')
  })
})

describe('argnorm', () => {
  test('the version line is skipped, ARO and its cut-off are added to the calls of the tool', async () => {
    expect(await callsOf('argnorm/hamronization.tsv')).toMatchObject([
      { tool: 'abricate', aro: 'ARO:3000410', flags: { argnorm_cut_off: 'Strict' }, line: 3 },
      { tool: 'amrfinderplus', aro: null, flags: {} },
    ])
  })
  test('any table: drug classes of the tool stay, argNorm’s fill the gap', async () => {
    expect(await callsOf('argnorm/abricate.tsv')).toMatchObject([
      { tool: 'abricate', aro: 'ARO:3000410', drugClasses: ['sulfonamide antibiotic'], strand: '-', start: 1362 },
      { aro: null, drugClasses: ['OTHER', 'THING'] },
    ])
    expect(await callsOf('argnorm/amrfinderplus.tsv')).toMatchObject([
      { drugClasses: ['SULFONAMIDE'], flags: { amrfinder_type: 'AMR', argnorm_cut_off: 'Strict' } },
    ])
    expect(await callsOf('argnorm/resfinder.tsv')).toMatchObject([
      { contig: 'contig_1', drugClasses: ['Sulphonamide'] },
    ])
  })
  test('DeepARG’s hits below the threshold stay marked, GROOT’s columns have numbers for names', async () => {
    expect(await callsOf('argnorm/deeparg.potential.ARG.normalized.tsv')).toMatchObject([
      { aro: 'ARO:3000410', flags: { deeparg: 'potential', argnorm_cut_off: 'Loose' } },
    ])
    expect(await callsOf('argnorm/groot.tsv')).toMatchObject([
      { geneSymbol: 'sul1_2_U12338', aro: 'ARO:3000410', coverage: (100 * 740) / 840 },
      { aro: null, coverage: 100 },
    ])
  })
  test('the format of the tool reads the same calls', async () => {
    expect(await callsOf('argnorm/abricate.tsv', 'abricate')).toEqual(await callsOf('argnorm/abricate.tsv'))
  })
  test('a table without argNorm’s columns, or of no tool it reads, is refused at its header', async () => {
    const refusal = async (header: string): Promise<string[]> =>
      findingsOf(
        await problemFrom(readHits(write('other.tsv', `# argNorm version: 1\n${header}\n`), { format: 'argnorm' })),
      )
    expect(await refusal('#FILE\tSEQUENCE\tARO')).toEqual([expect.stringMatching(/^2:1 There are no columns ARO/)])
    expect(await refusal('Thing\tARO\tconfers_resistance_to')).toEqual([expect.stringMatching(/^2:1 Apart from/)])
  })
  test('what is no ARO accession is refused', async () => {
    const text = readFileSync(fixture('argnorm/resfinder.tsv'), 'utf8').replace('ARO:3000410', 'ARO:12')
    expect(findingsOf(await problemFrom(readHits(write('aro.tsv', text), { format: 'auto' })))).toEqual([
      expect.stringMatching(/^2:\d+ "ARO:12" is no ARO accession/),
    ])
  })
})

describe('mutations', () => {
  test('PointFinder: gene and change, p. a protein variant, others nucleotide variants', async () => {
    expect(await callsOf('pointfinder/contigs.txt')).toMatchObject([
      {
        geneSymbol: 'gyrA',
        geneName: 'p.S83L',
        variationType: 'protein_variant',
        drugClasses: ['Ciprofloxacin', 'Nalidixic acid'],
      },
      { geneSymbol: '16S_rrsB', geneName: 'r.1192C>T', variationType: 'nucleotide_variant' },
      { geneSymbol: 'ampC promoter', geneName: 'n.-42C>T', variationType: 'nucleotide_variant' },
      { geneSymbol: 'parE', drugClasses: [] },
    ])
  })
  test('a report of nothing but mutations says that they are not scored', async () => {
    const { warnings } = await readHits(fixture('pointfinder/contigs.txt'), { format: 'auto' })
    expect(warnings).toEqual([expect.stringContaining('every record is a mutation')])
    expect((await readHits(fixture('amrfinderplus/release-4.tsv'), { format: 'auto' })).warnings).toEqual([])
  })
  test('StarAMR: the change stands in brackets behind the gene', async () => {
    expect(await callsOf('staramr-pointfinder/pointfinder.tsv')).toMatchObject([
      {
        sample: 'S1',
        geneSymbol: 'gyrA',
        geneName: 'D87N',
        variationType: 'protein_variant',
        start: 2501,
        stop: 5128,
        strand: '-',
        drugClasses: ['ciprofloxacin I/R', 'nalidixic acid'],
      },
      { sample: 'S2', geneSymbol: '16S_rrsB', variationType: 'nucleotide_variant', strand: '+' },
    ])
  })
  test('Mykrobe: resistant drugs only, also the minor ones; genes found as a whole are genes', async () => {
    expect(await callsOf('mykrobe/two-samples.json')).toMatchObject([
      {
        sample: 'S1',
        geneSymbol: 'katG',
        geneName: 'S315T-AGC2155167ACC',
        variationType: 'protein_variant',
        drugClasses: ['Isoniazid'],
        coverage: 100,
        depth: 31,
        line: 13,
      },
      { geneSymbol: 'fabG1', geneName: 'C-15X-C1673425T', variationType: 'nucleotide_variant', coverage: 87.5 },
      { geneSymbol: 'rrs', variationType: 'nucleotide_variant', drugClasses: ['Streptomycin'] },
      { sample: 'S2', geneSymbol: 'mecA', variationType: 'gene_presence', coverage: 98.5, depth: 40 },
    ])
  })
  test('TB-Profiler: variants known to cause resistance, in the words of releases 3 and 6', async () => {
    expect(await callsOf('tbprofiler/release-3.json')).toMatchObject([
      {
        sample: 'S1',
        geneSymbol: 'gyrA',
        geneName: 'p.Asp94Gly',
        variationType: 'protein_variant',
        drugClasses: ['ciprofloxacin', 'levofloxacin'],
        contig: 'Chromosome',
        start: 7582,
        stop: 7582,
        score: 0.625,
      },
      { geneSymbol: 'rrs', variationType: 'nucleotide_variant', start: 1473246, stop: 1473247 },
    ])
    expect(await callsOf('tbprofiler/release-6.json')).toMatchObject([
      { sample: 'S2', geneSymbol: 'katG', start: 2155168, depth: 61, score: 0.98 },
    ])
  })
  test('ARIBA: a gene that counts only with a variant is that variant, or nothing', async () => {
    expect(await callsOf('ariba/variants.tsv')).toMatchObject([
      { geneSymbol: 'rpoB', geneName: 'R529C', variationType: 'protein_variant', aro: 'ARO:3003288', line: 2 },
      { geneSymbol: '23S_1', geneName: 'A2058G', variationType: 'nucleotide_variant', line: 4 },
    ])
  })
  test('a document that is not as it should be is refused where it is not', async () => {
    const refusal = async (format: string, text: string): Promise<string[]> =>
      findingsOf(await problemFrom(readHits(write('document.json', text), { format })))
    expect(await refusal('mykrobe', '{"S1":\n  {"susceptibility": {"A": {"predict": "R"}}}}')).toEqual([
      '2:28 There is no called_by in this object.',
    ])
    expect(await refusal('tbprofiler', '{"dr_variants": [\n  {"gene": 7, "change": "p.A1B", "pos": 1.5}]}')).toEqual([
      '2:12 Here stands a number, where a text is expected.',
      '2:41 The position 1.5 is not a whole number.',
    ])
    expect(await refusal('resfinder-json', '{"seq_regions": {"a;;1;;B":\n {"identity": 101}}}')).toEqual([
      '2:15 The number 101 is not between 0 and 100.',
    ])
    expect(await refusal('resfinder-json', '{"seq_regions": {},\n}')).toEqual([
      '2:1 This is not valid JSON: "}" stands where a key in quotes is expected.',
    ])
    expect(await refusal('resfinder-json', '{"a": 1, "a": 2}')).toEqual([
      '1:10 This is not valid JSON: the key "a" is there twice.',
    ])
    expect(await refusal('tbprofiler', '['.repeat(100_000))).toEqual([
      '1:102 This is not valid JSON: more than 100 levels are nested here.',
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
  test('SRST2: the allele without its number is the symbol, identity the complement of divergence', async () => {
    expect(await callsOf('srst2/report.tsv')).toMatchObject([
      {
        sample: 'S1',
        geneSymbol: 'oqxA',
        geneFamily: 'OqxA_Flq',
        depth: 75.852,
        identity: 100 - 0.152,
        accession: 'V00622',
      },
    ])
  })
  test('GROOT: coverage is what the CIGAR covers', async () => {
    expect(await callsOf('groot/report.tsv')).toMatchObject([
      { geneSymbol: 'sul1_2_U12338', coverage: (100 * 740) / 840, score: 82 },
      { geneSymbol: 'murA', aro: 'ARO:3003784', coverage: (100 * 1238) / 1257 },
    ])
  })
  test('ResFams: Prodigal’s place of the gene, the model as symbol', async () => {
    expect(await callsOf('resfams/hits.tblout')).toMatchObject([
      {
        geneSymbol: 'AAC6-Ib',
        accession: 'RF0001',
        contig: 'contig_5',
        start: 1201,
        stop: 1800,
        strand: '-',
        score: 98.5,
        line: 4,
      },
      { contig: 'contig_3', strand: '+' },
      { geneSymbol: 'ABC_efflux', accession: null, contig: 'protein_7', start: null, score: 30.5 },
    ])
  })
  test('sraX: variant models are mutations', async () => {
    expect(await callsOf('srax/sraX_detected_ARGs.tsv')).toMatchObject([
      { geneSymbol: 'sul1', coverage: 100, identity: 99.881, accession: 'JF969163.1', variationType: 'gene_presence' },
      { variationType: 'nucleotide_variant', drugClasses: ['aminoglycoside antibiotic', 'other antibiotic'] },
      { variationType: 'protein_variant', accession: null },
    ])
  })
  test('SSTAR: marks behind the name become a flag, coverage is aligned / length', async () => {
    expect(await callsOf('sstar/report.tsv')).toMatchObject([
      { geneSymbol: 'blaTEM-116', geneFamily: 'blaTEM', identity: 98.4, coverage: 100, flags: { sstar: '*' } },
      {
        geneSymbol: "ant(3'')-Ih-aac(6')-IId'",
        geneFamily: "ant(3'')",
        contig: 'contig_7',
        coverage: 60,
        flags: { sstar: '?$' },
      },
      { geneSymbol: 'blaKPC-2', flags: {} },
      { geneSymbol: 'erm(B)', coverage: 100, flags: { sstar: '?TR' } },
    ])
  })
  test('GROOT: names of its own databases, which may swallow the length', async () => {
    const rows = [
      'groot-db_RESFINDER__cfxA2_1_AF504914\t321\t966\t966M',
      'groot-db_ARGANNOT__(Bla)cfxA5:AY769934:28-993:966\t449\t966\t960M6D',
      'groot-db_CARD__gb|JQ740052|+|2108-3329|ARO:3000567|tet(40)\t323\t100\t100M',
      'argannot~~~(Tet)TetQ~~~Z21523:362-2287\t539\t10\t1D9M',
      'groot-db_ARGANNOT__(AGly)Aph7:GG774704:686456-687373:918254\t918\t0\t912M6D',
    ]
    expect((await readHits(write('groot.tsv', `${rows.join('\n')}\n`), { format: 'auto' })).calls).toMatchObject([
      { geneSymbol: 'cfxA2_1_AF504914', accession: 'AF504914', database: 'resfinder' },
      { geneSymbol: '(Bla)cfxA5', accession: 'AY769934', database: 'argannot' },
      { geneSymbol: 'tet(40)', aro: 'ARO:3000567', accession: 'JQ740052', database: 'card' },
      { geneSymbol: '(Tet)TetQ', database: 'argannot', coverage: 90 },
      { geneSymbol: '(AGly)Aph7', coverage: (100 * 912) / 918 },
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
  const unsure: Readonly<Record<string, RegExp>> = {
    'blast6/gene-query.tsv': /could be blast6\.$/,
    'tsv/other-names.tsv': /in none of the known formats/,
  }
  // A file of bins looks like any other FASTA; only a folder of them tells.
  const files = seedFiles().filter(({ format }) => format !== 'bins-fasta')
  test.each(files.filter(({ file }) => unsure[file] === undefined))('$file is $format', async ({ file, format }) => {
    expect(await detectFormat(fixture(file))).toBe(format)
  })
  test.each(Object.entries(unsure))('%s is asked about', async (file, message) => {
    await expect(detectFormat(fixture(file))).rejects.toThrow(message)
  })
  test('every format but the generic one is recognised in some fixture', () => {
    const recognised = new Set(files.filter(({ file }) => unsure[file] === undefined).map(({ format }) => format))
    expect(formats.map(({ id }) => id).filter((id) => !recognised.has(id))).toEqual(['tsv', 'bins-fasta'])
  })
  test('what could be several is not guessed: all are named, and each as the flag to pass', async () => {
    const abricate = '#FILE\tSEQUENCE\tSTART\tEND\tGENE\t%COVERAGE\t%IDENTITY'
    const srst2 = 'Sample\tDB\tallele\tcoverage\tdepth'
    const both = await problemFrom(detectFormat(write('both.tsv', `${abricate}\t${srst2}\n`)))
    expect(both.message).toMatch(/both\.tsv could be abricate or srst2\.$/)
    expect(both.hints).toEqual(['Pass --format abricate or --format srst2.'])
    expect(both.location).toMatchObject({ line: 1, column: 1 })
  })
  test('an empty file says so', async () => {
    await expect(detectFormat(write('empty.tsv', ''))).rejects.toThrow('is empty, so its format cannot be told')
  })
})
