import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'

/** The columns of hAMRonization's TSV, mandatory ones first. */
const COLUMNS = [
  ...['input_file_name', 'gene_symbol', 'gene_name', 'reference_database_name', 'reference_database_version'],
  ...['reference_accession', 'analysis_software_name', 'analysis_software_version', 'genetic_variation_type'],
  ...['antimicrobial_agent', 'coverage_percentage', 'coverage_depth', 'coverage_ratio', 'drug_class'],
  ...['input_gene_length', 'input_gene_start', 'input_gene_stop', 'input_protein_length', 'input_protein_start'],
  ...['input_protein_stop', 'input_sequence_id', 'nucleotide_mutation', 'nucleotide_mutation_interpretation'],
  ...['predicted_phenotype', 'predicted_phenotype_confidence_level', 'amino_acid_mutation'],
  ...['amino_acid_mutation_interpretation', 'reference_gene_length', 'reference_gene_start', 'reference_gene_stop'],
  ...['reference_protein_length', 'reference_protein_start', 'reference_protein_stop', 'resistance_mechanism'],
  ...['strand_orientation', 'sequence_identity'],
]
const SAMPLES = 8
const GENES_OF_A_TOOL = 500
const TOOLS = [
  { name: 'abricate', version: '1.0.1', database: 'ncbi', file: (sample: string) => sample },
  {
    name: 'amrfinderplus',
    version: '4.0.19',
    database: 'NCBI Reference Gene Database',
    file: (sample: string) => `${sample}.tsv.amrfinderplus`,
  },
  { name: 'rgi', version: '6.0.3', database: 'CARD', file: (sample: string) => `${sample}.txt.rgi` },
  { name: 'staramr', version: '0.10.0', database: 'resfinder', file: (sample: string) => sample },
]
const CLASSES = [
  'BETA-LACTAM',
  'AMINOGLYCOSIDE',
  'TETRACYCLINE',
  'SULFONAMIDE',
  'MACROLIDE',
  'QUINOLONE',
  'GLYCOPEPTIDE',
  'PHENICOL',
]
const MECHANISMS = ['antibiotic inactivation', 'antibiotic efflux', 'antibiotic target alteration', '']
const FAMILIES = ['blaTEM', 'blaOXA', 'aadA', 'tet', 'sul', 'erm', 'qnrB', 'vanR', 'catA', 'dfrA']

/**
 * Writes `report.tsv`, a combined report of contigs as nf-core/funcscan makes it (tool by tool, sample by sample, contig
 * by contig), and `truth.tsv`. No two rows are alike; the same seed gives the same bytes.
 */
export const makeReport = (
  dir: string,
  rows: number,
  seed = 1,
): { readonly report: string; readonly truth: string } => {
  const random = randomNumbers(seed)
  const below = (limit: number): number => Math.floor(random() * limit)
  const report = join(dir, 'report.tsv')
  const file = openSync(report, 'w')
  let lines = `${COLUMNS.join('\t')}\n`
  const files = TOOLS.flatMap((tool, at) => Array.from({ length: SAMPLES }, (_, sample) => ({ tool, at, sample })))
  for (const [index, { tool, at, sample }] of files.entries()) {
    const end = Math.round(((index + 1) * rows) / files.length)
    for (let row = Math.round((index * rows) / files.length), contig = 1; row < end; row++) {
      contig += below(3)
      // A few genes are everywhere, most are rare.
      const gene = geneOf(at * GENES_OF_A_TOOL + Math.floor(GENES_OF_A_TOOL * random() ** 2))
      const [start, missing] = [1 + below(90_000), below(40)]
      const length = gene.length - missing
      const coverage = ((length / gene.length) * 100).toFixed(2)
      lines += [
        ...[tool.file(`S${sample + 1}`), gene.symbol, gene.name, tool.database, '2024-07-22.1', gene.accession],
        ...[tool.name, tool.version, 'gene_presence_detected', '', coverage, '', '', gene.drugClass],
        ...[
          length,
          start,
          start + length - 1,
          '',
          '',
          '',
          `NODE_${contig}_length_${below(200_000)}_cov_${(random() * 90).toFixed(6)}`,
        ],
        ...['', '', '', '', '', '', gene.length, 1 + missing, gene.length, '', '', '', gene.mechanism],
        ...[random() < 0.5 ? '+' : '-', (80 + random() * 20).toFixed(2)],
      ].join('\t')
      lines += '\n'
      if (lines.length > 1 << 20) {
        writeSync(file, lines)
        lines = ''
      }
    }
  }
  writeSync(file, lines)
  closeSync(file)
  const truth = join(dir, 'truth.tsv')
  const present = Array.from({ length: SAMPLES }, (_, sample) =>
    Array.from({ length: 40 }, () => geneOf(below(TOOLS.length * GENES_OF_A_TOOL))).map(
      (gene) => `S${sample + 1}\t${gene.symbol}\t${gene.drugClass}\n`,
    ),
  )
  writeFileSync(truth, `sample\tgene_symbol\tdrug_class\n${[...new Set(present.flat())].join('')}`)
  return { report, truth }
}

const geneOf = (number: number) => {
  const family = FAMILIES[number % FAMILIES.length] ?? ''
  const drugClass = CLASSES[number % CLASSES.length] ?? ''
  return {
    symbol: `${family}-${number}`,
    name: `${drugClass.toLowerCase()} resistance protein ${family}-${number}`,
    accession: `NG_${String(40_000 + number).padStart(6, '0')}.1`,
    drugClass,
    mechanism: MECHANISMS[number % MECHANISMS.length] ?? '',
    length: 600 + ((number * 37) % 900),
  }
}

/** Numbers in 0..1 (mulberry32). */
const randomNumbers = (seed: number): (() => number) => {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
