import { tableFormat } from '../table-format.ts'
import { variationOfModel } from './card-model.ts'
import { aroAccession, draftCall } from './draft-call.ts'

export const rgiBwt = tableFormat({
  id: 'rgi-bwt',
  title: 'RGI bwt gene report',
  tool: 'RGI bwt',
  fileNames: ['*.gene_mapping_data.txt'],
  columns: {
    gene: { names: ['ARO Term'], required: true, use: 'gene symbol' },
    aro: { names: ['ARO Accession'], required: true, use: 'ARO accession (digits)' },
    model: { names: ['Reference Model Type'], required: false, use: 'variant models are mutations' },
    database: { names: ['Reference DB'], required: false, use: 'database' },
    reads: { names: ['All Mapped Reads'], required: true, use: 'score: mapped reads' },
    coverage: { names: ['Average Percent Coverage'], required: true, use: 'coverage of the reference, percent' },
    family: { names: ['AMR Gene Family'], required: false, use: 'gene family' },
    drugClass: { names: ['Drug Class'], required: false, use: 'drug classes, separated by `;`' },
    mechanism: { names: ['Resistance Mechanism'], required: false, use: 'mechanism' },
  },
  notes: ['The table says neither identity nor depth.'],
  call: (row, at) => {
    const call = draftCall(row.line, 'rgi-bwt', row.required(at.gene, 'ARO Term'))
    call.aro = aroAccession(row.text(at.aro))
    if (call.aro === null) row.fail(at.aro, 'The ARO accession is not a number of seven digits.')
    call.variationType = variationOfModel(row.text(at.model))
    call.database = row.text(at.database)
    call.score = row.number(at.reads, 'number of reads', 0)
    call.coverage = row.percent(at.coverage, 'coverage', { mayExceed: true })
    call.geneFamily = row.text(at.family)
    call.drugClasses = row.list(at.drugClass, ';')
    call.mechanism = row.text(at.mechanism)
    return call
  },
})
