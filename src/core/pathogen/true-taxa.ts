import { RANKS } from '../profile/ranks.ts'
import type { CurrentTaxid } from './taxids.ts'
import type { PathogenTruthTaxon } from './truth.ts'

/** What is truly there of one taxon at the rank calls are made at. */
export interface TrueTaxon {
  readonly taxid: string
  readonly name: string | null
  readonly genus: string | null
  readonly abundance: number | null
  readonly reads: number | null
  readonly copies: number | null
}

/** The truth of one sample at one rank. */
export interface TrueTaxa {
  readonly present: ReadonlyMap<string, TrueTaxon>
  readonly absent: ReadonlyMap<string, TrueTaxon>
  /** Whether nothing but the host is present, at whatever rank. */
  readonly isNegative: boolean
}

export interface LiftingRules {
  readonly rank: string
  readonly current: CurrentTaxid
  readonly hosts: ReadonlySet<string>
  /** Where a report's lineages say that taxids below the rank belong: asked when the truth does not say. */
  readonly lifted: ReadonlyMap<string, string>
}

/** Whether calls at `rank` can say anything of a taxon of the truth: not of a genus when species are called. */
export const isCallable = (taxon: Pick<PathogenTruthTaxon, 'rank'>, rank: string): boolean =>
  depth(taxon.rank) >= depth(rank)

/**
 * The truth of a sample at one rank. Taxa below it are lifted, and what several of them state is added up; a taxon that
 * is there is present whatever is absent below it. Whose place nobody knows keeps its own taxid, and so is missed.
 */
export const trueTaxa = (taxa: readonly PathogenTruthTaxon[], rules: LiftingRules): TrueTaxa => {
  const present = new Map<string, TrueTaxon>()
  const absent = new Map<string, TrueTaxon>()
  for (const taxon of taxa) {
    const taxid = liftedTaxid(taxon, rules)
    if (!isCallable(taxon, rules.rank) || isHost(taxon, taxid, rules)) continue
    const genus = rules.rank === 'genus' ? taxid : taxon.lineage.get('genus')
    const { name, abundance, reads, copies } = taxon
    const side = taxon.status === 'present' ? present : absent
    const one = { taxid, name, genus: genus === undefined ? null : rules.current(genus), abundance, reads, copies }
    const before = side.get(taxid)
    side.set(taxid, before === undefined ? one : together(before, one))
  }
  for (const taxid of present.keys()) absent.delete(taxid)
  return {
    present,
    absent,
    isNegative: taxa.every((taxon) => taxon.status === 'absent' || isHost(taxon, liftedTaxid(taxon, rules), rules)),
  }
}

/** The taxid of a truth's taxon at the rank calls are made at, its own where nobody knows better. */
export const liftedTaxid = (
  { taxid, rank, lineage }: PathogenTruthTaxon,
  { rank: wanted, current, lifted }: LiftingRules,
): string => {
  if (rank === wanted) return current(taxid)
  return current(lineage.get(wanted) ?? lifted.get(current(taxid)) ?? taxid)
}

const isHost = ({ lineage }: PathogenTruthTaxon, taxid: string, { hosts, current }: LiftingRules): boolean =>
  hosts.has(taxid) || [...lineage.values()].some((entry) => hosts.has(current(entry)))

const together = (left: TrueTaxon, right: TrueTaxon): TrueTaxon => ({
  taxid: left.taxid,
  name: left.name === right.name ? left.name : null,
  genus: left.genus ?? right.genus,
  abundance: sumOf(left.abundance, right.abundance),
  reads: sumOf(left.reads, right.reads),
  copies: sumOf(left.copies, right.copies),
})

const sumOf = (left: number | null, right: number | null): number | null =>
  left === null || right === null ? null : left + right

const depth = (rank: string): number => (RANKS as readonly string[]).indexOf(rank)
