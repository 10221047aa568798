import { alignments } from '../terminal/column-layout.ts'
import { textColumns } from '../terminal/text-columns.ts'
import { delimitedText } from './delimited.ts'
import { markdownTable } from './markdown-table.ts'
import { type Paint, plainPaint, type Tone } from './paint.ts'

/** What people read in a cell, and what a program should read where that is something else. */
export interface RichCell {
  readonly text: string
  /** Full number, ISO time, identifier …; default: the text. Null becomes an empty field. */
  readonly value?: string | number | boolean | null
  /** How it is meant, for terminals that have colours; the text must say it too. */
  readonly tone?: Tone
}
export type Cell = string | RichCell

/** Rows under headings, in whatever form they will be shown. */
export interface Table {
  readonly head: readonly string[]
  /** Names of the columns for programs; default: the headings in snake_case. */
  readonly keys?: readonly string[]
  readonly rows: readonly (readonly Cell[])[]
}

/** Forms a table can have. JSON is none of them: that is the document of the command. */
type TableFormat = 'table' | 'markdown' | 'csv' | 'tsv'

export interface TableOptions {
  readonly format?: TableFormat
  /** Columns of the terminal; nothing is wrapped without. */
  readonly width?: number | undefined
  /** Default: no colours. */
  readonly paint?: Paint
}

/**
 * The one way a table is written: columns for a terminal, GitHub's markdown, or values for spreadsheets and scripts
 * (RFC 4180 with line feeds, or tab separated). Cells are made harmless for each.
 */
export const renderTable = ({ head, keys, rows }: Table, options: TableOptions = {}): string => {
  const { format = 'table', width, paint = plainPaint } = options
  if (format === 'csv' || format === 'tsv')
    return delimitedText(
      keys ?? head.map(snakeCase),
      rows.map((row) => row.map(valueOf)),
      format,
    )
  const texts = rows.map((row) => row.map(textOf))
  if (format === 'markdown') return markdownTable(head, texts, alignments(head, texts))
  return textColumns(head, texts, width, (text, row, column) =>
    row === null ? paint(text, 'strong') : paint(text, toneOf(rows[row]?.[column])),
  )
}

/** Without the columns nobody filled: they say nothing to people. Programs want the same columns every time. */
export const withoutEmptyColumns = ({ head, rows }: Table): Table => {
  const used = head.map((_, column) => rows.some((row) => textOf(row[column] ?? '') !== ''))
  return {
    head: head.filter((_, column) => used[column]),
    rows: rows.map((row) => row.filter((_, column) => used[column])),
  }
}

/** Whether nothing but the table itself may be printed. */
export const isForPrograms = ({ format }: TableOptions): boolean => format === 'csv' || format === 'tsv'

/** A number as people read it and in full, or what people see where there is none. */
export const numberCell = (value: number | null, format: (value: number) => string, missing = '–'): RichCell => ({
  text: value === null ? missing : format(value),
  value,
})

const textOf = (cell: Cell): string => (typeof cell === 'string' ? cell : cell.text)

const toneOf = (cell: Cell | undefined): Tone | null => (typeof cell === 'object' ? (cell.tone ?? null) : null)

const valueOf = (cell: Cell): string => {
  const value = typeof cell === 'string' || cell.value === undefined ? textOf(cell) : cell.value
  return value === null ? '' : String(value)
}

const snakeCase = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '')
