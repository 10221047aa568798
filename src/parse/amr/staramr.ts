import { tableFormat } from '../table-format.ts'
import { draftCall, place } from './draft-call.ts'
import { classesOfPhenotype } from './resfinder-tab.ts'

export const staramr = tableFormat({
  id: 'staramr',
  title: 'StarAMR ResFinder table',
  tool: 'StarAMR',
  fileNames: ['resfinder.tsv'],
  columns: {
    sample: { names: ['Isolate ID'], required: true, use: 'sample' },
    gene: { names: ['Gene'], required: true, use: 'gene symbol' },
    phenotype: { names: ['Predicted Phenotype'], required: false, use: 'drugs, as classes' },
    identity: { names: ['%Identity'], required: true, use: 'identity, percent' },
    coverage: { names: ['%Overlap'], required: true, use: 'coverage of the gene, percent' },
    contig: { names: ['Contig'], required: true, use: 'contig' },
    start: { names: ['Start'], required: true, use: 'start on the contig' },
    stop: { names: ['End'], required: true, use: 'end on the contig' },
    accession: { names: ['Accession'], required: true, use: 'accession of the reference gene' },
  },
  notes: ['Hits on the minus strand have start > end; they are turned round and marked.'],
  call: (row, at) => {
    const call = draftCall(row.line, 'staramr', row.required(at.gene, 'gene'))
    call.sample = row.text(at.sample)
    call.drugClasses = classesOfPhenotype(row.text(at.phenotype))
    call.identity = row.percent(at.identity, 'identity')
    call.coverage = row.percent(at.coverage, 'overlap', { mayExceed: true })
    call.contig = row.word(at.contig)
    place(call, row.position(at.start, 'start'), row.position(at.stop, 'end'))
    if (call.start !== null && call.strand === null) call.strand = '+'
    call.accession = row.text(at.accession)
    call.database = 'resfinder'
    return call
  },
})
