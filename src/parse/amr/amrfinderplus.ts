import type { AmrCall } from '../../core/amr/call.ts'
import { tableFormat } from '../table-format.ts'
import { draftCall, place } from './draft-call.ts'
import { createFlags } from './flags.ts'

const flags = createFlags()

export const amrfinderplus = tableFormat({
  id: 'amrfinderplus',
  title: 'AMRFinderPlus report',
  tool: 'AMRFinderPlus 3 and 4',
  fileNames: ['<sample>.tsv'],
  columns: {
    sample: { names: ['Name'], required: false, use: 'sample, when the tool ran with --name' },
    contig: { names: ['Contig id'], required: false, use: 'contig; absent from protein-only runs' },
    start: { names: ['Start'], required: false, use: 'start on the contig' },
    stop: { names: ['Stop'], required: false, use: 'stop on the contig' },
    strand: { names: ['Strand'], required: false, use: 'strand' },
    symbol: { names: ['Element symbol', 'Gene symbol'], required: true, use: 'gene symbol' },
    product: { names: ['Element name', 'Sequence name'], required: true, use: 'gene name' },
    scope: { names: ['Scope'], required: false, use: 'flag `amrfinder_scope`: core or plus' },
    type: { names: ['Type', 'Element type'], required: true, use: 'flag `amrfinder_type`: AMR, STRESS, VIRULENCE' },
    subtype: {
      names: ['Subtype', 'Element subtype'],
      required: true,
      use: 'flag `amrfinder_subtype`; POINT is a mutation',
    },
    drugClass: { names: ['Class'], required: false, use: 'drug classes, separated by `/`' },
    method: { names: ['Method'], required: true, use: 'flag `amrfinder_method`' },
    coverage: {
      names: ['% Coverage of reference', '% Coverage of reference sequence'],
      required: false,
      use: 'coverage of the reference, percent',
    },
    identity: {
      names: ['% Identity to reference', '% Identity to reference sequence'],
      required: false,
      use: 'identity, percent',
    },
    accession: {
      names: ['Closest reference accession', 'Accession of closest sequence'],
      required: false,
      use: 'accession of the closest reference',
    },
    node: { names: ['Hierarchy node'], required: false, use: 'gene family: the node of the NCBI hierarchy' },
  },
  notes: [
    'Releases 3 and 4 name seven columns differently; both are read.',
    'Rows of a mutation screen that say `[WILDTYPE]` report that a mutation is absent and are left out.',
    'Rows may end before an empty Hierarchy node.',
  ],
  call: (row, at) => {
    const geneName = row.text(at.product)
    if (geneName?.endsWith('[WILDTYPE]') === true) return null
    const call = draftCall(row.line, 'amrfinderplus', row.required(at.symbol, 'gene symbol'))
    const type = row.required(at.type, 'type')
    const subtype = row.text(at.subtype)
    const method = row.text(at.method)
    call.geneName = geneName
    call.drugClasses = row.list(at.drugClass, '/')
    call.accession = row.text(at.accession)
    call.database = 'ncbi'
    call.geneFamily = row.text(at.node)
    call.variationType = variationOf(subtype, method)
    call.flags = flags(
      ['amrfinder_type', type],
      ['amrfinder_subtype', subtype],
      ['amrfinder_method', method],
      ['amrfinder_scope', row.text(at.scope)],
    )
    return call
  },
  hits: {
    geneColumns: ['symbol', 'product', 'scope', 'type', 'subtype', 'drugClass', 'method', 'accession', 'node'],
    complete: (call, row, at) => {
      call.sample = row.text(at.sample)
      call.contig = row.word(at.contig)
      call.strand = row.strand(at.strand)
      place(call, row.position(at.start, 'start'), row.position(at.stop, 'stop'))
      call.coverage = row.percent(at.coverage, 'coverage', MAY_EXCEED)
      call.identity = row.percent(at.identity, 'identity')
    },
  },
})

const MAY_EXCEED = { mayExceed: true }

// POINTX and POINTP are read off a protein, POINTN off nucleotides (rRNA, promoters).
const variationOf = (subtype: string | null, method: string | null): AmrCall['variationType'] => {
  if (subtype?.startsWith('POINT') !== true) return 'gene_presence'
  return method === 'POINTN' ? 'nucleotide_variant' : 'protein_variant'
}
