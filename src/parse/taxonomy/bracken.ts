import type { NamedProfile } from '../../core/profile/profile.ts'
import { RANKS } from '../../core/profile/ranks.ts'
import type { ProfileFormat, ReadingContext } from '../contract.ts'
import { headLines } from '../lines.ts'
import { headerCells, requiredPresent, resolveHeader, type Slots } from '../table-header.ts'
import { pathOf, RANK_LETTERS } from './lineage.ts'
import { type Cells, readLines } from './line-reader.ts'
import { createTaxa, type Taxa } from './taxa.ts'

const COLUMNS = {
  taxid: { names: ['taxonomy_id'], required: true, use: 'taxon' },
  level: { names: ['taxonomy_lvl'], required: true, use: 'rank: D P C O F G S, S1 for strain' },
  reads: { names: ['new_est_reads'], required: true, use: 'reads, for Chao1' },
  fraction: { names: ['fraction_total_reads'], required: true, use: 'abundance, 0..1' },
}

/** Bracken's table of one rank. */
export const bracken: ProfileFormat = {
  id: 'bracken',
  title: 'Bracken table',
  tool: 'Bracken (`-o`)',
  kind: 'profile',
  abundance: 'sequence',
  fileNames: ['*.bracken', '*.tsv'],
  columns: Object.values(COLUMNS),
  notes: [
    'Fractions are of the classified reads. The table has one rank and no lineages: UniFrac needs the report (`-w`) instead.',
    'Tables of several ranks make one prediction when they are given the same label.',
  ],
  sniff: (head) => {
    const { present, required } = requiredPresent(headerCells(headLines(head, 1)[0] ?? ''), COLUMNS)
    return present === required ? 1 : 0
  },
  open: (context) => {
    const taxa = createTaxa()
    let slots: Slots<keyof typeof COLUMNS> | null = null
    const take = (cells: Cells): void => {
      if (slots !== null) return addRow(cells, slots, taxa, context)
      slots = resolveHeader(cells.cells, COLUMNS, cells.line, context.findings)
      context.findings.finish()
    }
    return readLines(context, take, () => {
      if (slots === null)
        context.findings.add('The file has no header line; it may come from a tool that failed.', 1, 1)
      context.emit({ sample: null, ranks: RANKS, taxa: taxa.list(), line: 1 })
    })
  },
}

const addRow = (
  cells: Cells,
  at: Slots<keyof typeof COLUMNS>,
  taxa: Taxa,
  { findings }: ReadingContext<NamedProfile>,
): void => {
  const before = findings.count
  const taxid = cells.text(at.taxid)
  const rank = RANK_LETTERS[cells.text(at.level)]
  const count = cells.amount(at.reads, 'number of reads')
  const fraction = cells.amount(at.fraction, 'fraction')
  if (taxid === '') cells.fail(at.taxid, 'The taxon is missing.')
  if (fraction > 1) cells.fail(at.fraction, `The fraction ${fraction} is above 1.`)
  if (rank === undefined || findings.count > before) return
  taxa.add({ taxid, rank, path: pathOf({ [rank]: taxid }, rank), percentage: fraction * 100, count })
}
