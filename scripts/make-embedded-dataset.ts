/**
 * Makes the dataset of `benchmark test --quick` (templates/quick) from the ResFinder database.
 *
 *   npx tsx scripts/make-embedded-dataset.ts [--out templates/quick] [--db /usr/share/resfinder/db]
 *
 * Everything is drawn from one fixed seed: running it again gives the same genes, contigs, truth and reads.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { gzipSync } from 'node:zlib'
import { insertTable, sampleSheet, truthTable } from './simulate/dataset-tables.ts'
import { writeDatasetFile } from './simulate/dataset-manifest.ts'
import { decoyOf, exactGene, type InsertedGene, mutatedAllele, referencesOf } from './simulate/inserted-gene.ts'
import { readResfinderDatabase, type ReferenceGene } from './simulate/resfinder-database.ts'
import { type Random, seededRandom } from './simulate/seeded-random.ts'
import { formatFasta } from './simulate/sequence.ts'
import { simulateReads } from './simulate/simulated-reads.ts'
import { type ContigDesign, type SimulatedSample, simulateSample } from './simulate/simulated-sample.ts'

const SEED = 'embedded/1'
const SPACER = 400

/** Genes under 80 % identical to each other, so that a hit names one of them and no other. The last three are decoys' models. */
const PANEL = [
  'sul1_2_U12338',
  'sul2_2_AY034138',
  'tet(A)_6_AF534183',
  'tet(M)_8_X04388',
  'erm(B)_18_X66468',
  'blaKPC-2_1_AY034847',
  'blaNDM-1_1_FN396876',
  'blaCTX-M-15_1_AY044436',
  'blaOXA-48_1_AY236073',
  'mcr-1.1_1_KP347127',
  'qnrS1_1_AB187515',
  'catA1_1_V00622',
  "aph(3')-Ia_1_V00359",
  'dfrA1_8_X00926',
  'floR_2_AF118107',
  'mph(A)_1_D16251',
  'fosA3_1_AB522970',
]

type Build = (id: string) => InsertedGene

/** What each sample is there to show. Exact copies, alleles at 99, 97 and 95 %, thin coverage, decoys, nothing. */
const designs = (
  random: Random,
  gene: (id: string) => ReferenceGene,
  decoy: Build,
): Readonly<Record<string, ContigDesign[]>> => {
  const exact: Build = (id) => exactGene(gene(id))
  const allele = (id: string, identity: number): InsertedGene =>
    mutatedAllele(random.stream(`${id}@${identity}`), gene(id), identity)
  const contig = (depth: number, ...genes: InsertedGene[]): ContigDesign => ({ depth, genes })
  return {
    gut: [
      contig(14, exact('sul1_2_U12338'), exact('qnrS1_1_AB187515')),
      contig(14, exact('tet(A)_6_AF534183')),
      contig(10, exact("aph(3')-Ia_1_V00359"), exact("aph(3')-Ia_1_V00359")),
      contig(10, exact('blaCTX-M-15_1_AY044436')),
    ],
    diverged: [
      contig(14, allele('tet(M)_8_X04388', 99)),
      contig(14, allele('erm(B)_18_X66468', 97), exact('sul2_2_AY034138')),
      contig(14, allele('blaKPC-2_1_AY034847', 95)),
      contig(14, exact('mcr-1.1_1_KP347127')),
    ],
    wastewater: [
      contig(1, exact('blaNDM-1_1_FN396876')),
      contig(2, exact('sul2_2_AY034138')),
      contig(4, exact('catA1_1_V00622')),
      contig(8, exact('dfrA1_8_X00926')),
      contig(16, exact('blaOXA-48_1_AY236073')),
    ],
    farm: [
      contig(12, exact('tet(M)_8_X04388'), exact('erm(B)_18_X66468')),
      contig(12, allele('sul1_2_U12338', 99)),
      contig(3, allele('mcr-1.1_1_KP347127', 98)),
      contig(1, exact('qnrS1_1_AB187515')),
    ],
    soil: [
      contig(12, exact("aph(3')-Ia_1_V00359")),
      contig(12, exact('blaKPC-2_1_AY034847'), decoy('floR_2_AF118107')),
      contig(12, decoy('mph(A)_1_D16251')),
    ],
    blank: [contig(12), contig(8, decoy('fosA3_1_AB522970')), contig(8)],
  }
}

