import { tableFormat } from '../table-format.ts'
import { draftCall, place } from './draft-call.ts'
import { referenceGene } from './reference-name.ts'

export const ariba = tableFormat({
  id: 'ariba',
  title: 'ARIBA report',
  tool: 'ARIBA',
  fileNames: ['report.tsv'],
  columns: {
    aribaName: { names: ['#ariba_ref_name'], required: true, use: 'gene symbol' },
    refName: { names: ['ref_name'], required: true, use: 'reference as the database names it: accession, ARO' },
    cluster: { names: ['cluster'], required: true, use: 'gene family' },
    refLength: { names: ['ref_len'], required: true, use: 'coverage = ref_base_assembled / ref_len' },
    assembled: { names: ['ref_base_assembled'], required: true, use: 'see ref_len' },
    identity: { names: ['pc_ident'], required: true, use: 'identity, percent' },
    contig: { names: ['ctg'], required: true, use: 'contig of ARIBA’s own assembly' },
    depth: { names: ['ctg_cov'], required: true, use: 'mean depth' },
    start: { names: ['ctg_start'], required: false, use: 'start on that contig' },
    stop: { names: ['ctg_end'], required: false, use: 'end on that contig' },
    onlyVariant: { names: ['var_only'], required: false, use: '1: the gene counts only with a known variant' },
    known: { names: ['has_known_var'], required: false, use: 'see var_only' },
    change: { names: ['known_var_change'], required: false, use: 'gene name of a variant: the change' },
    sequence: { names: ['var_seq_type'], required: false, use: '`n` is a nucleotide variant, `p` a protein variant' },
    text: { names: ['free_text'], required: false, use: 'gene name' },
  },
  notes: [
    'ARIBA writes one row for each variant of a gene; they are one gene and redundant hits.',
    'Genes that count only with a known variant (`var_only` 1) are variants; their rows without one are left out.',
  ],
  call: (row, at) => {
    const needsVariant = row.text(at.onlyVariant) === '1'
    if (needsVariant && row.text(at.known) !== '1') return null
    const gene = referenceGene(row.required(at.refName, 'reference name'))
    const call = draftCall(
      row.line,
      'ariba',
      gene.aro === null ? withBrackets(row.required(at.aribaName, 'name')) : gene.symbol,
    )
    const length = row.number(at.refLength, 'reference length', 1)
    const assembled = row.number(at.assembled, 'assembled length', 0)
    call.accession = gene.accession
    call.aro = gene.aro
    call.database = gene.database
    call.geneFamily = row.text(at.cluster)
    call.coverage = length === null || assembled === null ? null : Math.min(100, (100 * assembled) / length)
    call.identity = row.percent(at.identity, 'identity')
    call.contig = row.word(at.contig)
    call.depth = row.number(at.depth, 'depth', 0)
    place(call, row.position(at.start, 'start'), row.position(at.stop, 'end'))
    call.geneName = row.text(at.text)
    if (needsVariant) {
      call.geneName = row.text(at.change) ?? call.geneName
      call.variationType = row.text(at.sequence) === 'n' ? 'nucleotide_variant' : 'protein_variant'
    }
    return call
  },
})

/**
 * ARIBA writes `_` for every character that is not a letter or digit. Where that hides which gene is meant, the name of
 * aminoglycoside enzymes, the number of underscores still tells it: `aac_2___Id` was `aac(2')-Id`, `aph_3____Ib` `aph(3'')-Ib`.
 */
const withBrackets = (name: string): string =>
  name.replace(
    /^(aac|ant|aph)_(\d+)(_{2,4})(?=[IVX])/i,
    (_, enzyme: string, site: string, gap: string) => `${enzyme}(${site}${"'".repeat(gap.length - 2)})-`,
  )
