import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { AmrCall } from '../../src/core/amr/call.ts'
import { packageRoot } from '../support/harness.ts'
import { readHits } from '../support/parse-fixtures.ts'

// Real reports, not part of this repository.
const data = join(packageRoot, '..', 'shared', 'data', 'amr')
const whereDataIs = test.skipIf(!existsSync(data))

const callsOf = async (file: string, format = 'auto'): Promise<readonly AmrCall[]> =>
  (await readHits(join(data, file), { format })).calls

const rowsOf = (file: string, isRow: (line: string) => boolean): number =>
  readFileSync(join(data, file), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && isRow(line)).length

const belowHeader = (line: string): boolean =>
  !/^(?:#|Protein id|input_file_name|ARO Term|Isolate ID|Sample\t|ORF_ID|Resistance gene)/.test(line)

const tables: readonly { file: string; format: string; isCounted?: (line: string) => boolean }[] = [
  { file: 'hamronization/abricate/report.tsv', format: 'abricate' },
  { file: 'argnorm/raw/abricate.card.tsv', format: 'abricate' },
  { file: 'argnorm/raw/abricate.ncbi.tsv', format: 'abricate' },
  { file: 'argnorm/raw/abricate.resfinder.tsv', format: 'abricate' },
  { file: 'argnorm/raw/amrfinderplus.ncbi.orfs.v3.10.30.tsv', format: 'amrfinderplus' },
  { file: 'argnorm/raw/amrfinderplus.ncbi.orfs.v4.tsv', format: 'amrfinderplus' },
  { file: 'hamronization/amrfinderplus/afp_non_coding.tsv', format: 'amrfinderplus' },
  { file: 'hamronization/amrfinderplus/empty_report_with_header.tsv', format: 'amrfinderplus' },
  {
    file: 'hamronization/amrfinderplus/report_nucleotide.tsv',
    format: 'amrfinderplus',
    isCounted: (line) => !line.includes('[WILDTYPE]'),
  },
  { file: 'hamronization/amrfinderplus/report_protein.tsv', format: 'amrfinderplus' },
  { file: 'argnorm/hamronized/combined_hamronization.tsv', format: 'hamronization' },
  { file: 'argnorm/normalized/combined_hamronization.tsv', format: 'hamronization' },
  { file: 'argnorm/hamronized/abricate.ncbi.hamronizationv4.tsv', format: 'hamronization' },
  { file: 'hamronization/amrfinderplus/hamronized_non_coding.tsv', format: 'hamronization' },
  { file: 'argnorm/raw/deeparg.deeparg.orfs.tsv', format: 'deeparg' },
  { file: 'hamronization/deeparg/output.mapping.potential.ARG', format: 'deeparg' },
  { file: 'argnorm/raw/resfinder.resfinder.orfs.tsv', format: 'resfinder-tab' },
  { file: 'argnorm/raw/resfinder.resfinder.reads.tsv', format: 'resfinder-tab' },
  { file: 'hamronization/resfinder/ResFinder_results_tab.txt', format: 'resfinder-tab' },
  { file: 'argnorm/raw/groot.resfinder.tsv', format: 'groot' },
  { file: 'hamronization/groot/report.tsv', format: 'groot' },
  { file: 'hamronization/rgibwt/Kp11_bwtoutput.gene_mapping_data.txt', format: 'rgi-bwt' },
  { file: 'hamronization-dummy/rgi/rgi.txt', format: 'rgi' },
  { file: 'hamronization/amrplusplus/gene.tsv', format: 'amrplusplus' },
  { file: 'hamronization-dummy/ariba/report.tsv', format: 'ariba' },
  { file: 'hamronization-dummy/srst2/report.tsv', format: 'srst2' },
  { file: 'hamronization/staramr/resfinder.tsv', format: 'staramr' },
  { file: 'hamronization/fargene/retrieved-genes-class_A-hmmsearched.out', format: 'fargene' },
]

whereDataIs.each(tables)(
  '$file is recognised as $format, and every row is a call',
  async ({ file, format, isCounted }) => {
    const output = await readHits(join(data, file), { format: 'auto' })
    expect(output.format).toBe(format)
    expect(output.calls).toHaveLength(rowsOf(file, (line) => belowHeader(line) && isCounted?.(line) !== false))
  },
)

whereDataIs('ResFinder’s JSON names genes, drug classes, and mutations as variants', async () => {
  const calls = await callsOf('hamronization/resfinder/data_resfinder.json')
  const genes = calls.filter(({ variationType }) => variationType === 'gene_presence')
  const document = JSON.parse(readFileSync(join(data, 'hamronization/resfinder/data_resfinder.json'), 'utf8')) as {
    seq_regions: Record<string, { gene: boolean; name: string }>
    seq_variations: Record<string, { seq_var: string }>
  }
  const expected = Object.values(document.seq_regions).filter(({ gene }) => gene)
  expect(genes.map(({ geneSymbol }) => geneSymbol).sort()).toEqual(expected.map(({ name }) => name).sort())
  expect(calls.length - genes.length).toBe(Object.keys(document.seq_variations).length)
  expect(genes.find(({ accession }) => accession === 'L12710')).toMatchObject({
    geneSymbol: "aac(6')-Ii",
    contig: 'WGS1_465A.1:16',
    start: 13021,
    stop: 13569,
    coverage: 100,
    drugClasses: ['aminoglycoside'],
  })
})

whereDataIs.each([
  ['argnorm/raw/amrfinderplus.ncbi.orfs.v3.10.30.tsv', 'argnorm/hamronized/amrfinderplus.ncbi.orfs.v3.10.30.tsv'],
  ['hamronization/amrfinderplus/afp_non_coding.tsv', 'hamronization/amrfinderplus/hamronized_non_coding.tsv'],
])('%s and its hAMRonization say the same of each hit', async (raw, hamronized) => {
  const essence = ({ contig, identity, coverage, accession, drugClasses, variationType }: AmrCall): unknown => ({
    contig,
    identity,
    coverage,
    accession,
    drugClasses,
    variationType,
  })
  expect((await callsOf(hamronized)).map(essence)).toEqual((await callsOf(raw)).map(essence))
})

whereDataIs('argNorm’s table is the plain table with ARO accessions added', async () => {
  const plain = await callsOf('argnorm/hamronized/combined_hamronization.tsv')
  const normalized = await callsOf('argnorm/normalized/combined_hamronization.tsv')
  // argNorm rewrites numbers, so the last digit of a coverage may differ.
  const bare = (call: AmrCall): AmrCall => ({
    ...call,
    coverage: call.coverage === null ? null : Number(call.coverage.toFixed(9)),
    aro: null,
    flags: {},
    line: 0,
  })
  expect(normalized.map(bare)).toEqual(plain.map(bare))
  expect(normalized.filter(({ aro }) => aro !== null).length).toBe(
    rowsOf('argnorm/normalized/combined_hamronization.tsv', (line) => /\tARO:\d{7}\t/.test(line) && belowHeader(line)),
  )
})

whereDataIs.each([
  'argnorm/mapping/ncbi_ARO_mapping.tsv',
  'hamronization/mykrobe/report.json',
  'hamronization/tbprofiler/tbprofiler.json',
  'hamronization/pointfinder/PointFinder_results.txt',
  'hamronization/srax/sraX_detected_ARGs.tsv',
  'hamronization/sstar/report.tsv',
  'hamronization/resfams/resfams.tblout',
])('%s, which no reader is for, is not taken for something else', async (file) => {
  await expect(callsOf(file)).rejects.toThrow('in none of the known formats')
})