const makeDataset = (database: string, out: string): void => {
  const random = seededRandom(SEED)
  const byId = new Map(readResfinderDatabase(database).map((gene) => [gene.id, gene]))
  const gene = (id: string): ReferenceGene => {
    const found = byId.get(id)
    if (found === undefined) throw new Error(`${id} is not in ${database}`)
    return found
  }
  const panel = PANEL.map(gene)
  const references = referencesOf(panel)
  const decoy: Build = (id) => decoyOf(random.stream(`decoy ${id}`), gene(id), 'domain', references)
  const samples = Object.entries(designs(random.stream('alleles'), gene, decoy)).map(([id, contigs]) =>
    simulateSample(random.stream(id), id, contigs, SPACER),
  )

  rmSync(join(out, 'samples'), { recursive: true, force: true })
  mkdirSync(join(out, 'samples'), { recursive: true })
  const write = (path: string, content: string | Uint8Array): string => {
    writeFileSync(join(out, path), content)
    return path
  }
  const sheetRows = samples.map((sample) => ({ id: sample.id, ...writeSample(random, sample, write) }))
  const files = [
    write('genes.fasta', formatFasta(panel.map(referenceRecord))),
    write('samples.csv', sampleSheet(sheetRows)),
    write('truth.tsv', truthTable(samples, panel)),
    write('inserts.tsv', insertTable(samples)),
    ...sheetRows.flatMap(({ contigs, reads1, reads2 }) => [contigs, reads1, reads2]),
  ]
  write('SOURCE.md', sourceNote(panel))
  writeDatasetFile(out, files, {
    id: 'amr-embedded',
    title: 'Embedded demonstration: real resistance genes in simulated contigs and reads',
    version: '1.0.0',
    licence: 'Apache-2.0',
    source: 'Gene sequences as in ResFinder database 2022-05-24; GenBank accessions in genes.fasta',
    description:
      'A demonstration, not science: six samples of a few kilobases on random background. It shows that everything ' +
      'works and what typical errors look like; its scores say nothing about real communities.',
  })
}

const sourceNote = (panel: readonly ReferenceGene[]): string =>
  [
    '# Where this folder comes from',
    '',
    '`npm run dataset:embedded` (scripts/make-embedded-dataset.ts) writes every file here but `kmer-search.mjs`. The',
    'background is random, the reads are simulated, all of it from one fixed seed; `inserts.tsv` lists what was put where.',
    '',
    'The gene sequences are published nucleotide sequences, taken as the ResFinder database of 24 May 2022 states them',
    '(Debian package `resfinder-db` 0.0+git20220524, Apache License 2.0, copyright Ole Lund, Technical University of',
    'Denmark; https://bitbucket.org/genomicepidemiology/resfinder_db). Drug classes are those of its `phenotypes.txt`,',
    'except that sulphonamides and trimethoprim keep the names of their files.',
    '',
    '| reference | gene | GenBank accession | bases | drug classes |',
    '|---|---|---|---:|---|',
    ...panel.map(
      ({ id, symbol, accession, sequence, drugClasses }) =>
        `| ${id} | ${symbol} | ${accession} | ${sequence.length} | ${drugClasses.join(', ')} |`,
    ),
    '',
  ].join('\n')

const referenceRecord = ({
  id,
  symbol,
  accession,
  family,
  drugClasses,
  sequence,
}: ReferenceGene): { id: string; description: string; sequence: string } => ({
  id,
  description: `[gene=${symbol}] [accession=${accession}] [family=${family}] [drug_class=${drugClasses.join(';')}]`,
  sequence,
})

const writeSample = (
  random: Random,
  sample: SimulatedSample,
  write: (path: string, content: string | Uint8Array) => string,
): { contigs: string; reads1: string; reads2: string } => {
  const { reads1, reads2 } = simulateReads(random.stream(`reads of ${sample.id}`), sample, {
    readLength: 100,
    fragmentLength: { from: 220, to: 320 },
    errorsPerThousand: 2,
  })
  const contigs = sample.contigs.map(({ id, sequence }) => ({ id, description: '', sequence }))
  return {
    contigs: write(`samples/${sample.id}.fasta`, formatFasta(contigs)),
    reads1: write(`samples/${sample.id}_1.fastq.gz`, gzipSync(reads1, { level: 9 })),
    reads2: write(`samples/${sample.id}_2.fastq.gz`, gzipSync(reads2, { level: 9 })),
  }
}

const { values } = parseArgs({
  options: {
    out: { type: 'string', default: fileURLToPath(new URL('../templates/quick', import.meta.url)) },
    db: { type: 'string', default: '/usr/share/resfinder/db' },
  },
})
makeDataset(values.db, values.out)
