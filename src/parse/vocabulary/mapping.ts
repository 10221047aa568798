import type { ReferenceMapping, ReferenceTable } from '../../core/names/reference-terms.ts'
import { aroAccession } from '../amr/draft-call.ts'
import type { Findings } from '../findings.ts'
import { eachLine } from '../lines.ts'

/** Columns of a table that maps the entries of a reference database to ontology terms, as argNorm publishes them. */
const COLUMNS = ['Original ID', 'ARO', 'Cut_Off', 'Database'] as const
type Column = (typeof COLUMNS)[number]

/** Whether a header line is that of such a table. */
export const isMappingHeader = (line: string): boolean => {
  const cells = line.split('\t').map((cell) => cell.trim())
  return cells.includes('Original ID') && cells.includes('ARO')
}

export interface MappingReader {
  block(bytes: Buffer, firstLine: number): number
  end(): ReferenceTable
}

/** Reads a mapping table. `Cut_Off` may be missing; a table is about one database. Rows without an ARO map nothing. */
export const openMapping = (findings: Findings): MappingReader => {
  let at: Readonly<Record<Column, number>> | null = null
  let width = 0
  let database: string | null = null
  const mappings: ReferenceMapping[] = []
  const lines = new Map<string, { readonly line: number; readonly aro: string }>()

  const readHeader = (cells: readonly string[], line: number): void => {
    width = cells.length
    at = Object.fromEntries(COLUMNS.map((column) => [column, cells.indexOf(column)])) as Record<Column, number>
    for (const column of ['Original ID', 'ARO', 'Database'] as const)
      if (at[column] < 0) findings.add(`There is no column ${column}.`, line, 1, 'columns must be separated by tabs')
    findings.finish()
  }

  const readRow = (cells: readonly string[], line: number, slots: Readonly<Record<Column, number>>): void => {
    const cell = (column: Column): string => cells[slots[column]] ?? ''
    const columnAt = (column: Column): number =>
      1 + cells.slice(0, slots[column]).reduce((sum, before) => sum + before.length + 1, 0)
    if (cells.length > width) {
      findings.add(`The line has ${cells.length} cells, the header only ${width}.`, line, 1)
      return
    }
    const entry = cell('Original ID')
    const named = cell('Database').toLowerCase()
    if (entry === '') findings.add('The Original ID is missing.', line, columnAt('Original ID'))
    if (named === '') findings.add('The Database is missing.', line, columnAt('Database'))
    else if (database !== null && named !== database)
      findings.add(
        `The table is about ${database}, this row about ${named}.`,
        line,
        columnAt('Database'),
        'give one file for each database',
      )
    else database = named
    const written = cell('ARO')
    if (written === '' || /^(?:na|nan|none)$/i.test(written)) return
    const aro = aroAccession(written.replace(/\.0$/, ''))
    if (aro === null) {
      findings.add(`The ARO "${written.slice(0, 40)}" is not of the form 3000873.`, line, columnAt('ARO'))
      return
    }
    const before = lines.get(entry)
    if (before !== undefined && before.aro !== aro)
      findings.add(`${entry} is ${before.aro} on line ${before.line}.`, line, columnAt('ARO'), 'keep one of the two')
    if (before !== undefined || entry === '') return
    lines.set(entry, { line, aro })
    mappings.push({ entry, aro, isWeak: cell('Cut_Off').toLowerCase() === 'loose' })
  }

  return {
    block: (bytes, firstLine) =>
      eachLine(bytes, firstLine, (text, line) => {
        if (text.trim() === '') return
        const cells = text.split('\t').map((cell) => cell.trim())
        if (at === null) readHeader(cells, line)
        else readRow(cells, line, at)
      }),
    end: () => {
      if (mappings.length === 0 && findings.count === 0) findings.add('No row maps an entry to a term.', 1, 1)
      return { database: database ?? '', mappings }
    },
  }
}
