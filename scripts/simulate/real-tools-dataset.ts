import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { readsByArt } from './art-reads.ts'
import { writeDatasetFile } from './dataset-manifest.ts'
import { insertTable, sampleSheet, truthTable } from './dataset-tables.ts'
import { drawPanel } from './gene-panel.ts'
import { decoyOf, exactGene, type InsertedGene, mutatedAllele, type References, referencesOf } from './inserted-gene.ts'
import { REAL_TOOLS_CONFIG } from './real-tools-project.ts'
import { readResfinderDatabase, type ReferenceGene } from './resfinder-database.ts'
import { type Random, seededRandom } from './seeded-random.ts'
import { formatFasta } from './sequence.ts'
import { type ContigDesign, type SimulatedSample, simulateSample } from './simulated-sample.ts'

/** Every sample with genes holds one contig at each of these depths. */
const DEPTHS = [1, 3, 5, 10, 20, 30]
const ALLELE_IDENTITIES = [99, 98.5, 97.5, 97, 96, 95]
const SPACER = 900
const PANEL_SIZE = 24
/** The last genes of the panel are never inserted; decoys are made from them. */
const DECOY_MODELS = 6
/** Has many near relatives in the database: an allele of it can be taken for one of them. Not in the panel. */
const CONFUSABLE = 'blaCTX-M-15_1_AY044436'

export interface MadeDataset {
  readonly samples: number
  readonly panel: number
  readonly genes: number
  readonly decoys: number
  readonly notices: readonly string[]
}

/** Writes contigs, reads, truth, sample sheet, card, database and a configuration to run with into `out`. */
export const makeAmrDataset = (options: {
  readonly out: string
  readonly database: string
  readonly seed: string
  readonly samples: number
}): MadeDataset => {
  const random = seededRandom(`real-tools/${options.seed}`)
  const genes = readResfinderDatabase(options.database)
  const panel = drawPanel(random.stream('panel'), genes, PANEL_SIZE)
  const confusable = genes.find(({ id }) => id === CONFUSABLE)
  if (confusable === undefined) throw new Error(`${CONFUSABLE} is not in ${options.database}`)
  const samples = designSamples(random, panel, confusable, referencesOf(genes), options.samples)

  mkdirSync(join(options.out, 'samples'), { recursive: true })
  mkdirSync(join(options.out, 'database'), { recursive: true })
  mkdirSync(join(options.out, '.benchmark'), { recursive: true })
  const write = (path: string, content: string | Uint8Array): string => {
    writeFileSync(join(options.out, path), content)
    return path
  }
  const rows = samples.map((sample, index) => {
    const { reads1, reads2 } = readsByArt(sample, 1000 * (index + 1) + random.stream('reads').below(1000))
    const contigs = sample.contigs.map(({ id, sequence }) => ({ id, description: '', sequence }))
    return {
      id: sample.id,
      reads1: write(`samples/${sample.id}_1.fastq.gz`, gzipSync(reads1)),
      reads2: write(`samples/${sample.id}_2.fastq.gz`, gzipSync(reads2)),
      contigs: write(`samples/${sample.id}.fasta`, formatFasta(contigs)),
    }
  })
  const files = [
    write('samples.csv', sampleSheet(rows)),
    write('truth.tsv', truthTable(samples, panel)),
    write('inserts.tsv', insertTable(samples)),
    ...rows.flatMap(({ contigs, reads1, reads2 }) => [contigs, reads1, reads2]),
  ]
  writeDatasetFile(options.out, files, card(options, samples.length))
  write('.benchmark/config.yaml', REAL_TOOLS_CONFIG)
  const notices = writeDatabase(options.database, join(options.out, 'database'), genes)

  const placed = samples.flatMap(({ contigs }) => contigs.flatMap((contig) => contig.genes))
  const decoys = placed.filter(({ kind }) => kind === 'decoy').length
  return { samples: samples.length, panel: panel.length, genes: placed.length - decoys, decoys, notices }
}

