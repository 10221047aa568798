import type { ProfileTaxon } from '../../core/profile/profile.ts'
import { canonicalRank, RANKS, UNSTATED_RANK } from '../../core/profile/ranks.ts'
import { type Lineage, pathOf } from './lineage.ts'
import { createTaxa } from './taxa.ts'

/** One taxon of one sample, as TAXPASTA states it. */
export interface CountedTaxon {
  readonly taxid: string
  readonly rank: string
  /** Taxa and ranks of the lineage, from the root down, with or without the taxon itself. */
  readonly ids: readonly string[]
  readonly ranks: readonly string[]
  readonly count: number
  readonly line: number
}

/** What TAXPASTA calls the reads that were not classified. */
const UNCLASSIFIED = '0'

/**
 * How the taxa of a table belong together: by lineages, with counts of reads assigned or of clades; not at all; or not
 * even their ranks are stated.
 */
export type Counting = 'unranked' | 'unrelated' | 'assigned' | 'clades'

/** The taxa of a sample in percent, rank by rank. */
export const percentagesOf = (rows: readonly CountedTaxon[], counting: Counting): readonly ProfileTaxon[] => {
  if (counting === 'unranked') return ofTaxids(rows)
  return counting === 'unrelated' ? ofRanks(rows) : ofLineages(rows, counting === 'clades')
}

/** The rows with the ranks that the lineages of any of them state; for tables without a column of ranks. */
export const rankedByLineages = (rows: readonly CountedTaxon[]): readonly CountedTaxon[] => {
  const known = new Map(rows.flatMap(({ ids, ranks }) => ids.map((id, place) => [id, ranks[place] ?? ''] as const)))
  return rows.map((row) => ({ ...row, rank: known.get(row.taxid) ?? '' }))
}

// Whoever knows the taxa has to say which rank each is of.
const ofTaxids = (rows: readonly CountedTaxon[]): readonly ProfileTaxon[] => {
  const total = sumOf(rows)
  const taxa = createTaxa()
  for (const { taxid, count } of rows)
    if (taxid !== UNCLASSIFIED && count > 0)
      taxa.add({ taxid, rank: UNSTATED_RANK, path: [taxid], percentage: (count / total) * 100, count })
  return taxa.list()
}

// Without lineages nothing tells what belongs to what, so each rank is a whole of its own.
const ofRanks = (rows: readonly CountedTaxon[]): readonly ProfileTaxon[] => {
  const classified = rows.filter(({ taxid }) => taxid !== UNCLASSIFIED)
  const sums = new Map<string, number>()
  for (const { rank, count } of classified) sums.set(canonicalRank(rank), (sums.get(canonicalRank(rank)) ?? 0) + count)
  const taxa = createTaxa()
  for (const { taxid, rank: written, count } of classified) {
    const rank = RANKS.find((one) => one === canonicalRank(written))
    if (rank === undefined || count === 0) continue
    const percentage = (count / (sums.get(rank) ?? count)) * 100
    taxa.add({ taxid, rank, path: pathOf({ [rank]: taxid }, rank), percentage, count })
  }
  return taxa.list()
}

const ofLineages = (rows: readonly CountedTaxon[], isClade: boolean): readonly ProfileTaxon[] => {
  const ofClades = new Map<string, number>()
  for (const row of rows)
    for (const taxid of isClade ? [row.taxid] : new Set([...row.ids, row.taxid]))
      ofClades.set(taxid, (ofClades.get(taxid) ?? 0) + row.count)
  // Of clades, only those on top count for the whole.
  const known = new Set(rows.map(({ taxid }) => taxid))
  const total = sumOf(isClade ? rows.filter((row) => parentOf(row, known) === null) : rows)
  const taxa = createTaxa()
  const done = new Set<string>()
  for (const row of rows) {
    if (row.taxid === UNCLASSIFIED || total === 0) continue
    const lineage: Lineage = lineageOf(row)
    for (const rank of RANKS) {
      const taxid = lineage[rank]
      const count = taxid === undefined ? 0 : (ofClades.get(taxid) ?? 0)
      if (taxid === undefined || done.has(taxid) || count === 0) continue
      done.add(taxid)
      taxa.add({ taxid, rank, path: pathOf(lineage, rank), percentage: (count / total) * 100, count })
    }
  }
  return taxa.list()
}

const lineageOf = ({ taxid, rank, ids, ranks }: CountedTaxon): Lineage => {
  const entries = [...ids.map((id, place) => [canonicalRank(ranks[place] ?? ''), id]), [canonicalRank(rank), taxid]]
  return Object.fromEntries(
    entries.filter(([of, id]) => id !== '' && (RANKS as readonly (string | undefined)[]).includes(of)),
  ) as Lineage
}

/**
 * Whether the counts of a table with lineages are of clades: some profilers count reads where they were assigned, some
 * the whole clade. Counts of clades are those right below them and more (but for rounding) in every sample, and in some
 * sample there has to be such.
 */
export const countingOf = (samples: Iterable<readonly CountedTaxon[]>): Extract<Counting, 'assigned' | 'clades'> => {
  let [above, under] = [0, 0]
  for (const rows of samples) {
    const known = new Set(rows.map(({ taxid }) => taxid))
    const counts = new Map(rows.map(({ taxid, count }) => [taxid, count]))
    for (const [taxid, { sum, taxa }] of sumsBelow(rows, known)) {
      const count = counts.get(taxid) ?? 0
      if (sum > count + taxa) return 'assigned'
      above += count
      under += sum
    }
  }
  return under > 0 && above >= under * (1 - ROUNDING) ? 'clades' : 'assigned'
}

const ROUNDING = 0.01

/** For each taxon, the sum and number of the taxa right below it. */
const sumsBelow = (
  rows: readonly CountedTaxon[],
  known: ReadonlySet<string>,
): Map<string, { sum: number; taxa: number }> => {
  const below = new Map<string, { sum: number; taxa: number }>()
  for (const row of rows) {
    const parent = parentOf(row, known)
    if (parent === null) continue
    const { sum, taxa } = below.get(parent) ?? { sum: 0, taxa: 0 }
    below.set(parent, { sum: sum + row.count, taxa: taxa + 1 })
  }
  return below
}

/** The nearest taxon of the lineage that has a row. */
const parentOf = ({ taxid, ids }: CountedTaxon, known: ReadonlySet<string>): string | null =>
  ids.filter((id) => id !== taxid && known.has(id)).at(-1) ?? null

const sumOf = (rows: readonly CountedTaxon[]): number => rows.reduce((sum, { count }) => sum + count, 0)
