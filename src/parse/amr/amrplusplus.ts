import { tableFormat } from '../table-format.ts'
import { draftCall } from './draft-call.ts'
import { createFlags } from './flags.ts'
import { referenceGene } from './reference-name.ts'

const flags = createFlags()

export const amrplusplus = tableFormat({
  id: 'amrplusplus',
  title: 'AMR++ gene table',
  tool: 'AMR++ (ResistomeAnalyzer)',
  fileNames: ['gene.tsv'],
  columns: {
    sample: { names: ['Sample'], required: true, use: 'sample' },
    gene: { names: ['Gene'], required: true, use: 'MEGARes header: accession, class, mechanism, group' },
    hits: { names: ['Hits'], required: true, use: 'score: reads' },
    fraction: { names: ['Gene Fraction'], required: true, use: 'coverage of the gene, percent' },
  },
  notes: [
    'The gene symbol is the MEGARes group; the accession is its MEG number.',
    'Genes that count only together with a mutation carry the flag `snp_confirmation: required` and are not scored.',
  ],
  call: (row, at) => {
    const gene = referenceGene(row.required(at.gene, 'gene'))
    const call = draftCall(row.line, 'amrplusplus', gene.symbol)
    call.sample = row.text(at.sample)
    call.accession = gene.accession
    call.database = gene.database
    call.drugClasses = gene.drugClasses
    call.mechanism = gene.mechanism
    call.score = row.number(at.hits, 'number of hits', 0)
    call.coverage = row.percent(at.fraction, 'gene fraction')
    if (gene.needsSnpConfirmation) call.flags = flags(['snp_confirmation', 'required'])
    return call
  },
})
