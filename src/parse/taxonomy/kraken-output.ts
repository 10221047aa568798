import type { ProfileFormat } from '../contract.ts'
import { headLines } from '../lines.ts'
import { type Cells, readLines } from './line-reader.ts'
import { createTaxa } from './taxa.ts'

/** What stands for a rank where none is known. No profile of a truth has it, unless it means just that. */
const NO_RANK = 'no rank'
const NAMED = /\(taxid (\d+)\)$/

/** Kraken's line for each read: which taxon the read went to, and nothing about ranks or lineages. */
export const krakenOutput: ProfileFormat = {
  id: 'kraken-output',
  title: 'Kraken per-read output',
  tool: 'Kraken 1 and 2 (`--output`), KrakenUniq',
  kind: 'profile',
  abundance: 'sequence',
  fileNames: ['*.kraken', '*.kraken2', '*.classifiedreads.txt'],
  columns: [
    { names: ['1'], required: true, use: '`C` for a classified read, `U` for another' },
    { names: ['3'], required: true, use: 'taxon, or `name (taxid number)` with `--use-names`' },
  ],
  notes: [
    'There is no header line. Reads are counted for each taxon; abundances are shares of all reads, the unclassified ones included.',
    'The lines name neither ranks nor lineages and a read is counted at its own taxon only, not at those above. All taxa ' +
      'therefore have the rank `no rank`, are compared with a truth of that rank alone, and say nothing in UniFrac; to ' +
      'be scored at genus or species, give the report (`--report`) instead.',
    'Memory grows with the taxa, not with the reads.',
  ],
  sniff: (head) => {
    const lines = headLines(head, 20).filter((line) => line !== '')
    return lines.length > 0 && lines.every((line) => isRow(line.split('\t'))) ? 0.95 : 0
  },
  open: (context) => {
    const taxa = createTaxa()
    let reads = 0
    const take = (cells: Cells): void => {
      const taxid = taxonOf(cells)
      if (taxid === undefined) return
      reads++
      if (taxid === null || taxa.addTo(taxid, 1, 1)) return
      taxa.add({ taxid, rank: NO_RANK, path: [taxid], percentage: 1, count: 1 })
    }
    return readLines(context, take, () => {
      if (reads === 0 && context.findings.count === 0) context.findings.add('There is no read.', 1, 1)
      else
        context.warn(
          `${context.file}: Kraken's output names no ranks: at every rank but "${NO_RANK}" nothing counts as found. ` +
            'Score the report (kraken2 --report) instead.',
        )
      const shares = taxa.list().map((taxon) => ({ ...taxon, percentage: (taxon.percentage / reads) * 100 }))
      context.emit({ sample: null, ranks: [NO_RANK], taxa: shares, line: 1 })
    })
  },
}

const isRow = ([state, read, taxon, length]: readonly string[]): boolean =>
  (state === 'C' || state === 'U') &&
  read !== '' &&
  /^\d+$|\(taxid \d+\)$/.test(taxon ?? '') &&
  /^[\d|]+$/.test(length ?? '')

/** The taxon of a read; null for one that is not classified, undefined after a fault. */
const taxonOf = (cells: Cells): string | null | undefined => {
  const [state, text] = [cells.cells[0], cells.text(2)]
  const taxid = NAMED.exec(text)?.[1] ?? text
  if (cells.cells.length < 4)
    cells.fail(cells.cells.length - 1, `The line has ${cells.cells.length} cells; 4 are needed.`)
  else if (state !== 'C' && state !== 'U') cells.fail(0, `"${(state ?? '').slice(0, 40)}" is neither C nor U.`)
  else if (!/^\d+$/.test(taxid))
    cells.fail(2, `"${text.slice(0, 40)}" is neither a taxon number nor "name (taxid number)".`)
  else return state === 'U' || taxid === '0' ? null : taxid
  return undefined
}
