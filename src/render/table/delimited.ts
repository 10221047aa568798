import { plainText } from '../plain-text.ts'

const NUMBER = /^[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i

/**
 * Rows for spreadsheets and scripts: comma separated as in RFC 4180 but with line feeds, or tab separated, where tabs
 * and line breaks of a cell become spaces. A cell that a spreadsheet would compute gets an apostrophe first.
 */
export const delimitedText = (
  head: readonly string[],
  rows: readonly (readonly string[])[],
  format: 'csv' | 'tsv',
): string => {
  const [cell, separator] = format === 'csv' ? [csvCell, ','] : [tsvCell, '\t']
  return [head, ...rows].map((row) => `${row.map(cell).join(separator)}\n`).join('')
}

const inert = (text: string): string => (!NUMBER.test(text) && /^\s*[=+\-@\t\r]/.test(text) ? `'${text}` : text)

const csvCell = (text: string): string => {
  const cell = inert(plainText(text))
  return /[",\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}

const tsvCell = (text: string): string => inert(plainText(text).replaceAll(/[\t\n\r]+/g, ' '))
