import type { Format } from '../contract.ts'
import { openHmmerTable } from '../hmmer-table.ts'
import { draftCall } from './draft-call.ts'

/** Beginnings of the names of fARGene's models, and what the modelled genes resist. */
const CLASSES: readonly (readonly [RegExp, string])[] = [
  [/^class_?[abcd]/i, 'beta-lactam'],
  [/^qnr/i, 'quinolone'],
  [/^tet/i, 'tetracycline'],
  [/^(?:erm|mph)/i, 'macrolide'],
  [/^(?:aminoglycoside|aac|aph)/i, 'aminoglycoside'],
]

export const fargene: Format = {
  id: 'fargene',
  title: 'fARGene HMM hits',
  tool: 'fARGene (HMMER domain table)',
  kind: 'amr',
  fileNames: ['retrieved-genes-<class>-hmmsearched.out'],
  columns: [
    { names: ['target name'], required: true, use: 'contig, without the number of the ORF' },
    { names: ['query name'], required: true, use: 'gene symbol: the model; its class gives the drug class' },
    { names: ['qlen', 'hmm coord from', 'hmm coord to'], required: true, use: 'coverage of the model' },
    { names: ['score'], required: true, use: 'score of the full sequence' },
  ],
  notes: [
    'Columns are separated by blanks, as HMMER writes them.',
    'A model stands for a whole class of genes: score it at the level drug_class.',
    'Several domains of one target are one gene and redundant hits.',
  ],
  sniff: (head) =>
    head.includes('# target name') && /^# target name\s+accession\s+tlen\s+query name/m.test(head) ? 1 : 0,
  open: (context) =>
    openHmmerTable(context, DOMAIN_COLUMNS, (row) => {
      const before = context.findings.count
      const [target = '', , , model = ''] = row.cells
      const call = draftCall(row.line, 'fargene', model)
      const contig = target.replace(/_seq\d+_\d+$/, '')
      call.contig = contig === '' ? target : contig
      call.score = row.number(7, 'score')
      const length = row.number(5, 'length of the model')
      const [from, to] = [row.number(15, 'start on the model'), row.number(16, 'end on the model')]
      if (length !== null && from !== null && to !== null) {
        call.coverage = (100 * (to - from + 1)) / length
        if (!(from >= 1 && from <= to && to <= length)) row.fail(5, 'The model coordinates do not fit its length.')
      }
      const drugClass = CLASSES.find(([pattern]) => pattern.test(model))?.[1]
      if (drugClass !== undefined) call.drugClasses = [drugClass]
      call.geneFamily = model
      if (context.findings.count === before) context.emit(call)
    }),
}

const DOMAIN_COLUMNS = 22
