import { tableFormat } from '../table-format.ts'
import { draftCall } from './draft-call.ts'
import { createFlags } from './flags.ts'
import { referenceGene } from './reference-name.ts'

const flags = createFlags()

export const kmaRes = tableFormat({
  id: 'kma-res',
  title: 'KMA result table',
  tool: 'KMA, KmerResistance',
  fileNames: ['*.res'],
  columns: {
    template: { names: ['#Template'], required: true, use: 'gene symbol; the reference name as the database has it' },
    score: { names: ['Score'], required: true, use: 'score' },
    identity: { names: ['Template_Identity'], required: true, use: 'identity over the template, percent' },
    coverage: {
      names: ['Template_Coverage'],
      required: true,
      use: 'coverage of the template, percent; more than 100 counts as 100',
    },
    depth: { names: ['Depth'], required: true, use: 'mean depth' },
  },
  notes: [
    'Numbers are padded with blanks; the header begins with `#Template`.',
    'Names of ResFinder, CARD, MEGARes, DeepARG and ABRicate databases are understood and give accession, ARO and class.',
  ],
  call: (row, at) => {
    const gene = referenceGene(row.required(at.template, 'template'))
    const call = draftCall(row.line, 'kma', gene.symbol)
    call.score = row.number(at.score, 'score', 0)
    call.identity = row.percent(at.identity, 'template identity')
    call.coverage = row.percent(at.coverage, 'template coverage', { mayExceed: true })
    call.depth = row.number(at.depth, 'depth', 0)
    call.accession = gene.accession
    call.database = gene.database
    call.aro = gene.aro
    call.geneFamily = gene.family
    call.drugClasses = gene.drugClasses
    call.mechanism = gene.mechanism
    if (gene.needsSnpConfirmation) call.flags = flags(['snp_confirmation', 'required'])
    return call
  },
})
