import type { ProfileFormat } from '../contract.ts'
import { headLines } from '../lines.ts'
import { createClades, DEEPEST, depthOf } from './kraken-clades.ts'
import { completeCodes } from './kraken-codes.ts'
import { RANK_LETTERS } from './lineage.ts'
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
/** Kraken's summary by clade; Bracken's and Centrifuge's reports of the same shape too. */
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
    'Rows of one taxon are added up, with a warning. Memory grows with the taxa that have reads at one of the ranks, not with the rows.',
    'Rank letters that Kraken 2.1.2 and 2.1.3 lost are put back where the rows above and below leave one possibility.',
  ],
  sniff: (head) => {
    const lines = headLines(head, 20).filter((line) => line !== '')
    return lines.some(isTelling) && lines.every((line) => isRow(line.split('\t'))) ? 0.95 : 0
  },
  open: (context) => {
    const clades = createClades()
    let rows = 0
    /** The last row of each level. */
    const above: Row[] = []
    /** From the first lost letter on: what it stands below, which has been taken already, and all that follows. */
    let incomplete: { readonly rows: Row[]; readonly taken: number } | null = null
    const take = (cells: Cells): void => {
      const row = rowOf(cells)
      if (row === null) return
      rows++
      if (incomplete !== null) return void incomplete.rows.push(row)
      while ((above.at(-1)?.depth ?? -1) >= row.depth) above.pop()
      if (isComplete(row.code)) clades.add(row, RANK_LETTERS[row.code])
      else incomplete = { rows: [...above, row], taken: above.length }
      above.push(row)
    }
    return readLines(context, take, () => {
      if (rows === 0) context.findings.add('There is no row; a run that classified nothing has one.', 1, 1)
      const codes = completeCodes(incomplete?.rows ?? [])
      for (const [index, row] of (incomplete?.rows ?? []).entries()) {
        if (index < (incomplete?.taken ?? 0)) continue
        const code = codes[index] ?? null
        if (code === null && row.reads > 0) row.fail()
        clades.add(row, RANK_LETTERS[code ?? ''])
      }
      clades.finish(context)
    })
  },
}

const isComplete = (code: string): boolean => /^\D/.test(code)

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
    const depth = depthOf(cells.cells[width - 1] ?? '')
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
