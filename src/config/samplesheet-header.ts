import { type Finding, nearest, type SourceLocation } from '../core/problem.ts'
import type { Cell } from './csv.ts'

/** What we read of a sample sheet, and the names nf-core pipelines and people use for it. */
const COLUMNS = {
  sample: ['sample', 'sample_id', 'sampleid', 'sample_name', 'id'],
  fastq_1: ['fastq_1', 'fastq1', 'reads_1', 'reads1', 'read1', 'r1', 'short_reads_1', 'forward'],
  fastq_2: ['fastq_2', 'fastq2', 'reads_2', 'reads2', 'read2', 'r2', 'short_reads_2', 'reverse'],
  fasta: ['fasta', 'contigs', 'assembly', 'scaffolds'],
  group: ['group', 'condition', 'batch'],
} as const satisfies Record<string, readonly string[]>
export type SheetColumn = keyof typeof COLUMNS

/** Columns of nf-core sheets that mean nothing here but are no mistake. */
const IGNORED = new Set([
  'run',
  'lane',
  'strandedness',
  'single_end',
  'long_reads',
  'short_reads_platform',
  'long_reads_platform',
  'protein',
  'gbk',
  'gff',
  'replicate',
])

/** Which cell of a row holds what. */
export type SheetHeader = ReadonlyMap<SheetColumn, number>

/** Reads the first row of a sample sheet; every column that is unknown, doubled or missing is a finding. */
export const readHeader = (
  cells: readonly Cell[],
  file: string,
): { readonly header: SheetHeader; readonly findings: readonly Finding[] } => {
  const at = (cell: Cell | undefined): SourceLocation => ({ file, line: cell?.line ?? 1, column: cell?.column ?? 1 })
  const [first] = cells
  const separator = cells.length === 1 && first ? /[\t;]/.exec(first.text)?.[0] : undefined
  if (first && separator !== undefined) {
    const kind = separator === '\t' ? 'tabs' : 'semicolons'
    const message = `The columns are separated by ${kind}; a sample sheet has commas.`
    return {
      header: new Map(),
      findings: [
        {
          message,
          location: { file, line: first.line, column: first.text.indexOf(separator) + first.column },
          hint: 'save it as CSV with commas',
        },
      ],
    }
  }
  const header = new Map<SheetColumn, number>()
  const findings: Finding[] = []
  for (const [index, cell] of cells.entries()) {
    const name = cell.text.trim().toLowerCase()
    const column = columnOf(name)
    if (column === null) {
      if (name !== '' && !IGNORED.has(name)) findings.push(unknownColumn(cell.text, at(cell)))
    } else if (header.has(column))
      findings.push({ message: `A second column for ${column}: "${cell.text}".`, location: at(cell) })
    else header.set(column, index)
  }
  if (!header.has('sample'))
    findings.push({
      message: 'There is no column "sample".',
      location: at(first),
      hint: 'the first line names the columns: sample,fastq_1,fastq_2,fasta',
    })
  if (!header.has('fastq_1') && !header.has('fasta'))
    findings.push({
      message: 'There is neither a column "fastq_1" nor "fasta".',
      location: at(first),
      hint: 'the first line names the columns: sample,fastq_1,fastq_2,fasta',
    })
  return { header, findings }
}

const columnOf = (name: string): SheetColumn | null => {
  for (const [column, names] of Object.entries(COLUMNS))
    if ((names as readonly string[]).includes(name)) return column as SheetColumn
  return null
}

const unknownColumn = (written: string, location: SourceLocation): Finding => {
  const [similar] = nearest(written, Object.values(COLUMNS).flat(), 1)
  const hint = similar === undefined ? `known: ${Object.keys(COLUMNS).join(', ')}` : `did you mean "${similar}"?`
  return { message: `Unknown column "${written}".`, location, hint }
}