/** The third sample has no genes; the second one holds the confusable allele as well. */
const designSamples = (
  random: Random,
  panel: readonly ReferenceGene[],
  confusable: ReferenceGene,
  references: References,
  count: number,
): SimulatedSample[] => {
  const present = panel.slice(0, -DECOY_MODELS)
  const models = panel.slice(-DECOY_MODELS)
  let alleles = 0
  return Array.from({ length: count }, (_, index) => {
    const id = `s${`${index + 1}`.padStart(2, '0')}`
    const draw = random.stream(id)
    if (index === 2)
      return simulateSample(
        draw,
        id,
        DEPTHS.map((depth) => ({ depth, genes: [] })),
        SPACER,
      )

    const chosen = draw.shuffled(present).slice(0, DEPTHS.length)
    const mutated = new Set(draw.shuffled(DEPTHS.map((_, position) => position)).slice(0, 3))
    const contigs: ContigDesign[] = DEPTHS.map((depth, position) => {
      const gene = chosen[position]!
      if (!mutated.has(position)) return { depth, genes: [exactGene(gene)] }
      const identity = ALLELE_IDENTITIES[alleles++ % ALLELE_IDENTITIES.length]!
      return { depth, genes: [mutatedAllele(draw.stream(gene.id), gene, identity)] }
    })
    const twin = contigs[3]!
    const decoys: InsertedGene[] = (['uniform', 'domain'] as const).map((shape, which) => {
      const model = models[(2 * index + which) % models.length]!
      return decoyOf(draw.stream(`decoy ${which}`), model, shape, references)
    })
    return simulateSample(
      draw,
      id,
      [
        ...contigs,
        // A second copy of the gene at depth 10, elsewhere.
        { depth: twin.depth, genes: twin.genes },
        { depth: 20, genes: decoys },
        ...(index === 1 ? [{ depth: 20, genes: [mutatedAllele(draw, confusable, 98, 'confusable')] }] : []),
      ],
      SPACER,
    )
  })
}

const card = (options: { seed: string }, samples: number): Parameters<typeof writeDatasetFile>[2] => ({
  id: 'amr-resfinder-simulated',
  title: 'Resistance genes of the ResFinder database in simulated contigs and reads',
  version: `1.0.0-seed-${options.seed}`,
  licence: 'Apache-2.0',
  source: 'ResFinder database (Debian package resfinder-db); reads by ART, HiSeq 2500 profile',
  description: [
    `${samples} samples; genes at depths 1, 3, 5, 10, 20 and 30, half of them alleles changed by 1 to 5 %, two decoys`,
    'under 80 % identity in each sample with genes, one sample with no gene (s03). The truth lists every gene of the panel',
    'for every sample, as present or absent. Panel genes share next to no words with genes of other symbols, so that the',
    'gene level is well defined; the one exception is an allele 2 % away from blaCTX-M-15 in s02: a tool that names one',
    'of its many siblings instead is wrong at gene level and right at family level.',
    'The background is random, so it holds no natural relatives of resistance genes: specificity and precision are',
    'optimistic. All genes come from the database the tools search: sensitivity is optimistic too.',
  ].join(' '),
})

/**
 * A ResFinder database of its own, so that all tools search the same sequences: the files of the source, all genes in
 * one FASTA file, and an index for KMA. Says what could not be made.
 */
const writeDatabase = (source: string, folder: string, genes: readonly ReferenceGene[]): string[] => {
  const isPart = (name: string): boolean => name === 'config' || /\.(fsa|txt)$/.test(name)
  const names = readdirSync(source).filter(isPart)
  for (const name of names) copyFileSync(join(source, name), join(folder, name))
  const records = genes.map(({ id, sequence }) => ({ id, description: '', sequence }))
  writeFileSync(join(folder, 'genes.fasta'), formatFasta(records))
  try {
    execFileSync('kma', ['index', '-i', 'genes.fasta', '-o', 'all'], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    return []
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    return ['kma is not installed: the database has no index for it']
  }
}
