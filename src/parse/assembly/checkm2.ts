import type { AssemblyFormat } from '../contract.ts'
import { headLines } from '../lines.ts'
import { headerCells } from '../table-header.ts'
import { atTabs, binColumns, isBinHeader, readBinTable } from './bin-table.ts'
import { gatherLines } from './text-lines.ts'

const columns = binColumns(['Name'], ['Completeness'], ['Contamination'])

/** What CheckM2 estimates of bins. */
export const checkm2: AssemblyFormat = {
  id: 'checkm2',
  title: 'CheckM2 report',
  tool: 'CheckM2 (`predict`)',
  kind: 'assembly',
  fileNames: ['quality_report.tsv', '*_checkm2_report.tsv'],
  columns: Object.values(columns),
  notes: [
    'Other columns, which differ between 1.0.1 and 1.0.2, are not read. Bins are not sorted into samples: the report belongs to the sample it is given for.',
  ],
  sniff: (head) => {
    const cells = headerCells(headLines(head, 1)[0] ?? '')
    return isBinHeader(cells, columns) && cells.some((cell) => cell.trim() === 'Completeness_Model_Used') ? 1 : 0
  },
  open: (context) =>
    gatherLines((lines) => readBinTable(lines, { estimator: 'checkm2', columns, split: atTabs }, context)),
}
