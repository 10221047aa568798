import type { NamedProfile } from '../../core/profile/profile.ts'
import { RANKS } from '../../core/profile/ranks.ts'
import type { ReadingContext } from '../contract.ts'
import { type Lineage, pathOf } from './lineage.ts'
import { createTaxa } from './taxa.ts'

/** The lineages of the NCBI taxonomy have some 40 levels. */
export const DEEPEST = 200

/** The level of a taxon in the tree: its name is indented by two blanks for each. */
export const depthOf = (name: string): number => Math.floor((/^ */.exec(name)?.[0].length ?? 0) / 2)

/** A row of a report by clades. */
export interface CladeRow {
  /** Reads of the whole clade. */
  readonly reads: number
  readonly taxid: string
  readonly depth: number
}

/** The clades of one sample as they are read. */
export interface Clades {
  /** Adds the next row, of one of the ranks that are compared or of none of them. */
  add(row: CladeRow, rank: keyof Lineage | undefined): void
  /** Emits the profile: what has reads at one of the ranks, as a share of all reads. */
  finish(context: ReadingContext<NamedProfile>): void
}

/** Memory grows with the taxa that have reads at one of the ranks, and the lineage down to the last row. */
export const createClades = (): Clades => {
  const taxa = createTaxa()
  const lineages: Lineage[] = []
  let total = 0
  let twice: string | null = null
  return {
    add: ({ reads, taxid, depth }, rank) => {
      // What stands at the left margin is everything: the unclassified reads and the root.
      if (depth === 0) total += reads
      lineages.length = Math.min(lineages.length, depth)
      const above = lineages.at(-1) ?? {}
      const lineage: Lineage = rank === undefined ? above : { ...above, [rank]: taxid }
      while (lineages.length < depth) lineages.push(above)
      lineages.push(lineage)
      if (rank === undefined) return
      if (taxa.addTo(taxid, reads, reads)) {
        if (reads > 0) twice ??= taxid
        return
      }
      taxa.add({ taxid, rank, path: pathOf(lineage, rank), percentage: reads, count: reads })
    },
    finish: (context) => {
      if (twice !== null)
        context.warn(
          `${context.file}: the taxon ${twice.slice(0, 40)} has several rows, which are added up; reports of several samples belong into files of their own.`,
        )
      const shares = taxa.list().map((taxon) => ({ ...taxon, percentage: (taxon.percentage / total) * 100 }))
      context.emit({ sample: null, ranks: RANKS, taxa: total === 0 ? [] : shares, line: 1 })
    },
  }
}
