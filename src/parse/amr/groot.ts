import type { Format } from '../contract.ts'
import { headLines } from '../lines.ts'
import { tableFormat } from '../table-format.ts'
import { createRowCursor, type TableRow } from '../table-row.ts'
import { type DraftCall, draftCall } from './draft-call.ts'
import { referenceGene } from './reference-name.ts'

const CIGAR = /^(?:\d+[MD])+$/

export const groot: Format = {
  id: 'groot',
  title: 'GROOT report',
  tool: 'GROOT',
  kind: 'amr',
  fileNames: ['*.report', 'report.tsv'],
  columns: [
    { names: ['1'], required: true, use: 'gene symbol: the reference as the database has it' },
    { names: ['2'], required: true, use: 'score: reads' },
    { names: ['3'], required: true, use: 'length of the reference' },
    { names: ['4'], required: true, use: 'coverage = covered (M) / all (M + D) positions' },
  ],
  notes: ['There is no header line. An empty file is a run without hits.'],
  sniff: (head) => {
    const rows = headLines(head, 20)
      .filter((line) => line !== '')
      .map((line) => line.split('\t'))
    const fits = rows.every(
      ([, reads, length, cigar, ...more]) =>
        more.length === 0 && isCount(reads) && isCount(length) && CIGAR.test(cigar ?? ''),
    )
    return rows.length > 0 && fits ? 0.95 : 0
  },
  open: (context) => {
    const { row, each, isBlank } = createRowCursor(context.findings)
    return {
      block: (bytes, firstLine) =>
        each(bytes, firstLine, () => {
          if (isBlank()) return
          const before = context.findings.count
          if (row.width !== 4) row.fail(row.width - 1, `There are ${row.width} columns instead of 4.`)
          const call = callOf(row, SLOTS)
          if (context.findings.count === before) context.emit(call)
        }),
      end: () => undefined,
    }
  },
}

const SLOTS = { name: 0, reads: 1, length: 2, cigar: 3 }

const callOf = (row: TableRow, at: typeof SLOTS): DraftCall => {
  const gene = referenceGene(row.required(at.name, 'gene'))
  const call = draftCall(row.line, 'groot', gene.symbol)
  call.score = row.number(at.reads, 'number of reads', 0)
  const length = row.number(at.length, 'length', 1)
  const cigar = row.required(at.cigar, 'coverage')
  const covered = coveredPositions(cigar)
  if (length === null) row.fail(at.length, 'The length is missing.')
  else if (!CIGAR.test(cigar)) row.fail(at.cigar, `"${cigar.slice(0, 40)}" is not of the form 750M3D.`)
  else if (covered.all !== length) row.fail(at.cigar, `The coverage describes ${covered.all} positions of ${length}.`)
  else call.coverage = (100 * covered.matched) / covered.all
  call.accession = gene.accession
  call.aro = gene.aro
  call.database = gene.database
  call.drugClasses = gene.drugClasses
  return call
}

/** The same table after argNorm, which writes the numbers of the columns over them. */
export const grootWithHeader = tableFormat({
  id: groot.id,
  title: groot.title,
  tool: groot.tool,
  fileNames: [],
  columns: {
    name: { names: ['0'], required: true, use: '' },
    reads: { names: ['1'], required: true, use: '' },
    length: { names: ['2'], required: true, use: '' },
    cigar: { names: ['3'], required: true, use: '' },
  },
  notes: [],
  call: (row, at) => callOf(row, at),
})

const isCount = (text: string | undefined): boolean => text !== undefined && /^\d+$/.test(text)

const coveredPositions = (cigar: string): { matched: number; all: number } => {
  let matched = 0
  let all = 0
  for (const [, length, operation] of cigar.matchAll(/(\d+)([MD])/g)) {
    all += Number(length)
    if (operation === 'M') matched += Number(length)
  }
  return { matched, all }
}
