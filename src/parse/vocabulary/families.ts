import type { FamilyRow } from '../../core/names/family-table.ts'
import type { Findings } from '../findings.ts'
import { eachLine } from '../lines.ts'

const ALLELE = ['allele', '#allele']
const FAMILY = ['gene_family', 'family']

/** Whether a header line is that of a table of alleles and their families, such as NCBI's reference gene catalogue. */
export const isFamilyHeader = (line: string): boolean => {
  const cells = cellsOf(line)
  return cells.some((cell) => ALLELE.includes(cell)) && cells.some((cell) => FAMILY.includes(cell))
}

const cellsOf = (line: string): string[] => line.split('\t').map((cell) => cell.trim())

/** Reads such a table. Rows without an allele say nothing about one; other columns are passed over. */
export const openFamilies = (
  findings: Findings,
): { block(bytes: Buffer, firstLine: number): number; end(): readonly FamilyRow[] } => {
  let slots: { readonly allele: number; readonly family: number } | null = null
  const seen = new Map<string, { readonly line: number; readonly family: string }>()
  const rows: FamilyRow[] = []
  const readRow = (cells: readonly string[], line: number, at: NonNullable<typeof slots>): void => {
    const [allele = '', family = ''] = [cells[at.allele], cells[at.family]]
    if (allele === '') return
    const before = seen.get(allele)
    if (family === '') findings.add(`The family of ${allele} is missing.`, line, 1)
    else if (before !== undefined && before.family !== family)
      findings.add(
        `${allele} is of the family ${before.family} on line ${before.line}.`,
        line,
        1,
        'keep one of the two',
      )
    if (family === '' || before !== undefined) return
    seen.set(allele, { line, family })
    rows.push({ allele, family })
  }
  return {
    block: (bytes, firstLine) =>
      eachLine(bytes, firstLine, (text, line) => {
        if (text.trim() === '') return
        const cells = cellsOf(text)
        if (slots !== null) readRow(cells, line, slots)
        else
          slots = {
            allele: cells.findIndex((cell) => ALLELE.includes(cell)),
            family: cells.findIndex((cell) => FAMILY.includes(cell)),
          }
      }),
    end: () => {
      if (rows.length === 0 && findings.count === 0) findings.add('No row names an allele and its family.', 1, 1)
      return rows
    },
  }
}
