// What the tables of genes and mutations say.
import type { AmrCall } from '../../../src/core/amr/call.ts'
import { bare, cell, list, most100, num, place, strand, table, word } from './plain-table.ts'

// `8D1521M8D`: the share of M.
const covered = (cigar: string): number => {
  const sum = (letter: string): number =>
    cigar
      .split(/(?<=[MD])/)
      .filter((part) => part.endsWith(letter))
      .reduce((total, part) => total + Number(part.slice(0, -1)), 0)
  return (100 * sum('M')) / (sum('M') + sum('D'))
}
export const groot = bare(([name = '', reads = '', , cigar = '']) => {
  // CARD's names are gene.ARO.accession.start-stop.number, ResFinder's stay whole.
  const card = /^(.*)\.(\d{7})\.([^-]*?)\.\d+-\d+\.\d+$/.exec(name)
  return {
    geneSymbol: card?.[1] ?? name,
    aro: card === null ? null : `ARO:${card[2] ?? ''}`,
    score: Number(reads),
    coverage: covered(cigar),
  }
})

export const model = (text: string | undefined): AmrCall['variationType'] =>
  text?.includes('rRNA gene variant') === true
    ? 'nucleotide_variant'
    : text?.includes('variant') === true
      ? 'protein_variant'
      : 'gene_presence'

export const rgiBwt = table((row) => ({
  geneSymbol: row['ARO Term'] ?? '',
  aro: `ARO:${row['ARO Accession'] ?? ''}`,
  score: num(row['All Mapped Reads']),
  coverage: most100(row['Average Percent Coverage']),
  geneFamily: cell(row['AMR Gene Family']),
  drugClasses: list(row['Drug Class'], ';'),
  mechanism: cell(row['Resistance Mechanism']),
  variationType: model(row['Reference Model Type']),
}))

export const rgi = table((row) => ({
  geneSymbol: row['Best_Hit_ARO'] ?? '',
  aro: `ARO:${row['ARO'] ?? ''}`,
  contig: (row['Contig'] ?? '').replace(/_\d+$/, ''),
  ...place(row['Start'], row['Stop']),
  strand: strand(row['Orientation']),
  identity: num(row['Best_Identities']),
  coverage: most100(row['Percentage Length of Reference Sequence']),
  score: num(row['Best_Hit_Bitscore']),
  drugClasses: list(row['Drug Class'], ';'),
  flags: { cut_off: row['Cut_Off'] ?? '' },
  variationType: model(row['Model_type']),
}))

export const amrplusplus = table((row) => {
  const [accession = '', , drugClass = '', mechanism = '', group = '', note] = (row['Gene'] ?? '').split('|')
  return {
    sample: row['Sample'] ?? '',
    geneSymbol: group,
    accession,
    drugClasses: [drugClass],
    mechanism,
    score: num(row['Hits']),
    coverage: num(row['Gene Fraction']),
    flags: note === undefined ? {} : { snp_confirmation: 'required' },
  }
})

export const ariba = table((row) => ({
  geneSymbol: (row['ref_name'] ?? '').split('.')[0] ?? '',
  aro: `ARO:${(row['ref_name'] ?? '').split('.')[1] ?? ''}`,
  geneFamily: cell(row['cluster']),
  coverage: (100 * Number(row['ref_base_assembled'])) / Number(row['ref_len']),
  identity: num(row['pc_ident']),
  contig: word(row['ctg']),
  depth: num(row['ctg_cov']),
  ...place(row['ctg_start'], row['ctg_end']),
}))

export const srst2 = table((row) => ({
  sample: row['Sample'] ?? '',
  geneSymbol: row['allele'] ?? '',
  database: cell(row['DB']),
  coverage: num(row['coverage']),
  depth: num(row['depth']),
  identity: 100 - Number(row['divergence']),
  accession: (row['annotation'] ?? '').split('; ')[1] ?? null,
}))

export const staramr = table((row) => ({
  sample: row['Isolate ID'] ?? '',
  geneSymbol: row['Gene'] ?? '',
  identity: num(row['%Identity']),
  coverage: most100(row['%Overlap']),
  contig: word(row['Contig']),
  ...place(row['Start'], row['End']),
  strand: Number(row['Start']) > Number(row['End']) ? '-' : '+',
  accession: cell(row['Accession']),
  drugClasses: list(row['Predicted Phenotype'], ','),
}))

export const staramrPointfinder = table((row) => ({
  sample: row['Isolate ID'] ?? '',
  geneSymbol: (row['Gene'] ?? '').split(' (')[0] ?? '',
  geneName: (row['Gene'] ?? '').split(' (')[1]?.replace(')', '') ?? null,
  variationType: row['Type'] === 'codon' ? 'protein_variant' : 'nucleotide_variant',
  identity: num(row['%Identity']),
  coverage: most100(row['%Overlap']),
  contig: word(row['Contig']),
  ...place(row['Start'], row['End']),
  drugClasses: list(row['Predicted Phenotype'], ','),
}))

export const pointfinder = table((row) => ({
  geneSymbol: (row['Mutation'] ?? '').split(' ')[0] ?? '',
  geneName: (row['Mutation'] ?? '').split(' ')[1] ?? null,
  variationType: row['Amino acid change']?.includes('->') === true ? 'protein_variant' : 'nucleotide_variant',
  drugClasses: list(row['Resistance'], ','),
}))
