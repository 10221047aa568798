import type { NamedProfile } from '../../core/profile/profile.ts'
import { canonicalRank, RANKS } from '../../core/profile/ranks.ts'
import type { ProfileFormat, ReadingContext } from '../contract.ts'
import { headLines } from '../lines.ts'
import { headerCells, requiredPresent, resolveHeader, type Slots } from '../table-header.ts'
import { pathOf } from './lineage.ts'
import { type Cells, readLines } from './line-reader.ts'
import { createTaxa, type Taxa } from './taxa.ts'

const COLUMNS = {
  file: {
    names: ['file'],
    required: true,
    use: 'sample, in a table of several files: the name without folder and ending (`.kaiju`, `.out`, `.tsv`, `.txt`)',
  },
  percent: { names: ['percent'], required: true, use: 'abundance, percent' },
  reads: { names: ['reads'], required: true, use: 'reads, for Chao1' },
  taxid: { names: ['taxon_id'], required: true, use: 'taxon' },
  name: {
    names: ['taxon_name'],
    required: true,
    use: 'tells the rank of the table: `cannot be assigned to a … genus`',
  },
}
type Columns = Slots<keyof typeof COLUMNS>

const UNASSIGNED = /^cannot be assigned to a (?:\(non-viral\) )?(\w+)$/
const VIRUSES = '10239'

/** kaiju2table's summary of one rank. */
export const kaiju: ProfileFormat = {
  id: 'kaiju',
  title: 'Kaiju table',
  tool: 'kaiju2table',
  kind: 'profile',
  abundance: 'sequence',
  fileNames: ['*.kaiju.tsv', '*kaiju*.txt'],
  columns: Object.values(COLUMNS),
  notes: [
    'The table has one rank, which only its last rows name, and no lineages. Its viruses in one row count at superkingdom.',
    'Tables of several ranks make one prediction when they are given the same label.',
  ],
  sniff: (head) => {
    const { present, required } = requiredPresent(headerCells(headLines(head, 1)[0] ?? ''), COLUMNS)
    return present === required ? 1 : 0
  },
  open: (context) => {
    const files = new Map<string, KaijuFile>()
    let slots: Columns | null = null
    const take = (cells: Cells): void => {
      if (slots === null) {
        slots = resolveHeader(cells.cells, COLUMNS, cells.line, context.findings)
        context.findings.finish()
        return
      }
      const name = cells.text(slots.file)
      const file = files.get(name) ?? { rows: [], rank: null, line: cells.line }
      files.set(name, file)
      addRow(cells, slots, file, context)
    }
    const end = (): void => {
      if (slots === null)
        context.findings.add('The file has no header line; it may come from a tool that failed.', 1, 1)
      else if (files.size === 0) context.findings.add('There is no row; a run that classified nothing has some.', 1, 1)
      for (const [name, file] of files) {
        const taxa = createTaxa()
        list(file, taxa, context)
        context.emit({
          sample: files.size === 1 ? null : sampleOf(name),
          ranks: RANKS,
          taxa: taxa.list(),
          line: file.line,
        })
      }
    }
    return { ...readLines(context, take, end), namesSamples: () => files.size > 1 }
  },
}

/** `out/S1.kaiju.out` is about S1. */
const sampleOf = (file: string): string =>
  (file.split(/[\\/]/).at(-1) ?? file).replace(/\.(?:out|txt|tsv|kaiju)$/i, '').replace(/\.kaiju$/i, '')

interface KaijuFile {
  readonly rows: { readonly taxid: string; readonly percentage: number; readonly count: number }[]
  rank: string | null
  readonly line: number
}

const addRow = (cells: Cells, at: Columns, file: KaijuFile, { findings }: ReadingContext<NamedProfile>): void => {
  const before = findings.count
  const percentage = cells.amount(at.percent, 'percentage')
  const count = cells.amount(at.reads, 'number of reads')
  const taxid = cells.text(at.taxid)
  const unassigned = UNASSIGNED.exec(cells.text(at.name))
  if (unassigned !== null) file.rank = canonicalRank(unassigned[1] ?? '')
  if (taxid === '') cells.fail(at.taxid, 'The taxon is missing.')
  // A run without reads has percentages of nothing: 100 % viruses, of 0 reads.
  if (taxid === 'NA' || count === 0 || findings.count > before) return
  file.rows.push({ taxid, percentage, count })
}

const list = ({ rows, rank: named, line }: KaijuFile, taxa: Taxa, { findings }: ReadingContext<NamedProfile>): void => {
  const rank = RANKS.find((one) => one === named)
  if (rank === undefined)
    return findings.add(
      'No row "cannot be assigned to a …" names the rank of the table.',
      line,
      1,
      'kaiju2table writes one',
    )
  for (const row of rows) {
    const at = row.taxid === VIRUSES ? 'superkingdom' : rank
    taxa.add({ ...row, rank: at, path: pathOf({ [at]: row.taxid }, at) })
  }
}
