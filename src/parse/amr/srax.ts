import { tableFormat } from '../table-format.ts'
import { variationOfModel } from './card-model.ts'
import { draftCall } from './draft-call.ts'

export const srax = tableFormat({
  id: 'srax',
  title: 'sraX report',
  tool: 'sraX',
  fileNames: ['sraX_detected_ARGs.tsv'],
  columns: {
    gene: { names: ['ARG'], required: true, use: 'gene symbol' },
    coverage: { names: ['Coverage (%)'], required: true, use: 'coverage of the reference, percent' },
    identity: { names: ['Identity (%)'], required: true, use: 'identity, percent' },
    drugClass: { names: ['Drug class'], required: true, use: 'drug classes, separated by `;`' },
    accession: { names: ['Gene accession ID'], required: true, use: 'accession of the reference gene' },
    description: { names: ['Gene description'], required: false, use: 'gene name' },
    model: { names: ['AMR detection model'], required: false, use: 'variant models are mutations, the others genes' },
  },
  notes: ['The table says neither contig nor position.'],
  call: (row, at) => {
    const call = draftCall(row.line, 'srax', row.required(at.gene, 'ARG'))
    call.coverage = row.percent(at.coverage, 'coverage', { mayExceed: true })
    call.identity = row.percent(at.identity, 'identity')
    call.drugClasses = row.list(at.drugClass, ';')
    call.accession = row.text(at.accession)
    call.geneName = row.text(at.description)
    call.variationType = variationOfModel(row.text(at.model))
    return call
  },
})
