import { tableFormat } from '../table-format.ts'
import { draftCall } from './draft-call.ts'
import { createFlags } from './flags.ts'
import { referenceGene } from './reference-name.ts'

const flags = createFlags()

export const deeparg = tableFormat({
  id: 'deeparg',
  title: 'DeepARG report',
  tool: 'DeepARG',
  fileNames: ['*.mapping.ARG', '*.mapping.potential.ARG'],
  columns: {
    gene: { names: ['#ARG'], required: true, use: 'gene symbol (DeepARG groups genes in capitals)' },
    read: { names: ['read_id'], required: true, use: 'contig: the read or ORF' },
    drugClass: { names: ['predicted_ARG-class'], required: true, use: 'drug class' },
    bestHit: { names: ['best-hit'], required: true, use: 'accession and gene of the closest reference' },
    probability: { names: ['probability'], required: true, use: 'score, 0..1' },
    identity: { names: ['identity'], required: true, use: 'identity, percent' },
  },
  notes: [
    '`*.mapping.potential.ARG` holds hits below the tool’s own probability threshold. They are read with the flag ' +
      '`deeparg: potential` and left out of the scoring.',
    'Positions are those on the protein or read, so calls carry none.',
  ],
  call: (row, at, context) => {
    const call = draftCall(row.line, 'deeparg', row.required(at.gene, 'ARG'))
    const bestHit = row.text(at.bestHit)
    call.drugClasses = row.list(at.drugClass, ';')
    call.database = 'deeparg'
    call.geneName = bestHit
    call.accession = bestHit === null ? null : referenceGene(bestHit).accession
    call.flags = flags(['deeparg', isPotential(context.file) ? 'potential' : 'accepted'])
    return call
  },
  hits: {
    geneColumns: ['gene', 'drugClass', 'bestHit'],
    complete: (call, row, at) => {
      call.contig = row.word(at.read)
      call.score = row.number(at.probability, 'probability', 0, 1)
      call.identity = row.percent(at.identity, 'identity')
    },
  },
})

/** Whether a file name is that of DeepARG's hits below its threshold. */
export const isPotential = (fileName: string): boolean => fileName.includes('.potential.ARG')
