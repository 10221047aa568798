import type { NamedProfile } from '../../core/profile/profile.ts'
import { RANKS } from '../../core/profile/ranks.ts'
import type { ProfileFormat, ReadingContext } from '../contract.ts'
import { headLines } from '../lines.ts'
import { headerCells, normalizeColumnName, requiredPresent, resolveHeader, type Slots } from '../table-header.ts'
import { pathOf, rankOfPrefix } from './lineage.ts'
import { type Cells, readLines } from './line-reader.ts'
import { createTaxa, type Taxa } from './taxa.ts'

const COLUMNS = {
  clade: { names: ['clade_name'], required: true, use: 'ranks of the lineage: `k__ p__ c__ o__ f__ g__ s__ t__`' },
  taxids: {
    names: ['NCBI_tax_id', 'clade_taxid'],
    required: true,
    use: 'taxa of the lineage; where one is empty or repeats one above it, the clade name stands in for it',
  },
  abundance: { names: ['relative_abundance'], required: true, use: 'abundance, percent' },
  reads: {
    names: ['estimated_number_of_reads_from_the_clade'],
    required: false,
    use: 'reads, for Chao1',
  },
}
type Columns = Slots<keyof typeof COLUMNS>

/** MetaPhlAn's profile of one sample. */
export const metaphlan: ProfileFormat = {
  id: 'metaphlan',
  title: 'MetaPhlAn profile',
  tool: 'MetaPhlAn 3 and 4',
  kind: 'profile',
  abundance: 'taxonomic',
  fileNames: ['*_profile.txt', '*.metaphlan'],
  columns: Object.values(COLUMNS),
  notes: [
    'The header begins with `#clade_name`; lines with other comments before it are skipped.',
    '`UNKNOWN` and `UNCLASSIFIED` are not taxa: what they hold is missing from the sum of the others.',
  ],
  sniff: (head) => {
    const header = headLines(head, 50).find(isHeader)
    if (header === undefined) return 0
    const { present, required } = requiredPresent(headerCells(header), COLUMNS)
    return present === required ? 1 : 0
  },
  open: (context) => {
    const taxa = createTaxa()
    let slots: Columns | null = null
    const take = (cells: Cells): void => {
      const line = cells.cells.join('\t')
      if (slots === null && isHeader(line)) {
        slots = resolveHeader(cells.cells, COLUMNS, cells.line, context.findings)
        context.findings.finish()
      } else if (line.startsWith('#')) return
      else if (slots !== null) addRow(cells, slots, taxa, context)
      else {
        context.findings.add('A row stands before the header line #clade_name.', cells.line, 1)
        context.findings.finish()
      }
    }
    return readLines(context, take, () => {
      if (slots === null)
        context.findings.add('The file has no header line; it may come from a tool that failed.', 1, 1)
      context.emit({ sample: null, ranks: RANKS, taxa: taxa.list(), line: 1 })
    })
  },
}

const isHeader = (line: string): boolean => normalizeColumnName(headerCells(line)[0] ?? '') === 'clade_name'

const addRow = (cells: Cells, at: Columns, taxa: Taxa, { findings }: ReadingContext<NamedProfile>): void => {
  const before = findings.count
  const clades = cells.text(at.clade).split('|')
  if (/^(?:UNKNOWN|UNCLASSIFIED)$/i.test(clades[0] ?? '')) return
  const ids = cells.text(at.taxids).split('|')
  const percentage = cells.amount(at.abundance, 'abundance')
  const count = at.reads < 0 ? null : cells.amount(at.reads, 'number of reads')
  const lineage: Record<string, string> = {}
  for (const [place, clade] of clades.entries()) {
    const rank = rankOfPrefix(clade)
    if (rank === undefined)
      return cells.fail(at.clade, `"${clade.slice(0, 40)}" does not begin with a rank such as s__.`)
    const id = (ids[place] ?? '').trim()
    // One number for two ranks would make one taxon of them.
    lineage[rank] = id === '' || id === '-1' || Object.values(lineage).includes(id) ? clade : id
    if (place < clades.length - 1 || findings.count > before) continue
    taxa.add({ taxid: lineage[rank], rank, path: pathOf(lineage, rank), percentage, count })
  }
}
