import type { AmrFormat } from '../contract.ts'
import { headLines } from '../lines.ts'
import { createRowCursor } from '../table-row.ts'
import { draftCall } from './draft-call.ts'
import { createFlags } from './flags.ts'

const flags = createFlags()

/** `*` a full-length hit that differs, `?` a partial one, `TR` and `$` a protein that is cut short. */
const MARKS = /(?:[*?$]|TR)+$/

export const sstar: AmrFormat = {
  id: 'sstar',
  title: 'SSTAR report',
  tool: 'SSTAR, c-SSTAR',
  kind: 'amr',
  fileNames: ['report.tsv', '*.tab'],
  columns: [
    { names: ['1'], required: true, use: 'gene family, without marks' },
    { names: ['2'], required: true, use: 'gene symbol without marks; the marks become flag `sstar`' },
    { names: ['3'], required: true, use: 'contig' },
    { names: ['4'], required: true, use: 'identity, percent, with a percent sign' },
    { names: ['5', '6'], required: true, use: 'coverage = aligned / length of the gene' },
  ],
  notes: [
    'There is no header line. An empty file is a run without hits.',
    'Marks after a name: `*` a new variant, `?` a partial hit, `TR` and `$` a protein that is cut short. They are kept ' +
      'as a flag and do not change the scoring; `--min-coverage` leaves out partial hits.',
  ],
  sniff: (head) => {
    const rows = headLines(head, 20)
      .filter((line) => line !== '')
      .map((line) => line.split('\t'))
    const fits = rows.every(
      (cells) => cells.length === 6 && /^[\d.]+%$/.test(cells[3] ?? '') && isCount(cells[4]) && isCount(cells[5]),
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
          if (row.width !== 6) {
            row.fail(row.width - 1, `There are ${row.width} columns instead of 6.`)
            return
          }
          const name = row.required(1, 'gene')
          const symbol = name.replace(MARKS, '')
          if (name !== '' && symbol === '') row.fail(1, `"${name.slice(0, 40)}" is no name of a gene.`)
          const call = draftCall(row.line, 'sstar', symbol)
          const marks = name.slice(symbol.length)
          if (marks !== '') call.flags = flags(['sstar', marks])
          const family = row.text(0)?.replace(MARKS, '') ?? ''
          call.geneFamily = family === '' ? null : family
          call.contig = row.word(2)
          call.identity = row.percent(3, 'identity')
          const aligned = row.number(4, 'aligned length', 1)
          const length = row.number(5, 'length of the gene', 1)
          call.coverage = aligned === null || length === null ? null : Math.min(100, (100 * aligned) / length)
          if (context.findings.count === before) context.emit(call)
        }),
      end: () => undefined,
    }
  },
}

const isCount = (text: string | undefined): boolean => text !== undefined && /^\d+$/.test(text)
