import { cleanMessage } from '../../../core/clean-text.ts'
import { unitStep } from '../charts/axis-scale.ts'
import type { Cell, DataTable } from '../charts/spec.ts'
import { decimalsOf, formatCell } from './format-cell.ts'

/** Rows a page shows without its script; what is beyond stands in a JSON block of the page. */
const FIRST_ROWS = 25
/** Longest table that stands in the page as a whole. */
const MOST_STATIC_ROWS = 100

/** A table as its template wants it. */
export interface TableView {
  readonly id: string
  readonly caption: string
  /** Name of downloads without extension. */
  readonly file: string
  readonly columns: readonly {
    readonly key: string
    readonly label: string
    readonly unit: string
    readonly isNumber: boolean
    /** Holds sentences: needs room. */
    readonly isLong: boolean
    readonly isChoice: boolean
    /** Decimals of the numbers of the column; empty = by the number. */
    readonly decimals: string
  }[]
  readonly rows: readonly {
    readonly id: string
    readonly cells: readonly {
      readonly text: string
      /** Full precision; null = text. */
      readonly value: string | null
      readonly isMissing: boolean
      readonly isHead: boolean
      /** Page of what the row is about. */
      readonly href: string | null
      readonly isNumber: boolean
      readonly isDate: boolean
    }[]
  }[]
  /** Every row, for the script of the page; null where the table shows all of them. */
  readonly data: (TableData & { readonly links: readonly (string | null)[] | null }) | null
  /** What a reader without the script should know. */
  readonly more: string | null
}

/** A table for a page. `id` is unique on it; `file` names downloads; `links`: where the head of each row leads. */
export const tableView = (
  id: string,
  given: DataTable,
  file: string,
  links: readonly (string | null)[] | null = null,
): TableView => {
  const table = inShortUnits(withoutEmptyColumns(given))
  const isWhole = table.rows.length <= MOST_STATIC_ROWS
  const decimals = table.columns.map(({ kind, unit }, index) => {
    if (kind === 'text' || unit === undefined) return null
    return decimalsOf(table.rows.map((row) => row[index]).filter((cell) => typeof cell === 'number'))
  })
  const headColumn = table.columns.findIndex(({ kind }) => kind === 'text')
  const shown = isWhole ? table.rows : table.rows.slice(0, FIRST_ROWS)
  return {
    id,
    caption: table.caption,
    file,
    columns: table.columns.map(({ key, label, unit, kind, isChoice = false }, index) => ({
      ...{
        key,
        label,
        unit: headerUnit(unit),
        isNumber: kind === 'number',
        isChoice,
        isLong: kind === 'text' && !isChoice && table.rows.some((row) => isSentence(row[index])),
      },
      decimals: decimals[index] === null || decimals[index] === undefined ? '' : String(decimals[index]),
    })),
    rows: shown.map((row, number) => ({
      id: `${id}-r${String(number + 1)}`,
      cells: row.map((cell, index) => ({
        text: cellText(cell, decimals[index] ?? null),
        value: typeof cell === 'number' ? String(plainCell(cell)) : null,
        isMissing: typeof cell === 'object',
        isHead: index === headColumn,
        href: index === headColumn ? (links?.[number] ?? null) : null,
        isNumber: table.columns[index]?.kind === 'number',
        isDate: typeof cell === 'string' && DATE.test(cell),
      })),
    })),
    data: isWhole ? null : { ...tableData(table), links },
    more: isWhole
      ? null
      : `${String(FIRST_ROWS)} of ${String(table.rows.length)} rows; all of them are in the downloads.`,
  }
}

// Broken after its year, a date is hard to read.
const DATE = /^\d{4}-\d\d-\d\d(?: \d\d:\d\d)?$/

const isSentence = (cell: Cell | undefined): boolean =>
  typeof cell === 'string' && cell.length > 24 && cell.split(' ').length > 3

/** Columns that say nothing about any row take room from those that do. */
const withoutEmptyColumns = (table: DataTable): DataTable => {
  const isKept = table.columns.map(
    ({ kind }, index) => kind === 'number' || table.rows.some((row) => row[index] !== ''),
  )
  if (table.rows.length === 0 || isKept.every(Boolean)) return table
  const kept = <T>(cells: readonly T[]): readonly T[] => cells.filter((_, index) => isKept[index])
  return { ...table, columns: kept(table.columns), rows: table.rows.map(kept) }
}

/** Seconds and bytes in the unit that makes the largest number of their column short. */
const inShortUnits = (table: DataTable): DataTable => {
  const steps = table.columns.map(({ kind, unit }, index) => {
    if (kind !== 'number' || (unit !== 'seconds' && unit !== 'bytes')) return null
    const sizes = table.rows.map((row) => row[index]).filter((cell) => typeof cell === 'number')
    return unitStep(unit, Math.max(0, ...sizes.map(Math.abs)))
  })
  if (steps.every((step) => step === null)) return table
  return {
    ...table,
    columns: table.columns.map((column, index) => ({ ...column, ...(steps[index] && { unit: steps[index].unit }) })),
    rows: table.rows.map((row) =>
      row.map((cell, index) => (typeof cell === 'number' ? cell / (steps[index]?.divide ?? 1) : cell)),
    ),
  }
}

/**
 * All cells of a table for the script, column by column. `words`: texts of the column, which its cells then name by position:
 * in a column of text as a number, in one of numbers as a text, since there they are reasons. `runs`: a cell and how many
 * rows have it, in turns, where that is shorter than `cells`.
 */
interface TableData {
  readonly count: number
  readonly columns: readonly {
    readonly words?: readonly string[]
    readonly cells?: readonly (string | number)[]
    readonly runs?: readonly (string | number)[]
  }[]
}

const tableData = (table: DataTable): TableData => ({
  count: table.rows.length,
  columns: table.columns.map(({ kind }, column) => {
    const cells = table.rows.map((row) => plainCell(row[column] ?? ''))
    const words = [...new Set(cells)].filter((cell) => typeof cell === 'string')
    if (words.length === 0 || (kind === 'text' && words.length * 2 > cells.length)) return shortest(cells)
    const places = new Map(words.map((word, index) => [word, index]))
    const coded = cells.map((cell) => {
      if (typeof cell === 'number') return cell
      const place = places.get(cell) ?? 0
      return kind === 'text' ? place : String(place)
    })
    return { words, ...shortest(coded) }
  }),
})

const shortest = (cells: readonly (string | number)[]): Pick<TableData['columns'][number], 'cells' | 'runs'> => {
  const runs: (string | number)[] = []
  let length = 0
  cells.forEach((cell, index) => {
    length++
    if (index + 1 < cells.length && cells[index + 1] === cell) return
    runs.push(cell, length)
    length = 0
  })
  return runs.length < cells.length ? { runs } : { cells }
}

/** Significant digits of the numbers a page holds. */
const DIGITS = 7

/** A text, a number or, in a column of numbers, the reason there is none. */
const plainCell = (cell: Cell): string | number =>
  typeof cell === 'number'
    ? Number(cell.toPrecision(DIGITS))
    : cleanMessage(typeof cell === 'string' ? cell : cell.missing)

const cellText = (cell: Cell, decimals: number | null): string =>
  typeof cell === 'number' ? formatCell(cell, decimals) : String(plainCell(cell))

const UNITLESS = new Set(['ratio', 'count', 'correlation'])
const headerUnit = (unit: string | undefined): string => (unit === undefined || UNITLESS.has(unit) ? '' : unit)
