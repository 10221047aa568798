import type { ColumnDescription } from '../contract.ts'
import type { Findings } from '../findings.ts'
import { type ColumnTable, resolveHeader } from '../table-header.ts'

/** One row of a table of measurements, its cells by our names for the columns. */
export interface Row<Key extends string> {
  readonly line: number
  /** The cell without blanks around it; null where the column is absent or the cell says that nothing is known. */
  cell(key: Key): string | null
  fail(key: Key, message: string, hint?: string): void
  /**
   * The cell as a quantity of 0 or more, null where it says nothing. What is not one, is negative, or exceeds `most` is
   * a fault at its column.
   */
  amount(key: Key, what: string, read: (text: string) => number | null, most: number): number | null
}

const MISSING = new Set(['', '-', 'na', 'n/a', 'nan', 'none', 'null', 'unknown'])

/** Whether a cell says that nothing was measured. */
export const saysNothing = (text: string): boolean => MISSING.has(text.trim().toLowerCase())

/** How to make `ColumnTable`s short: names only. */
export const column = (required: boolean, ...names: readonly string[]): ColumnDescription => ({
  names,
  required,
  use: '',
})

/** The rows under the header of a table. Blank lines and repeated headers are no rows. */
export const rowsOf = <Key extends string>(
  text: string,
  columns: ColumnTable<Key>,
  findings: Findings,
  split: (line: string) => readonly string[],
): readonly Row<Key>[] => {
  const lines = text.split('\n').map((line) => line.replace(/\r$/, ''))
  const at = lines.findIndex((line) => line.trim() !== '')
  const header = lines[at]
  if (header === undefined) {
    findings.add('The file is empty.', 1, 1)
    findings.finish()
    return []
  }
  const names = split(header)
  const slots = resolveHeader(names, columns, at + 1, findings)
  findings.finish()
  return lines.flatMap((line, index) => {
    if (index <= at || line.trim() === '' || line === header) return []
    const cells = split(line)
    const number = index + 1
    if (cells.length > names.length && cells.slice(names.length).some((cell) => cell.trim() !== ''))
      findings.add(`The line has ${cells.length} cells, the header only ${names.length}.`, number, 1)
    return [createRow(cells, slots, number, findings)]
  })
}

const createRow = <Key extends string>(
  cells: readonly string[],
  slots: Readonly<Record<Key, number>>,
  line: number,
  findings: Findings,
): Row<Key> => {
  const columnOf = (slot: number): number => 1 + cells.slice(0, slot).reduce((sum, cell) => sum + cell.length + 1, 0)
  const fail: Row<Key>['fail'] = (key, message, hint) => findings.add(message, line, columnOf(slots[key]), hint)
  const cell: Row<Key>['cell'] = (key) => {
    const text = slots[key] < 0 ? '' : (cells[slots[key]] ?? '').trim()
    return saysNothing(text) ? null : text
  }
  return { line, cell, fail, amount: amountIn(cell, fail) }
}

/** Reads quantities out of cells; what cannot be one is a fault of its cell. */
export const amountIn =
  <Key extends string>(cell: Row<Key>['cell'], fail: Row<Key>['fail']): Row<Key>['amount'] =>
  (key, what, read, most) => {
    const text = cell(key)
    if (text === null) return null
    const fault = faultOf(text, what, read(text), most)
    if (fault === null) return read(text)
    fail(key, fault)
    return null
  }

/** Why a text is no quantity that anything could have cost, or null. */
export const faultOf = (text: string, what: string, value: number | null, most: number): string | null => {
  const shown = text.slice(0, 40)
  if (text.startsWith('-')) return `The ${what} "${shown}" is negative.`
  if (value === null || !Number.isFinite(value)) return `The ${what} "${shown}" cannot be read.`
  return value > most ? `The ${what} "${shown}" is too large to be true.` : null
}
