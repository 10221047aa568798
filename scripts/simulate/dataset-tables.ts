import type { ReferenceGene } from './resfinder-database.ts'
import type { PlacedGene, SimulatedSample } from './simulated-sample.ts'

const TRUTH_COLUMNS = [
  'sample',
  'gene_symbol',
  'allele',
  'gene_family',
  'drug_class',
  'contig',
  'start',
  'stop',
  'strand',
  'copies',
  'depth',
  'status',
] as const

/**
 * One row for each inserted copy, then one `absent` row for each gene of the panel the sample does not hold. A mutated
 * allele has no allele name: it is none of the known ones.
 */
export const truthTable = (samples: readonly SimulatedSample[], panel: readonly ReferenceGene[]): string => {
  const rows = samples.flatMap((sample) => {
    const present = sample.contigs.flatMap((contig) =>
      contig.genes.filter(({ kind }) => kind !== 'decoy').map((placed) => ({ contig, placed })),
    )
    const presentRows = present.map(({ contig, placed }) => [
      sample.id,
      placed.gene.symbol,
      placed.kind === 'exact' ? placed.gene.id : '',
      placed.gene.family,
      placed.gene.drugClasses.join(';'),
      contig.id,
      `${placed.start}`,
      `${placed.stop}`,
      placed.strand,
      '1',
      `${contig.depth}`,
      'present',
    ])
    const symbols = new Set(present.map(({ placed }) => placed.gene.symbol))
    const absentRows = panel
      .filter(({ symbol }) => !symbols.has(symbol))
      .map(({ symbol, family, drugClasses }) => [
        ...[sample.id, symbol, '', family, drugClasses.join(';')],
        ...['', '', '', '', '', '', 'absent'],
      ])
    const nothing = present.length === 0 ? [[sample.id, ...Array<string>(TRUTH_COLUMNS.length - 1).fill('')]] : []
    return [...nothing, ...presentRows, ...absentRows]
  })
  return table(TRUTH_COLUMNS, rows)
}

/** Everything that was put in, decoys included, and how similar it is to the database: for people and for tests. */
export const insertTable = (samples: readonly SimulatedSample[]): string => {
  const row = (sample: SimulatedSample, contig: { id: string; depth: number }, placed: PlacedGene): string[] => [
    ...[sample.id, contig.id, `${placed.start}`, `${placed.stop}`, placed.strand, `${contig.depth}`],
    ...[placed.kind, placed.gene.id, placed.identity.toFixed(2)],
  ]
  return table(
    ['sample', 'contig', 'start', 'stop', 'strand', 'depth', 'kind', 'reference', 'identity'],
    samples.flatMap((sample) =>
      sample.contigs.flatMap((contig) => contig.genes.map((placed) => row(sample, contig, placed))),
    ),
  )
}

export const sampleSheet = (
  samples: readonly { id: string; reads1: string; reads2: string; contigs: string }[],
): string =>
  [
    'sample,fastq_1,fastq_2,fasta',
    ...samples.map(({ id, reads1, reads2, contigs }) => [id, reads1, reads2, contigs].join(',')),
    '',
  ].join('\n')

const table = (columns: readonly string[], rows: readonly (readonly string[])[]): string =>
  [columns, ...rows].map((cells) => `${cells.join('\t')}\n`).join('')
