import { nearest } from '../core/problem.ts'
import type { Findings } from './findings.ts'
import { normalizeColumnName } from './table-header.ts'
import type { TableRow } from './table-row.ts'

/** Columns by the names people give them, ours first. */
const COLUMNS = {
  sample: ['sample', 'sample_id'],
  taxid: ['taxid', 'tax_id', 'taxonomy_id', 'taxon_id'],
  rank: ['rank', 'taxonomic_rank'],
  status: ['status'],
  name: ['name', 'taxon_name', 'organism', 'organism_name'],
  abundance: ['abundance', 'percentage', 'percent'],
  reads: ['reads', 'read_count', 'n_reads'],
  copies: ['copies', 'genome_copies'],
  species_taxid: ['species_taxid'],
  genus_taxid: ['genus_taxid'],
  lineage: ['lineage', 'taxpath', 'id_lineage'],
} as const
type Column = keyof typeof COLUMNS
/** Where each column stands; -1 where it is absent. */
export type TruthSlots = Readonly<Record<Column, number>>

/** Our names of the columns, the needed ones first. */
export const COLUMN_NAMES = Object.keys(COLUMNS) as Column[]
const REQUIRED: readonly Column[] = ['sample', 'taxid', 'rank']
const BY_SYNONYM = new Map<string, Column>(COLUMN_NAMES.flatMap((name) => COLUMNS[name].map((word) => [word, name])))

/** Whether a line is a header although it begins with `#`. */
export const isTruthHeader = (row: TableRow): boolean =>
  row.width > 1 && BY_SYNONYM.has(normalizeColumnName(row.text(0) ?? ''))

/** Finds every column; throws the findings when one is unknown, there twice or missing. */
export const headerSlots = (row: TableRow, findings: Findings): TruthSlots => {
  const slots = Object.fromEntries(COLUMN_NAMES.map((column) => [column, -1])) as Record<Column, number>
  for (let slot = 0; slot < row.width; slot++) {
    const name = normalizeColumnName(row.text(slot) ?? '')
    const column = BY_SYNONYM.get(name)
    if (column === undefined) {
      const similar = nearest(name, BY_SYNONYM.keys(), 1)[0]
      const message = name === '' ? 'A column has no name.' : `There is no column "${name.slice(0, 40)}" in a truth.`
      row.fail(slot, message, similar === undefined ? undefined : `did you mean ${similar}?`)
    } else if (slots[column] >= 0) row.fail(slot, `There are two columns for the ${column}.`)
    else slots[column] = slot
  }
  const hint = row.width === 1 ? 'columns must be separated by tabs' : undefined
  for (const column of REQUIRED) if (slots[column] < 0) findings.add(`There is no column ${column}.`, row.line, 1, hint)
  findings.finish()
  return slots
}
