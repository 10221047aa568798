import type { Format, ReadingContext } from '../contract.ts'
import { eachLine } from '../lines.ts'
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
  sniff: (head) => (/^# target name\s+accession\s+tlen\s+query name/m.test(head) ? 1 : 0),
  open: (context) => {
    let isEmpty = true
    return {
      block: (bytes, firstLine) =>
        eachLine(bytes, firstLine, (line, number) => {
          if (line === '') return
          isEmpty = false
          if (!line.startsWith('#')) readHit(line, number, context)
        }),
      end: () => {
        if (isEmpty) context.findings.add('The file is empty; HMMER writes a header even without hits.', 1, 1)
      },
    }
  },
}

const DOMAIN_COLUMNS = 22

const readHit = (line: string, number: number, context: ReadingContext): void => {
  const cells = line.trim().split(/\s+/)
  const fail = (cell: string, message: string): void => context.findings.add(message, number, line.indexOf(cell) + 1)
  if (cells.length < DOMAIN_COLUMNS) {
    fail(cells[0] ?? '', `There are ${cells.length} columns; a domain table has at least ${DOMAIN_COLUMNS}.`)
    return
  }
  const [target = '', , , model = '', , qlen = '', , score = ''] = cells
  const [from, to, length] = [Number(cells[15]), Number(cells[16]), Number(qlen)]
  const call = draftCall(number, 'fargene', model)
  call.contig = target.replace(/_seq\d+_\d+$/, '')
  call.score = Number(score)
  call.coverage = (100 * (to - from + 1)) / length
  const drugClass = CLASSES.find(([pattern]) => pattern.test(model))?.[1]
  if (drugClass !== undefined) call.drugClasses = [drugClass]
  call.geneFamily = model
  if (!Number.isFinite(call.score)) fail(score, `The score "${score}" is not a number.`)
  else if (!(call.coverage >= 0 && call.coverage <= 100)) fail(qlen, 'The model coordinates do not fit its length.')
  else context.emit(call)
}
