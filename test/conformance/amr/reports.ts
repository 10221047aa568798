import { readFileSync } from 'node:fs'
import { abricate, amrfinderplus, deeparg, hamronized, normalized, resfinder } from './expected-contig-hits.ts'
import { fargene, mykrobe, resfams, resfinderJson, srax, sstar, tbprofiler } from './expected-documents.ts'
import {
  amrplusplus,
  ariba,
  groot,
  pointfinder,
  rgi,
  rgiBwt,
  srst2,
  staramr,
  staramrPointfinder,
} from './expected-gene-tables.ts'
import { type ExpectedCall, type ReadPlainly, table } from './plain-table.ts'

/** A report and how its records are read without our parsers. */
export interface AmrReport {
  readonly file: string
  readonly format: string
  readonly read: ReadPlainly
}

/** What the records of a report say, by plain splitting. */
export const readExpected = (file: string, { read }: AmrReport): readonly ExpectedCall[] =>
  read(readFileSync(file, 'utf8'))

const reports = (format: string, read: ReadPlainly, ...files: readonly string[]): readonly AmrReport[] =>
  files.map((file) => ({ file, format, read }))

/** Every AMR report there is. */
export const AMR_REPORTS: readonly AmrReport[] = [
  ...reports(
    'abricate',
    abricate,
    'hamronization/abricate/report.tsv',
    'argnorm/raw/abricate.card.tsv',
    'argnorm/raw/abricate.ncbi.tsv',
    'argnorm/raw/abricate.resfinder.tsv',
  ),
  ...reports(
    'amrfinderplus',
    amrfinderplus,
    'argnorm/raw/amrfinderplus.ncbi.orfs.v3.10.30.tsv',
    'argnorm/raw/amrfinderplus.ncbi.orfs.v4.tsv',
    'hamronization/amrfinderplus/afp_non_coding.tsv',
    'hamronization/amrfinderplus/empty_report_with_header.tsv',
    'hamronization/amrfinderplus/report_nucleotide.tsv',
    'hamronization/amrfinderplus/report_protein.tsv',
  ),
  ...reports(
    'hamronization',
    table(hamronized),
    'argnorm/hamronized/combined_hamronization.tsv',
    'argnorm/hamronized/abricate.ncbi.hamronizationv4.tsv',
    'argnorm/hamronized/amrfinderplus.ncbi.orfs.v3.10.30.tsv',
    'argnorm/hamronized/amrfinderplus.ncbi.orfs.v4.tsv',
    'hamronization/amrfinderplus/hamronized_non_coding.tsv',
  ),
  ...reports('argnorm', table(normalized), 'argnorm/normalized/combined_hamronization.tsv'),
  ...reports('deeparg', deeparg('accepted'), 'argnorm/raw/deeparg.deeparg.orfs.tsv'),
  ...reports('deeparg', deeparg('potential'), 'hamronization/deeparg/output.mapping.potential.ARG'),
  ...reports(
    'resfinder-tab',
    resfinder,
    'argnorm/raw/resfinder.resfinder.orfs.tsv',
    'argnorm/raw/resfinder.resfinder.reads.tsv',
    'hamronization/resfinder/ResFinder_results_tab.txt',
  ),
  ...reports('resfinder-json', resfinderJson, 'hamronization/resfinder/data_resfinder.json'),
  ...reports('groot', groot, 'argnorm/raw/groot.resfinder.tsv', 'hamronization/groot/report.tsv'),
  ...reports('rgi-bwt', rgiBwt, 'hamronization/rgibwt/Kp11_bwtoutput.gene_mapping_data.txt'),
  ...reports('rgi', rgi, 'hamronization-dummy/rgi/rgi.txt'),
  ...reports('amrplusplus', amrplusplus, 'hamronization/amrplusplus/gene.tsv'),
  ...reports('ariba', ariba, 'hamronization-dummy/ariba/report.tsv'),
  ...reports('srst2', srst2, 'hamronization-dummy/srst2/report.tsv'),
  ...reports('staramr', staramr, 'hamronization/staramr/resfinder.tsv'),
  ...reports('staramr-pointfinder', staramrPointfinder, 'hamronization/staramr/pointfinder.tsv'),
  ...reports('pointfinder', pointfinder, 'hamronization/pointfinder/PointFinder_results.txt'),
  ...reports('fargene', fargene, 'hamronization/fargene/retrieved-genes-class_A-hmmsearched.out'),
  ...reports('resfams', resfams, 'hamronization/resfams/resfams.tblout'),
  ...reports('srax', srax, 'hamronization/srax/sraX_detected_ARGs.tsv'),
  ...reports('sstar', sstar, 'hamronization/sstar/report.tsv'),
  ...reports('mykrobe', mykrobe, 'hamronization/mykrobe/report.json'),
  ...reports('tbprofiler', tbprofiler, 'hamronization/tbprofiler/tbprofiler.json'),
]
