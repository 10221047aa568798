import type { BinEstimator } from '../../core/assembly/assembly.ts'
import type { AssemblyFormat } from '../contract.ts'
import { headLines } from '../lines.ts'
import { headerCells } from '../table-header.ts'
import { atTabs, type BinColumns, binColumns, isBinHeader, readBinTable } from './bin-table.ts'
import { gatherLines } from './text-lines.ts'

/** The first whose columns are there is read. */
const ESTIMATORS: readonly (readonly [BinEstimator, BinColumns])[] = [
  ['checkm2', binColumns(['bin'], ['Completeness_checkm2'], ['Contamination_checkm2'])],
  ['checkm', binColumns(['bin'], ['Completeness_checkm'], ['Contamination_checkm'])],
  [
    'busco',
    binColumns(['bin'], ['Complete_busco', '%Complete_busco'], ['Duplicated_busco', '%Complete and duplicated_busco']),
  ],
]
const UNBINNED = /\.(?:unbinned|noclass)(?:\.|$)/

/** The table in which nf-core/mag gathers all it knows of its bins. */
export const magBinSummary: AssemblyFormat = {
  id: 'mag-bin-summary',
  title: 'nf-core/mag bin summary',
  tool: 'nf-core/mag 5.2 and later',
  kind: 'assembly',
  fileNames: ['bin_summary.tsv'],
  columns: ESTIMATORS.flatMap(([, columns], index) =>
    Object.values(columns)
      .slice(index === 0 ? 0 : 1)
      .map((column) => ({ ...column, required: column.names[0] === 'bin' })),
  ),
  notes: [
    'Estimates of CheckM2 are taken if there are any, else those of CheckM, else of BUSCO. Rows of what was not binned (`.unbinned.`, `.noclass.`) are left out, and so are bins without an estimate, with a warning.',
    'Tables of releases before 5.2 are read as those of CheckM or CheckM2, whose columns they have.',
  ],
  sniff: (head) => (estimatorOf(headLines(head, 1)[0] ?? '') === undefined ? 0 : 1),
  open: (context) =>
    gatherLines((lines) => {
      const [estimator, columns] = estimatorOf(lines[0]?.text ?? '') ?? []
      if (estimator === undefined || columns === undefined)
        context.findings.add(
          'There are no columns with estimates of CheckM2, CheckM or BUSCO.',
          lines[0]?.number ?? 1,
          1,
        )
      else {
        const binned = lines.filter(({ text }) => !UNBINNED.test(nameCell(lines[0]?.text ?? '', text)))
        readBinTable(binned, { estimator, columns, split: atTabs }, context)
      }
    }),
}

const estimatorOf = (header: string): (typeof ESTIMATORS)[number] | undefined =>
  ESTIMATORS.find(([, columns]) => isBinHeader(headerCells(header), columns))

const nameCell = (header: string, line: string): string => line.split('\t')[header.split('\t').indexOf('bin')] ?? ''
