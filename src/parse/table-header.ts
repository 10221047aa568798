import { nearest } from '../core/problem.ts'
import type { ColumnDescription } from './contract.ts'
import type { Findings } from './findings.ts'

/** Columns of a format by our name for them. */
export type ColumnTable<Key extends string> = Readonly<Record<Key, ColumnDescription>>

/** Where each column stands in the file at hand; -1 where it is absent. */
export type Slots<Key extends string> = Readonly<Record<Key, number>>

/** Header names are compared without regard to case, runs of blanks and a leading `#`. */
export const normalizeColumnName = (name: string): string =>
  unquoted(name.trim().replace(/^#+/, '')).trim().replace(/\s+/g, ' ').toLowerCase()

const unquoted = (cell: string): string =>
  cell.length > 1 && cell.startsWith('"') && cell.endsWith('"') ? cell.slice(1, -1) : cell

/** The cells of a header line. */
export const headerCells = (line: string): string[] => line.split('\t')

/** How many of the required columns a header has, and how many there are. */
export const requiredPresent = <Key extends string>(
  cells: readonly string[],
  columns: ColumnTable<Key>,
): { present: number; required: number } => {
  const names = new Set(cells.map(normalizeColumnName))
  const required = Object.values<ColumnDescription>(columns).filter((column) => column.required)
  const present = required.filter((column) => column.names.some((name) => names.has(normalizeColumnName(name)))).length
  return { present, required: required.length }
}

/** Finds every column in the header, telling what is missing or there twice. */
export const resolveHeader = <Key extends string>(
  cells: readonly string[],
  columns: ColumnTable<Key>,
  line: number,
  findings: Findings,
): Slots<Key> => {
  const names = cells.map(normalizeColumnName)
  const slots = {} as Record<Key, number>
  for (const key of Object.keys(columns) as Key[]) {
    const { names: synonyms, required } = columns[key]
    const wanted = synonyms.map(normalizeColumnName)
    // The first synonym that is there wins: argNorm and others keep a tool's old column beside the new one.
    const name = wanted.find((synonym) => names.includes(synonym))
    const slot = name === undefined ? -1 : names.indexOf(name)
    slots[key] = slot
    if (slot >= 0 && names.includes(names[slot] ?? '', slot + 1))
      findings.add(
        `The column ${cells[slot]?.trim() ?? ''} is there twice.`,
        line,
        columnOf(cells, names.lastIndexOf(names[slot] ?? '')),
      )
    if (slot < 0 && required) reportMissing(synonyms, cells, line, findings)
  }
  return slots
}

const reportMissing = (
  synonyms: readonly string[],
  cells: readonly string[],
  line: number,
  findings: Findings,
): void => {
  const [current = '', ...others] = synonyms
  const similar = nearest(
    current,
    cells.map((cell) => cell.trim()).filter((cell) => cell !== ''),
    1,
  )[0]
  const also = others.length === 0 ? '' : ` (or ${others.join(', ')})`
  findings.add(
    `There is no column ${current}${also}.`,
    line,
    similar === undefined
      ? 1
      : columnOf(
          cells,
          cells.findIndex((cell) => cell.trim() === similar),
        ),
    similar === undefined ? undefined : `${similar} looks like it`,
  )
}

const columnOf = (cells: readonly string[], index: number): number =>
  1 + cells.slice(0, index).reduce((length, cell) => length + cell.length + 1, 0)

/** Whether a line opens the file without being the header: empty, or a comment such as argNorm's version line. */
export const isPreamble = (line: string): boolean =>
  line.trim() === '' || (line.startsWith('#') && !line.includes('\t'))
