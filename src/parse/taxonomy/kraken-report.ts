import type { ProfileTaxon } from '../../core/profile/profile.ts'
import { RANKS } from '../../core/profile/ranks.ts'
import type { ProfileFormat } from '../contract.ts'
import { headLines } from '../lines.ts'
import { completeCodes } from './kraken-codes.ts'
import { type Lineage, pathOf, RANK_LETTERS } from './lineage.ts'
import { type Cells, readLines } from './line-reader.ts'

// Kraken 2.1.2 and 2.1.3 lose letters, depending on the compiler: https://github.com/DerrickWood/kraken2/issues/759.
const RANK_CODE = /^(?:[URDKPCOFGS]?\d*|-)$/
// Since 2025 NCBI calls the rank domain or acellular root, for which older releases of Kraken have no code.
const DOMAINS: Readonly<Record<string, string>> = {
  2: 'Bacteria',
  2157: 'Archaea',
  2759: 'Eukaryota',
  10239: 'Viruses',
}
/** The lineages of the NCBI taxonomy have some 40 levels. */
const DEEPEST = 200

/** Kraken's summary by clade; KrakenUniq's and Bracken's reports of the same shape too. */
export const krakenReport: ProfileFormat = {
  id: 'kraken-report',
  title: 'Kraken report',
  tool: 'Kraken 1 and 2 (`--report`), Bracken (`*_report.txt`), Centrifuge (`centrifuge-kreport`)',
  kind: 'profile',
  abundance: 'sequence',
  fileNames: ['*.kreport', '*.report.txt'],
  columns: [
    { names: ['2'], required: true, use: 'reads of the clade; its share of all reads is the abundance' },
    { names: ['4'], required: true, use: 'rank; the sixth column where minimizers are reported' },
    { names: ['5'], required: true, use: 'taxon; the seventh where minimizers are reported' },
    { names: ['6'], required: true, use: 'name, indented by two blanks for each level; the eighth with minimizers' },
  ],
  notes: [
    'There is no header line. Abundances are shares of all reads, the unclassified ones included, computed from the counts.',
    'Ranks D P C O F G S; S1 counts as strain. Levels in between stay out; Bacteria, Archaea, Eukaryota and Viruses are a superkingdom whatever their code is.',
    'Rank letters that Kraken 2.1.2 and 2.1.3 lost are put back where the rows above and below leave one possibility.',
  ],
  sniff: (head) => {
    const lines = headLines(head, 20).filter((line) => line !== '')
    return lines.some(isTelling) && lines.every((line) => isRow(line.split('\t'))) ? 0.95 : 0
  },
  open: (context) => {
    const rows: Row[] = []
    const firstLines = new Map<string, number>()
    const take = (cells: Cells): void => {
      const row = rowOf(cells)
      if (row === null) return
      const earlier = firstLines.get(row.taxid)
      if (earlier === undefined) {
        firstLines.set(row.taxid, cells.line)
        rows.push(row)
      } else
        cells.fail(
          cells.cells.length - 2,
          `The taxon ${row.taxid.slice(0, 40)} is there twice; the first time on line ${earlier}.`,
          'give each report as a file of its own',
        )
    }
    return readLines(context, take, () => {
      if (rows.length === 0) context.findings.add('There is no row; a run that classified nothing has one.', 1, 1)
      const codes = completeCodes(rows)
      for (const [index, { reads, fail }] of rows.entries()) if (codes[index] === null && reads > 0) fail()
      context.emit({ sample: null, ranks: RANKS, taxa: taxaOf(rows, codes), line: 1 })
    })
  },
}

const isRow = (cells: readonly string[]): boolean => {
  const code = cells[cells.length - 3] ?? ''
  return (
    (cells.length === 6 || cells.length === 8) &&
    /^\s*\d+(?:\.\d+)?\s*$/.test(cells[0] ?? '') &&
    RANK_CODE.test(code.trim()) &&
    /^\s*\d+\s*$/.test(cells[cells.length - 2] ?? '')
  )
}

// Rows without a letter alone could be another table.
const isTelling = (line: string): boolean => /\t\s*[URDKPCOFGS-]\d*\s*\t/.test(line) || /\t1\t\s*root\s*$/.test(line)

interface Row {
  readonly reads: number
  readonly code: string
  readonly taxid: string
  readonly depth: number
  /** Says that the rank is lost. */
  readonly fail: () => void
}

const rowOf = (cells: Cells): Row | null => {
  const width = cells.cells.length
  if (width !== 6 && width !== 8) {
    cells.fail(Math.max(0, width - 1), `The line has ${width} cells instead of 6, or 8 with minimizers.`)
    return null
  }
  const code = cells.text(width - 3)
  const taxid = cells.text(width - 2)
  const reads = cells.amount(1, 'number of reads')
  if (!RANK_CODE.test(code)) cells.fail(width - 3, `"${code.slice(0, 40)}" is no rank code.`)
  else if (taxid === '') cells.fail(width - 2, 'The taxon is missing.')
  else {
    const name = cells.text(width - 1)
    const depth = Math.floor((/^ */.exec(cells.cells[width - 1] ?? '')?.[0].length ?? 0) / 2)
    const fail = (): void =>
      cells.fail(
        width - 3,
        'The rank code is missing, and the rows around leave several possibilities.',
        'a fault of Kraken 2.1.2 and 2.1.3 as some compilers build them; another build writes it',
      )
    if (depth <= DEEPEST) return { reads, code: DOMAINS[taxid] === name ? 'D' : code, taxid, depth, fail }
    cells.fail(width - 1, `The name is ${depth} levels deep; no taxonomy has that many.`)
  }
  return null
}

const taxaOf = (rows: readonly Row[], codes: readonly (string | null)[]): readonly ProfileTaxon[] => {
  // What stands at the left margin is everything: the unclassified reads and the root.
  const total = rows.filter(({ depth }) => depth === 0).reduce((sum, { reads }) => sum + reads, 0)
  const lineages: Lineage[] = []
  return rows.flatMap(({ reads, taxid, depth }, index): readonly ProfileTaxon[] => {
    lineages.length = Math.min(lineages.length, depth)
    const rank = RANK_LETTERS[codes[index] ?? '']
    const above = lineages.at(-1) ?? {}
    const lineage: Lineage = rank === undefined ? above : { ...above, [rank]: taxid }
    while (lineages.length < depth) lineages.push(above)
    lineages.push(lineage)
    if (rank === undefined || reads === 0 || total === 0) return []
    return [{ taxid, rank, path: pathOf(lineage, rank), percentage: (reads / total) * 100, count: reads }]
  })
}
