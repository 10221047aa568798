// What HMMER's tables, bare tables and JSON documents say.
import { bare, cell, type ExpectedCall, lines, list, num, table } from './plain-table.ts'
import { model } from './expected-gene-tables.ts'

const hmmerLines = (text: string): string[][] =>
  lines(text)
    .filter((line) => !line.startsWith('#'))
    .map((line) => line.trim().split(/ +/))

export const fargene = (text: string): ExpectedCall[] =>
  hmmerLines(text).map((cells) => ({
    geneSymbol: cells[3] ?? '',
    contig: (cells[0] ?? '').replace(/_seq\d+_\d+$/, ''),
    score: Number(cells[7]),
    coverage: (100 * (Number(cells[16]) - Number(cells[15]) + 1)) / Number(cells[5]),
  }))

export const resfams = (text: string): ExpectedCall[] =>
  hmmerLines(text).map((cells) => ({
    geneSymbol: cells[2] ?? '',
    accession: cells[3] ?? '',
    score: Number(cells[5]),
    contig: (cells[0] ?? '').split('_').slice(0, -1).join('_'),
    start: Number(cells[19]),
    stop: Number(cells[21]),
    strand: cells[23] === '1' ? '+' : '-',
  }))

export const srax = table((row) => ({
  geneSymbol: row['ARG'] ?? '',
  coverage: num(row['Coverage (%)']),
  identity: num(row['Identity (%)']),
  drugClasses: list(row['Drug class'], ';'),
  accession: cell(row['Gene accession ID']),
  geneName: cell(row['Gene description']),
  variationType: model(row['AMR detection model']),
}))

export const sstar = bare(([family = '', allele = '', contig = '', identity = '', aligned = '', length = '']) => ({
  geneSymbol: allele.replaceAll(/[*?$]/g, ''),
  geneFamily: family.replaceAll(/[*?$]/g, ''),
  contig,
  identity: Number(identity.replace('%', '')),
  coverage: (100 * Number(aligned)) / Number(length),
}))

interface ResfinderDocument {
  readonly seq_regions: Record<string, Record<string, unknown>>
  readonly seq_variations: Record<string, { readonly seq_var: string; readonly phenotypes: readonly string[] }>
  readonly phenotypes: Record<
    string,
    { readonly amr_classes: readonly string[]; readonly seq_regions: readonly string[] }
  >
}
export const resfinderJson = (text: string): ExpectedCall[] => {
  const document = JSON.parse(text) as ResfinderDocument
  const classes = (key: string): string[] => [
    ...new Set(
      Object.values(document.phenotypes)
        .filter(({ seq_regions: regions }) => regions.includes(key))
        .flatMap(({ amr_classes: names }) => names),
    ),
  ]
  const genes = Object.entries(document.seq_regions).filter(([, { gene }]) => gene === true)
  return [
    ...genes.map(([key, region]) => ({
      geneSymbol: region['name'] as string,
      accession: region['ref_acc'] as string,
      identity: region['identity'] as number,
      coverage: region['coverage'] as number,
      contig: (region['query_id'] as string).split(' ')[0] ?? '',
      start: region['query_start_pos'] as number,
      stop: region['query_end_pos'] as number,
      drugClasses: classes(key),
      variationType: 'gene_presence' as const,
    })),
    ...Object.entries(document.seq_variations).map(([key, { seq_var: change }]) => ({
      geneSymbol: key.split(';;')[0] ?? '',
      geneName: change,
      variationType: 'protein_variant' as const,
    })),
  ]
}

export const mykrobe = (): ExpectedCall[] => [
  {
    sample: 'my_sample_name',
    geneSymbol: 'inhA',
    geneName: 'I21T-ATC1674262ACT',
    drugClasses: ['Isoniazid'],
    coverage: 100,
    depth: 4,
    variationType: 'protein_variant',
  },
]

interface TbVariant {
  readonly gene: string
  readonly change: string
  readonly genome_pos: number
  readonly freq: number
  readonly feature_id: string
  readonly drugs: readonly { readonly drug: string }[]
}
export const tbprofiler = (text: string): ExpectedCall[] => {
  const document = JSON.parse(text) as { readonly id: string; readonly dr_variants: readonly TbVariant[] }
  return document.dr_variants.map((variant) => ({
    sample: document.id,
    geneSymbol: variant.gene,
    geneName: variant.change,
    variationType: variant.change.startsWith('p.') ? 'protein_variant' : 'nucleotide_variant',
    start: variant.genome_pos,
    score: variant.freq,
    accession: variant.feature_id,
    drugClasses: [...new Set(variant.drugs.map(({ drug }) => drug))],
  }))
}
