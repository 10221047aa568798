import { canonicalRank, RANKS } from '../../core/profile/ranks.ts'
import type { ProfileFormat } from '../contract.ts'
import { headLines } from '../lines.ts'
import { headerCells, requiredPresent, resolveHeader, type Slots } from '../table-header.ts'
import { type CladeRow, createClades, DEEPEST, depthOf } from './kraken-clades.ts'
import { type Cells, readLines } from './line-reader.ts'

const COLUMNS = {
  reads: { names: ['reads'], required: true, use: 'reads of the clade; its share of all reads is the abundance' },
  kmers: { names: ['kmers'], required: true, use: 'tells these reports from those of other tools' },
  taxid: { names: ['taxID'], required: true, use: 'taxon' },
  rank: { names: ['rank'], required: true, use: 'rank, written out' },
  name: { names: ['taxName'], required: true, use: 'name, indented by two blanks for each level' },
}
type Columns = Slots<keyof typeof COLUMNS>
type Rank = (typeof RANKS)[number]

/** KrakenUniq's summary by clade, which has a header and the number of different k-mers seen of each. */
export const krakenuniq: ProfileFormat = {
  id: 'krakenuniq',
  title: 'KrakenUniq report',
  tool: 'KrakenUniq, KrakenHLL (`--report-file`)',
  kind: 'profile',
  abundance: 'sequence',
  fileNames: ['*.krakenuniq.report.txt', '*.report.tsv'],
  columns: Object.values(COLUMNS),
  notes: [
    'Lines beginning with `#` before the header are skipped. Abundances are shares of all reads, the unclassified ones included, computed from the counts.',
    'Of several levels of one rank in a lineage, such as strains of strains, only the highest counts. Ranks that are not compared stay out, those of `assembly` and `sequence` too.',
    'Rows of one taxon are added up, with a warning.',
  ],
  sniff: (head) => {
    const header = headLines(head, 50).find((line) => !line.startsWith('#') && line.trim() !== '')
    const { present, required } = requiredPresent(headerCells(header ?? ''), COLUMNS)
    return present === required ? 1 : 0
  },
  open: (context) => {
    const { findings } = context
    const clades = createClades()
    let slots: Columns | null = null
    let rows = 0
    /** Ranks of the lineage of the last row, with their levels. */
    let above: { readonly rank: Rank; readonly depth: number }[] = []
    const take = (cells: Cells): void => {
      if (slots === null) {
        if (cells.cells[0]?.startsWith('#') === true) return
        slots = resolveHeader(cells.cells, COLUMNS, cells.line, findings)
        return findings.finish()
      }
      const row = rowOf(cells, slots)
      if (row === null) return
      rows++
      above = above.filter(({ depth }) => depth < row.depth)
      const stated = canonicalRank(cells.text(slots.rank))
      const rank = RANKS.find((one) => one === stated && above.every((other) => other.rank !== one))
      if (rank !== undefined) above.push({ rank, depth: row.depth })
      clades.add(row, rank)
    }
    return readLines(context, take, () => {
      if (slots === null) findings.add('The file has no header line; it may come from a tool that failed.', 1, 1)
      else if (rows === 0 && findings.count === 0)
        findings.add('There is no row; a run that classified nothing has one.', 1, 1)
      clades.finish(context)
    })
  },
}

const rowOf = (cells: Cells, at: Columns): CladeRow | null => {
  const taxid = cells.text(at.taxid)
  const reads = cells.amount(at.reads, 'number of reads')
  const depth = depthOf(cells.cells[at.name] ?? '')
  if (cells.cells.length <= Math.max(...Object.values(at)))
    cells.fail(
      cells.cells.length - 1,
      `The line has ${cells.cells.length} cells; ${Math.max(...Object.values(at)) + 1} are needed.`,
    )
  else if (taxid === '') cells.fail(at.taxid, 'The taxon is missing.')
  else if (depth > DEEPEST) cells.fail(at.name, `The name is ${depth} levels deep; no taxonomy has that many.`)
  else if (!Number.isNaN(reads)) return { reads, taxid, depth }
  return null
}
