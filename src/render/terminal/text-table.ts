import Table from 'cli-table3'
import type { PagePart } from '../table/page.ts'
import type { TableOptions } from '../table/table.ts'
import { GAP, layoutColumns } from './column-layout.ts'

// cli-table3 takes quadratic time in rows; since every width is fixed beforehand, blocks of rows look the same.
const BLOCK = 100
const NO_LINES = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '',
}

/** A table of texts as a part of a page: drawn as a whole for a terminal. */
export const textTablePart = (
  head: readonly string[],
  rows: readonly (readonly string[])[],
  { format = 'table', width }: TableOptions,
): PagePart => (format === 'table' ? textTable(head, rows, width) : { head, rows })

/** Columns under their headings, at most `width` characters wide where that is possible. Cells are made harmless. */
export const textTable = (head: readonly string[], rows: readonly (readonly string[])[], width?: number): string => {
  const layout = layoutColumns(head, rows, width)
  const blocks: string[] = []
  for (let from = 0; from < layout.rows.length; from += BLOCK) {
    const table = new Table({
      chars: NO_LINES,
      style: { head: [], border: [], 'padding-left': 0, 'padding-right': GAP },
      colWidths: layout.columns.map((column) => column.width + GAP),
      colAligns: layout.columns.map(({ align }) => align),
    })
    table.push(...layout.rows.slice(from, from + BLOCK).map((row) => [...row]))
    blocks.push(table.toString())
  }
  return blocks.join('\n').replaceAll(/ +$/gm, '')
}
