import { statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { type Finding, problemOf } from '../core/problem.ts'
import type { Sample } from '../core/sample.ts'
import type { Cell } from './csv.ts'
import { readHeader, type SheetColumn, type SheetHeader } from './samplesheet-header.ts'
import { readSheetRows } from './sheet-rows.ts'

/** Sample ids become file and folder names on every kind of file system. */
const SAFE_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/

/** Reads a sample sheet; throws one `E_INPUT` with everything that is wrong. Paths start at the folder of the sheet. */
export const readSamples = (csvFile: string, shownAs: string): readonly Sample[] => {
  const findings: Finding[] = []
  const samples = parseSheet(csvFile, shownAs, findings)
  if (findings.length > 0) throw problemOf('E_INPUT', `The sample sheet ${shownAs} cannot be used.`, findings)
  return samples
}

const parseSheet = (csvFile: string, file: string, findings: Finding[]): readonly Sample[] => {
  const sheet = readSheetRows(csvFile, file, findings)
  if (sheet === null) return []
  const [first, ...rows] = sheet
  if (first === undefined) {
    findings.push({
      message: 'The sample sheet is empty.',
      location: { file },
      hint: 'begin with sample,fastq_1,fastq_2,fasta',
    })
    return []
  }
  const { header, findings: headerFindings } = readHeader(first, file)
  findings.push(...headerFindings)
  if (!header.has('sample')) return []
  if (rows.length === 0)
    findings.push({
      message: 'The sample sheet has a header but no samples.',
      location: { file, line: (first[0]?.line ?? 1) + 1, column: 1 },
    })
  const seen = new Map<string, number>()
  return rows.map((cells) =>
    readRow(cells, { header, width: first.length, file, folder: dirname(csvFile), seen, findings }),
  )
}

interface RowContext {
  readonly header: SheetHeader
  readonly width: number
  readonly file: string
  readonly folder: string
  /** Lower-cased id -> line, so that ids stay apart where file names ignore case. */
  readonly seen: Map<string, number>
  readonly findings: Finding[]
}

const readRow = (cells: readonly Cell[], context: RowContext): Sample => {
  const { header, width, file, findings } = context
  const report = (message: string, cell: Cell | undefined, hint?: string): void => {
    const { line, column } = cell ?? cells[0] ?? { line: 1, column: 1 }
    findings.push({ message, location: { file, line, column }, ...(hint === undefined ? {} : { hint }) })
  }
  const cell = (name: SheetColumn): Cell | undefined => cells[header.get(name) ?? -1]
  if (cells.length > width)
    report(`This row has ${cells.length} cells, the header ${width}.`, cells[width], 'quote cells that hold a comma')
  const id = cell('sample')
  checkId(id, context.seen, report)
  const reads1 = inputFile(cell('fastq_1'), context.folder, report)
  const reads2 = inputFile(cell('fastq_2'), context.folder, report)
  const fasta = inputFile(cell('fasta'), context.folder, report)
  if (reads2 !== null && reads1 === null)
    report('fastq_2 is given without fastq_1.', cell('fastq_2'), 'single-end reads go into fastq_1')
  if (reads2 !== null && reads2 === reads1) report('fastq_1 and fastq_2 are the same file.', cell('fastq_2'))
  if (reads1 === null && fasta === null) report(`Sample "${id?.text ?? ''}" has neither reads nor contigs.`, id)
  return { id: id?.text ?? '', group: cell('group')?.text || null, files: { reads1, reads2, fasta } }
}

type ReportCell = (message: string, cell: Cell | undefined, hint?: string) => void

const checkId = (cell: Cell | undefined, seen: Map<string, number>, report: ReportCell): void => {
  if (cell === undefined || cell.text === '') return report('The sample id is empty.', cell)
  const before = seen.get(cell.text.toLowerCase())
  if (before !== undefined)
    return report(
      `The sample id "${cell.text}" is already used in line ${before}.`,
      cell,
      'one row for each sample: join lanes and runs first; ids differing in case only do not count',
    )
  seen.set(cell.text.toLowerCase(), cell.line)
  if (!SAFE_ID.test(cell.text))
    report(
      `The sample id "${cell.text}" cannot be a file name.`,
      cell,
      'letters, digits, dot, dash and underscore, beginning with a letter or digit, at most 100',
    )
}

const inputFile = (cell: Cell | undefined, folder: string, report: ReportCell): string | null => {
  if (cell === undefined || cell.text === '') return null
  if (/^[a-z][a-z0-9+]+:\/\//i.test(cell.text)) {
    report(`"${cell.text}" is not on this machine.`, cell, 'fetch it first, then give its path')
    return cell.text
  }
  const path = resolve(folder, cell.text)
  const stats = statSync(path, { throwIfNoEntry: false })
  if (stats === undefined)
    report(`There is no file ${cell.text}.`, cell, `paths start at the folder of the sample sheet; looked for ${path}`)
  else if (stats.isDirectory()) report(`${cell.text} is a folder.`, cell)
  else if (stats.size === 0) report(`${cell.text} is empty.`, cell)
  return path
}
