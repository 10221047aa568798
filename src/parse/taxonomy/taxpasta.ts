import { RANKS } from '../../core/profile/ranks.ts'
import type { ProfileFormat } from '../contract.ts'
import { headLines } from '../lines.ts'
import { headerCells, normalizeColumnName, resolveHeader, type Slots } from '../table-header.ts'
import { numberIn } from '../number-text.ts'
import { type Cells, readLines } from './line-reader.ts'
import { type CountedTaxon, type Counting, countingOf, percentagesOf, rankedByLineages } from './taxpasta-counts.ts'

const COLUMNS = {
  taxid: { names: ['taxonomy_id'], required: true, use: 'taxon; 0 is what was not classified' },
  rank: {
    names: ['rank'],
    required: false,
    use: 'rank (`--add-rank`); rows of ranks that are not compared count for those above them. Without it the lineages say it, or else the truth',
  },
  idLineage: {
    names: ['id_lineage'],
    required: false,
    use: 'taxa of the lineage, separated by `;` (`--add-id-lineage`)',
  },
  rankLineage: {
    names: ['rank_lineage'],
    required: false,
    use: 'ranks of the lineage, separated by `;` (`--add-rank-lineage`)',
  },
  sample: { names: ['sample'], required: false, use: 'sample, in a long table' },
  count: { names: ['count'], required: false, use: 'count, in a table of one sample or a long one' },
}
type Columns = Slots<keyof typeof COLUMNS>

/** Columns that are neither of the above nor samples. */
const OTHER = ['name', 'lineage']
const RESERVED = [...OTHER, ...Object.values(COLUMNS).flatMap(({ names }) => names)]

/** TAXPASTA's common table of many profilers' counts. */
export const taxpasta: ProfileFormat = {
  id: 'taxpasta',
  title: 'TAXPASTA table',
  tool: 'taxpasta (`standardise`, `merge`), nf-core/taxprofiler',
  kind: 'profile',
  abundance: null,
  isGeneric: true,
  fileNames: ['*.tsv'],
  columns: Object.values(COLUMNS),
  notes: [
    'Further columns are samples, one each, except `name` and `lineage`. A table with a column `count` alone does not name its sample.',
    'What is counted depends on the profiler, and the table does not say: `--abundance sequence` (reads) or `--abundance taxonomic` (genome copies) does.',
    'With `id_lineage` and `rank_lineage` the count of a taxon also counts for those above it, unless the counts are of clades already (in no sample a taxon counts less than those right below it); percentages are of everything counted, the unclassified included. Without lineages every row counts at its own rank only, as a share of that rank.',
    'The smallest table, `taxonomy_id` and counts, states no ranks: they are those the truth gives the taxa. See [how profiles are scored](profile-scoring.md#tables-without-ranks).',
  ],
  sniff: (head) => {
    const [header = '', ...rows] = headLines(head, 20)
    const names = headerCells(header).map(normalizeColumnName)
    if (names[0] !== 'taxonomy_id' && !(names.includes('taxonomy_id') && names.includes('count'))) return 0
    if (names.includes('fraction_total_reads')) return 0
    if (names.some((name) => ['count', 'rank', 'id_lineage', 'rank_lineage'].includes(name))) return 0.95
    return names.length > 1 && rows.every((row) => isOfCounts(names, row.split('\t'))) ? 0.92 : 0.6
  },
  open: (context) => {
    const { findings } = context
    const samples = new Map<string | null, CountedTaxon[]>()
    let slots: Columns | null = null
    let counted: readonly (readonly [sample: string | null, slot: number])[] = []
    const readHeader = (cells: Cells): void => {
      slots = resolveHeader(cells.cells, COLUMNS, cells.line, findings)
      counted = countColumns(cells.cells, slots)
      if (counted.length === 0) cells.fail(0, 'There is no column of counts.')
      const named = counted.map(([sample]) => sample)
      for (const [index, sample] of named.entries())
        if (named.indexOf(sample) < index) cells.fail(0, `The column ${sample ?? 'count'} is there twice.`)
      findings.finish()
      if (slots.sample < 0) for (const sample of named) samples.set(sample, [])
    }
    const take = (cells: Cells): void => {
      if (slots === null) return readHeader(cells)
      const at = slots
      const taxid = cells.text(at.taxid)
      if (taxid === '') return cells.fail(at.taxid, 'The taxon is missing.')
      const taxon = {
        taxid,
        rank: cells.text(at.rank),
        ids: list(cells, at.idLineage),
        ranks: list(cells, at.rankLineage),
      }
      if (taxon.ids.length !== taxon.ranks.length && at.idLineage >= 0 && at.rankLineage >= 0)
        return cells.fail(at.rankLineage, `The lineage has ${taxon.ids.length} taxa and ${taxon.ranks.length} ranks.`)
      for (const [column, slot] of counted) {
        // Taxa that a sample lacks have no count in its column.
        const count = NO_COUNT.includes(cells.text(slot)) ? 0 : cells.amount(slot, 'count')
        if (count > Number.MAX_SAFE_INTEGER) cells.fail(slot, 'No sample has that many reads.')
        const sample = at.sample < 0 ? column : cells.text(at.sample)
        if (sample === '') cells.fail(at.sample, 'The sample is missing.')
        const rows = samples.get(sample) ?? []
        samples.set(sample, rows)
        rows.push({ ...taxon, count, line: cells.line })
      }
    }
    const end = (): void => {
      if (slots === null) findings.add('The file has no header line; it may come from a tool that failed.', 1, 1)
      findings.finish()
      const hasRanks = slots !== null && slots.rank >= 0
      const hasLineages = slots !== null && slots.idLineage >= 0 && slots.rankLineage >= 0
      const counting: Counting = hasLineages ? countingOf(samples.values()) : hasRanks ? 'unrelated' : 'unranked'
      for (const [sample, rows] of samples) {
        const taxa = percentagesOf(hasLineages && !hasRanks ? rankedByLineages(rows) : rows, counting)
        context.emit({ sample, ranks: RANKS, taxa, line: rows[0]?.line ?? 1 })
      }
    }
    return { ...readLines(context, take, end), namesSamples: () => samples.size > 0 && !samples.has(null) }
  },
}

/** What stands for the count of a taxon that a sample lacks. */
const NO_COUNT = ['', 'NA', 'nan', '<NA>']

// Ids and numbers alone; anything else could be many a table.
const isOfCounts = (names: readonly string[], cells: readonly string[]): boolean =>
  cells.every(
    (cell, slot) => OTHER.includes(names[slot] ?? '') || NO_COUNT.includes(cell) || numberIn(cell) >= 0 || slot === 0,
  )

const countColumns = (cells: readonly string[], slots: Columns | null): [string | null, number][] => {
  if (slots === null) return []
  if (slots.count >= 0) return [[null, slots.count]]
  return cells.flatMap((cell, slot): [string, number][] =>
    RESERVED.includes(normalizeColumnName(cell)) || cell.trim() === '' ? [] : [[cell.trim(), slot]],
  )
}

const list = (cells: Cells, slot: number): readonly string[] => {
  const text = slot < 0 ? '' : cells.text(slot)
  return text === '' ? [] : text.split(';').map((entry) => entry.trim())
}
