import { tableFormat } from '../table-format.ts'
import { draftCall } from './draft-call.ts'
import { referenceGene } from './reference-name.ts'

export const srst2 = tableFormat({
  id: 'srst2',
  title: 'SRST2 gene report',
  tool: 'SRST2',
  fileNames: ['*__fullgenes__*__results.txt', '*_srst2_report.tsv'],
  columns: {
    sample: { names: ['Sample'], required: true, use: 'sample' },
    database: { names: ['DB'], required: true, use: 'database' },
    gene: { names: ['gene'], required: true, use: 'gene family: the cluster of alleles' },
    allele: { names: ['allele'], required: true, use: 'gene symbol' },
    coverage: { names: ['coverage'], required: true, use: 'coverage of the allele, percent' },
    depth: { names: ['depth'], required: true, use: 'mean depth' },
    divergence: { names: ['divergence'], required: false, use: 'identity = 100 - divergence, percent' },
    annotation: { names: ['annotation'], required: false, use: 'gene name; ResFinder’s gives the accession' },
  },
  notes: ['The allele is the symbol: clusters of alleles are named after one of their members.'],
  call: (row, at) => {
    const call = draftCall(row.line, 'srst2', row.required(at.allele, 'allele'))
    const divergence = row.percent(at.divergence, 'divergence')
    call.sample = row.text(at.sample)
    call.database = row.text(at.database)
    call.geneFamily = row.text(at.gene)
    call.coverage = row.percent(at.coverage, 'coverage')
    call.depth = row.number(at.depth, 'depth', 0)
    call.identity = divergence === null ? null : 100 - divergence
    call.geneName = row.text(at.annotation)
    call.accession = referenceGene(call.geneName?.split(';', 1)[0] ?? '').accession
    return call
  },
})
