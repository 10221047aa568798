import { type Finding, problemOf } from '../core/problem.ts'
import { readHeader } from './samplesheet-header.ts'
import { readSheetRows } from './sheet-rows.ts'

/**
 * The samples of a sheet, each once (nf-core sheets have a row for each lane). Its files need not be here: whoever
 * imports results may never have had them. Throws one `E_INPUT` with everything that is wrong.
 */
export const readSampleIds = (csvFile: string, file: string): readonly string[] => {
  const findings: Finding[] = []
  const ids = idsOf(csvFile, file, findings)
  if (ids.length === 0 && findings.length === 0)
    findings.push({ message: 'The sample sheet has no samples.', location: { file } })
  if (findings.length > 0) throw problemOf('E_INPUT', `The sample sheet ${file} cannot be used.`, findings)
  return ids
}

const idsOf = (csvFile: string, file: string, findings: Finding[]): readonly string[] => {
  const sheet = readSheetRows(csvFile, file, findings)
  if (sheet === null) return []
  const [first = [], ...rows] = sheet
  const { header, findings: ofHeader } = readHeader(first, file)
  const column = header.get('sample')
  if (column === undefined) {
    findings.push(...ofHeader)
    return []
  }
  const ids = rows.map((cells) => {
    const id = cells[column]
    if (id === undefined || id.text === '')
      findings.push({
        message: 'The sample id is empty.',
        location: { file, line: (id ?? cells[0])?.line ?? 1, column: id?.column ?? 1 },
      })
    return id?.text ?? ''
  })
  return [...new Set(ids)]
}
