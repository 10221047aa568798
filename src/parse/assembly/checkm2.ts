import type { AssemblyFormat } from '../contract.ts'
import { headLines } from '../lines.ts'
import { headerCells } from '../table-header.ts'
import { atTabs, binColumns, isBinHeader, readBinTable } from './bin-table.ts'
import { gatherLines } from './text-lines.ts'

const [GENERAL, SPECIFIC, MODEL] = ['Completeness_General', 'Completeness_Specific', 'Completeness_Model_Used'] as const
const columns = binColumns(['Name'], ['Completeness', GENERAL, SPECIFIC], ['Contamination'])

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
    'Reports of `--allmodels` have the completeness of both models; that of the one named in Completeness_Model_Used is taken, as in a report without it.',
  ],
  sniff: (head) => {
    const cells = headerCells(headLines(head, 1)[0] ?? '').map((cell) => cell.trim())
    return isBinHeader(cells, columns) && [GENERAL, SPECIFIC, MODEL].some((name) => cells.includes(name)) ? 1 : 0
  },
  open: (context) =>
    gatherLines((lines) =>
      readBinTable(lines, { estimator: 'checkm2', columns, split: atTabs, completenessOf }, context),
    ),
}

// Only where both are there, and nothing has been chosen between them.
const completenessOf = (names: readonly string[]): ((cells: readonly string[]) => number) | undefined => {
  const [general, specific, model] = [GENERAL, SPECIFIC, MODEL].map((name) => names.indexOf(name)) as [
    number,
    number,
    number,
  ]
  if (names.includes('Completeness') || Math.min(general, specific, model) < 0) return undefined
  return (cells) => (/specific/i.test(cells[model] ?? '') ? specific : general)
}
