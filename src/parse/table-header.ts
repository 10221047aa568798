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

const known = new WeakMap<ColumnDescription, readonly string[]>()

// Every format is asked about every header that is not its own, so the names of its columns are normalised once.
const namesOf = (column: ColumnDescription): readonly string[] => {
  const found = known.get(column)
  if (found !== undefined) return found
  const names = column.names.map(normalizeColumnName)
  known.set(column, names)
  return names
}

let lastHeader = ''
let lastNames: ReadonlySet<string> = new Set()

/** The normalised names of some columns. Formats are asked one after the other about the same header. */
export const namesIn = (cells: readonly string[]): ReadonlySet<string> => {
  const header = cells.join('\t')
  if (header !== lastHeader) {
    lastNames = new Set(cells.map(normalizeColumnName))
    lastHeader = header
  }
  return lastNames
}

/** How many of the required columns a header has, and how many there are. */
export const requiredPresent = <Key extends string>(
  cells: readonly string[],
  columns: ColumnTable<Key>,
): { present: number; required: number } => {
  const names = namesIn(cells)
  const required = requiredOf(columns)
  let present = 0
  for (const synonyms of required) if (synonyms.some((name) => names.has(name))) present++
  return { present, required: required.length }
}

const needed = new WeakMap<object, readonly (readonly string[])[]>()

/** The names of each column that must be there. */
const requiredOf = (columns: ColumnTable<string>): readonly (readonly string[])[] => {
  const found = needed.get(columns)
  if (found !== undefined) return found
  const required = Object.values(columns)
    .filter((column) => column.required)
    .map(namesOf)
  needed.set(columns, required)
  return required
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
    const column: ColumnDescription = columns[key]
    const { names: synonyms, required } = column
    // The first synonym that is there wins: argNorm and others keep a tool's old column beside the new one.
    const name = namesOf(column).find((synonym) => names.includes(synonym))
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
