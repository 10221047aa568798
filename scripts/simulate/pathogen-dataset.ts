import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { writeKrakenDatabase } from './kraken-database.ts'
import { HOST, type PathogenWorld, pathogenWorld, type SimulatedSpecies } from './pathogen-world.ts'
import { type Random, seededRandom } from './seeded-random.ts'
import { type ReadModel, simulateReads } from './simulated-reads.ts'

/** Pairs of the pathogen in a sample; each level is tried with the first species of all three genera. */
const LEVELS = [300, 30, 6, 2]
const HOST_PAIRS = 300
const RELATIVE_PAIRS = 60
const MODEL: ReadModel = { readLength: 150, fragmentLength: { from: 300, to: 400 }, errorsPerThousand: 5 }

/** One sample: what is in it, and how many pairs of each. */
interface SampleDesign {
  readonly id: string
  readonly present: SimulatedSpecies | null
  readonly contents: readonly { readonly id: string; readonly sequence: string; readonly pairs: number }[]
}

export interface MadePathogenDataset {
  readonly samples: number
  readonly panel: number
}

/** Writes reads, truth, sample sheet, a Kraken 2 database and a configuration to run with into `out`. */
export const makePathogenDataset = (options: { readonly out: string; readonly seed: string }): MadePathogenDataset => {
  const random = seededRandom(`pathogens/${options.seed}`)
  const world = pathogenWorld(random)
  const designs = designSamples(world)
  for (const folder of ['samples', '.benchmark']) mkdirSync(join(options.out, folder), { recursive: true })
  const write = (path: string, content: string | Uint8Array): void => writeFileSync(join(options.out, path), content)
  for (const design of designs) {
    const { reads1, reads2 } = readsOf(random.stream(design.id), design)
    write(`samples/${design.id}_1.fastq.gz`, gzipSync(reads1))
    write(`samples/${design.id}_2.fastq.gz`, gzipSync(reads2))
  }
  const sheet = designs.map(({ id }) => `${id},samples/${id}_1.fastq.gz,samples/${id}_2.fastq.gz\n`)
  write('samples.csv', `sample,fastq_1,fastq_2\n${sheet.join('')}`)
  write('truth.tsv', truthTable(designs, world.species))
  write('.benchmark/config.yaml', CONFIG)
  writeKrakenDatabase(join(options.out, 'database'), world)
  return { samples: designs.length, panel: world.species.length }
}

const designSamples = ({ species, relatives, host }: PathogenWorld): SampleDesign[] => {
  const pathogens = species.filter((_, index) => index % 2 === 0)
  const background = { id: 'host', sequence: host, pairs: HOST_PAIRS }
  const relativeOf = ({ genus }: SimulatedSpecies): SampleDesign['contents'][number] => ({
    id: `relative of ${genus.name}`,
    sequence: relatives.get(genus.taxid) ?? '',
    pairs: RELATIVE_PAIRS,
  })
  const positives = LEVELS.flatMap((pairs, level) =>
    pathogens.map((one): SampleDesign => ({
      id: `${one.genus.name.slice(0, -'bacter'.length).toLowerCase()}_${pairs}`,
      present: one,
      // A relative of the pathogen lives in every second sample.
      contents: [
        background,
        { id: one.name, sequence: one.strain, pairs },
        ...(level % 2 === 0 ? [relativeOf(one)] : []),
      ],
    })),
  )
  const [first] = pathogens
  return [
    ...positives,
    { id: 'blank', present: null, contents: [background] },
    { id: 'healthy', present: null, contents: [background, ...(first === undefined ? [] : [relativeOf(first)])] },
  ]
}

const readsOf = (random: Random, { id, contents }: SampleDesign): { reads1: string; reads2: string } => {
  const { from, to } = MODEL.fragmentLength
  const contigs = contents.map(({ id: contig, sequence, pairs }) => ({
    id: contig,
    sequence,
    genes: [],
    // The simulator takes a depth; this one gives exactly so many pairs.
    depth: (pairs * 2 * MODEL.readLength) / (sequence.length - (from + to) / 2 + 1),
  }))
  return simulateReads(random, { id, contigs }, MODEL)
}

const truthTable = (designs: readonly SampleDesign[], species: readonly SimulatedSpecies[]): string => {
  const rows = designs.flatMap(({ id, present, contents }) =>
    species.map(({ taxid, name, genus }) => {
      const isThere = taxid === present?.taxid
      const pairs = isThere ? contents.find((one) => one.id === name)?.pairs : undefined
      return [id, taxid, 'species', isThere ? 'present' : 'absent', name, genus.taxid, pairs ?? ''].join('\t')
    }),
  )
  return `sample\ttaxid\trank\tstatus\tname\tgenus_taxid\treads\n${rows.join('\n')}\n`
}

const CONFIG = `# Made by scripts/make-pathogen-dataset.ts. \`benchmark run\` in this folder runs it.
benchmark:
  project: { name: pathogens, type: pathogen-detection }
  input: samples.csv
  truth: truth.tsv
  pipelines:
    - name: kraken2
      command: >-
        kraken2 --db {db:genomes} --paired --confidence {confidence} --threads 1
        --report {outdir}/report.kreport --output - {reads_1} {reads_2}
      databases: { genomes: database }
      params: { confidence: [0, 0.5] }
      requires: [kraken2]
      version_probe: { command: kraken2 --version, pattern: 'version (\\S+)' }
      outputs: [{ format: kraken-report, path: report.kreport }]
  evaluation:
    metrics: [sensitivity, precision, specificity, fp_per_negative_sample, limit_of_detection]
    scoring: { host_taxids: [${HOST.taxid}], min_reads: 2 }
`
