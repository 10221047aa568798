import type { AssemblyFact, BinEstimate, BinEstimator } from '../../core/assembly/assembly.ts'
import type { ColumnDescription, ReadingContext } from '../contract.ts'
import { numberIn } from '../number-text.ts'
import { type ColumnTable, requiredPresent, resolveHeader } from '../table-header.ts'
import type { TextLine } from './text-lines.ts'

/** The three columns that are read of a table of bins. */
export type BinColumns = ColumnTable<'name' | 'completeness' | 'contamination'>

/** The columns under these names. */
export const binColumns = (
  name: readonly string[],
  completeness: readonly string[],
  contamination: readonly string[],
): BinColumns => {
  const column = (names: readonly string[], use: string): ColumnDescription => ({ names, required: true, use })
  return {
    name: column(name, 'name of the bin'),
    completeness: column(completeness, 'completeness, in percent'),
    contamination: column(contamination, 'contamination, in percent'),
  }
}

/** Whether a line is the header of such a table. */
export const isBinHeader = (cells: readonly string[], columns: BinColumns): boolean => {
  const { present, required } = requiredPresent(cells, columns)
  return present === required
}

/** How the cells of a line are told apart, each with its column counted from 1. */
export type Splitter = (line: string) => readonly { readonly text: string; readonly column: number }[]

export const atTabs: Splitter = (line) => {
  let column = 1
  return line.split('\t').map((text) => {
    const here = column
    column += text.length + 1
    return { text: text.trim(), column: here }
  })
}

/** Columns lined up by blanks: one blank is part of a cell, two end it. */
export const atGaps: Splitter = (line) =>
  [...line.matchAll(/\S+(?: \S+)*/g)].map(({ 0: text, index }) => ({ text, column: index + 1 }))

interface BinTable {
  readonly estimator: BinEstimator
  readonly columns: BinColumns
  readonly split: Splitter
  /** For a table with several completenesses: the names of its columns, then the cells of a row; answers which cell counts. */
  readonly completenessOf?: (names: readonly string[]) => ((cells: readonly string[]) => number) | undefined
}

/** Reads a table whose header is the first of `lines`, and hands its bins over. Bins without an estimate are left out. */
export const readBinTable = (
  [header, ...rows]: readonly TextLine[],
  { estimator, columns, split, completenessOf }: BinTable,
  context: ReadingContext<AssemblyFact>,
): void => {
  const { file, findings } = context
  if (header === undefined) {
    findings.add('The file has no header line; it may come from a program that failed.', 1, 1)
    return
  }
  const names = split(header.text).map(({ text }) => text)
  const slots = resolveHeader(names, columns, header.number, findings)
  findings.finish()
  const slotOf = completenessOf?.(names) ?? (() => slots.completeness)
  const bins = new Map<string, BinEstimate>()
  let without = 0
  for (const { text, number } of rows) {
    if (text === header.text) continue
    const cells = split(text)
    const cell = (slot: number): { readonly text: string; readonly column: number } =>
      cells[slot] ?? { text: '', column: cells.at(-1)?.column ?? 1 }
    const before = findings.count
    const [name, completeness, contamination] = [
      slots.name,
      slotOf(cells.map((one) => one.text)),
      slots.contamination,
    ].map(cell)
    if (name === undefined || completeness === undefined || contamination === undefined) continue
    if (cells.length > names.length)
      findings.add(`The line has ${String(cells.length)} cells, the header only ${String(names.length)}.`, number, 1)
    if (name.text === '') findings.add('The bin has no name.', number, name.column)
    else if (bins.has(name.text)) findings.add(`The bin ${name.text} is there twice.`, number, name.column)
    if (isMissing(completeness.text) && isMissing(contamination.text) && cells.length >= names.length) {
      without++
      continue
    }
    const percent = (what: string, { text: written, column }: typeof name, most: number): number => {
      const value = numberIn(written.replace(/%$/, ''))
      if (value >= 0 && value <= most) return value
      findings.add(`The ${what} "${written.slice(0, 40)}" is not a percentage.`, number, column)
      return 0
    }
    const bin = {
      name: name.text,
      completeness: percent('completeness', completeness, 100),
      contamination: percent('contamination', contamination, Number.MAX_SAFE_INTEGER),
    }
    if (findings.count === before) bins.set(bin.name, bin)
  }
  if (without > 0) context.warn(`${file}: bins without an estimate were left out: ${String(without)}.`)
  context.emit({ what: 'bins', sample: null, line: header.number, estimator, bins: [...bins.values()] })
}

const isMissing = (text: string): boolean => ['', 'NA', 'NaN', 'nan', 'None', '-'].includes(text)
