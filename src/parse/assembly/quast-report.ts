import type { AssemblyFact } from '../../core/assembly/assembly.ts'
import { known, missing, type Quantity } from '../../core/score.ts'
import type { AssemblyFormat, OutputConsumer, ReadingContext } from '../contract.ts'
import { eachLine, headLines } from '../lines.ts'
import { numberIn } from '../number-text.ts'
import { QUAST_ROWS } from './quast-rows.ts'

const ROWS = new Map(QUAST_ROWS.flatMap(({ names, metrics }) => names.map((name) => [name, metrics] as const)))

/** A cell with its place in the file. */
interface Cell {
  readonly text: string
  readonly line: number
  readonly column: number
}

/** The numbers of QUAST or MetaQUAST, as a table with a column or a row for each assembly. */
export const quastReport: AssemblyFormat = {
  id: 'quast-report',
  title: 'QUAST report',
  tool: 'QUAST, MetaQUAST',
  kind: 'assembly',
  fileNames: ['report.tsv', 'report.txt', 'transposed_report.tsv', 'transposed_report.txt'],
  columns: [
    { names: ['Assembly'], required: true, use: 'name of the assembly; the first row or column' },
    ...QUAST_ROWS.map(({ names, metrics }) => ({
      names,
      required: false,
      use: metrics.map((metric) => `\`${metric}\``).join(' and '),
    })),
  ],
  notes: [
    'Rows and columns may be swapped, as in `transposed_report.tsv`. Other rows are left out.',
    'Cells are separated by tabs or, as in `report.txt`, by two blanks or more; the sentence before that table is skipped.',
    '`-` means that the metric does not apply (`not_applicable`); a row that is not there has no value either (`no_prediction`).',
    '`2 + 1 part` is two numbers: contigs that do not align at all and in part, features found whole and in part.',
    'A report on several assemblies names them as samples; one on a single assembly belongs to the sample it is given for.',
    'QUAST’s own `--min-contig` is not known: tables do not say it. Whether it is MetaQUAST’s combined report or that of one reference is told by the folder (`combined_reference`, `runs_per_reference/NAME`), or by a reference length without NG values; it is part of the comparability key.',
  ],
  sniff: (head) => {
    const [header = '', second = ''] = headLines(head, 10).filter((line) => !isPreamble(line))
    const [first, name] = textsOf(header)
    return first?.trim() === 'Assembly' && (isRowName(name) || isRowName(textsOf(second)[0])) ? 1 : 0
  },
  open: (context) => openReport(context),
}

const isRowName = (text: string | undefined): boolean => /^(?:# contigs|Total length|Largest contig)/.test(text ?? '')

const isPreamble = (line: string): boolean => line.trim() === '' || line.startsWith('All statistics are based on ')

/** The cells of a line with the separators between them, alternating. */
const piecesOf = (line: string): readonly string[] => line.split(line.includes('\t') ? /(\t)/ : /( {2,})/)

const textsOf = (line: string): readonly string[] => piecesOf(line.trimEnd()).filter((_, index) => index % 2 === 0)

const openReport = (context: ReadingContext<AssemblyFact>): OutputConsumer & { namesSamples(): boolean } => {
  const { findings } = context
  const table: (readonly Cell[])[] = []
  let assemblies = 0
  return {
    block: (bytes, firstLine) =>
      eachLine(bytes, firstLine, (text, line) => {
        if (!isPreamble(text)) table.push(cellsOf(text, line))
      }),
    end: () => {
      const header = table[0]
      if (header?.[0]?.text !== 'Assembly') {
        findings.add('The report does not begin with the row "Assembly".', header?.[0]?.line ?? 1, 1)
        findings.finish()
      }
      for (const cells of table)
        if (cells.length !== header?.length)
          findings.add(
            `The line has ${String(cells.length)} cells, the first one ${String(header?.length)}.`,
            cells[0]?.line,
            cells.at(-1)?.column,
          )
      findings.finish()
      const columns = isRowName(header?.[1]?.text) ? table : transposed(table)
      assemblies = columns.length - 1
      emitAssemblies(columns, context)
    },
    namesSamples: () => assemblies > 1,
  }
}

const cellsOf = (text: string, line: number): readonly Cell[] => {
  let column = 1
  // Tables of blanks are filled up to the width of their columns; a tab at the end is an empty cell.
  return piecesOf(text.replace(/ +$/, '')).flatMap((piece, index): Cell[] => {
    const here = column
    column += piece.length
    return index % 2 === 0 ? [{ text: piece.trim(), line, column: here }] : []
  })
}

const transposed = (table: readonly (readonly Cell[])[]): readonly (readonly Cell[])[] =>
  (table[0] ?? []).map((_, slot) => table.map((cells) => cells[slot] ?? { text: '', line: 1, column: 1 }))

// `labels` are the names of the rows, every further list the cells of one assembly, its name first.
const emitAssemblies = (
  [labels = [], ...assemblies]: readonly (readonly Cell[])[],
  context: ReadingContext<AssemblyFact>,
): void => {
  const { file, findings } = context
  const seen = new Map<string, number>()
  const reportRepeated = ({ text, line, column }: Cell, what: string): void => {
    const key = `${what} ${text}`
    if (seen.has(key)) findings.add(`The ${what} ${text} is there twice.`, line, column)
    seen.set(key, line)
  }
  for (const label of labels) if (ROWS.has(label.text)) reportRepeated(label, 'row')
  if (assemblies.length === 0) findings.add('The report names no assembly.', 1, 1)
  for (const [name, ...cells] of assemblies) {
    if (name === undefined) continue
    if (name.text === '') findings.add('An assembly has no name.', name.line, name.column)
    else reportRepeated(name, 'assembly')
    const values = new Map<string, Quantity>()
    for (const [index, cell] of cells.entries()) {
      const metrics = ROWS.get(labels[index + 1]?.text ?? '') ?? []
      const quantities = quantitiesOf(cell.text, metrics.length)
      if (quantities === null)
        findings.add(`"${cell.text.slice(0, 40)}" is not a number as QUAST writes it.`, cell.line, cell.column)
      else
        for (const [place, metric] of metrics.entries())
          values.set(metric, quantities[place] ?? missing('no_prediction'))
    }
    context.emit({ what: 'report', sample: name.text, line: name.line, level: levelOf(file, labels), values })
  }
  findings.finish()
}

const COMPOSITE = /^(\d+)(?: \+ (\d+) part)?$/

// Null = not as QUAST writes it. `wanted` 0 = a row that is left out.
const quantitiesOf = (text: string, wanted: number): readonly Quantity[] | null => {
  if (wanted === 0) return []
  if (text === '-' || text === '') return Array.from({ length: wanted }, () => missing('not_applicable'))
  if (wanted === 1) {
    const value = numberIn(text)
    return value >= 0 && Number.isFinite(value) ? [known(value)] : null
  }
  const [, whole, part] = COMPOSITE.exec(text) ?? []
  if (whole === undefined) return null
  return [known(Number(whole)), ...(part === undefined ? [] : [known(Number(part))])]
}

const levelOf = (file: string, labels: readonly Cell[]): string => {
  const folders = file.split(/[\\/]/)
  const single = folders.indexOf('runs_per_reference')
  if (single >= 0) return `metaquast reference ${folders[single + 1] ?? ''}`
  const names = new Set(labels.map(({ text }) => text))
  const isCombined = names.has('Reference length') && !names.has('NG50') && !names.has('GC (%)')
  return folders.includes('combined_reference') || isCombined ? 'metaquast combined' : 'quast'
}
