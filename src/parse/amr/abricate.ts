import { tableFormat } from '../table-format.ts'
import { draftCall, place } from './draft-call.ts'

export const abricate = tableFormat({
  id: 'abricate',
  title: 'ABRicate report',
  tool: 'ABRicate',
  fileNames: ['<sample>.txt', '<sample>.tsv'],
  columns: {
    contig: { names: ['SEQUENCE'], required: true, use: 'contig' },
    start: { names: ['START'], required: true, use: 'start on the contig' },
    stop: { names: ['END'], required: true, use: 'end on the contig' },
    strand: { names: ['STRAND'], required: false, use: 'strand; old releases have none' },
    gene: { names: ['GENE'], required: true, use: 'gene symbol' },
    coverage: { names: ['%COVERAGE'], required: true, use: 'coverage of the reference gene, percent' },
    identity: { names: ['%IDENTITY'], required: true, use: 'identity, percent' },
    database: { names: ['DATABASE'], required: false, use: 'database' },
    accession: { names: ['ACCESSION'], required: false, use: 'accession of the reference gene' },
    product: { names: ['PRODUCT'], required: false, use: 'gene name' },
    resistance: { names: ['RESISTANCE'], required: false, use: 'drug classes, separated by `;`' },
  },
  notes: [
    'The header line begins with `#FILE`; it is a header, not a comment.',
    '`#FILE` names the assembly that was searched, not a sample, so each file counts as one sample.',
  ],
  call: (row, at) => {
    const call = draftCall(row.line, 'abricate', row.required(at.gene, 'gene'))
    call.database = row.text(at.database)
    call.accession = row.text(at.accession)
    call.geneName = row.text(at.product)
    call.drugClasses = row.list(at.resistance, ';')
    return call
  },
  hits: {
    geneColumns: ['gene', 'database', 'accession', 'product', 'resistance'],
    complete: (call, row, at) => {
      call.contig = row.word(at.contig)
      call.strand = row.strand(at.strand)
      place(call, row.position(at.start, 'start'), row.position(at.stop, 'end'))
      call.coverage = row.percent(at.coverage, 'coverage')
      call.identity = row.percent(at.identity, 'identity')
    },
  },
})
