import type { Finding } from '../core/problem.ts'
import { type Cell, readCsv } from './csv.ts'
import { readTextFile } from './text-file.ts'

/** The rows of a sample sheet, the header first; null after a fault, which goes to the findings. */
export const readSheetRows = (
  csvFile: string,
  file: string,
  findings: Finding[],
): readonly (readonly Cell[])[] | null => {
  const read = readTextFile(csvFile, file)
  if ('finding' in read) {
    findings.push(read.finding)
    return null
  }
  const csv = readCsv(read.text)
  if (!('message' in csv)) return csv.rows
  findings.push({ message: csv.message, location: { file, line: csv.line, column: csv.column } })
  return null
}
