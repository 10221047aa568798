import type { ProfileTaxon, SampleProfile } from '../profile/profile.ts'
import { RANKS } from '../profile/ranks.ts'
import type { CurrentTaxid } from './taxids.ts'

/** One taxon of a report at the rank calls are made at. */
export interface ReportedTaxon {
  readonly taxid: string
  /** Null where the report has no lineage, empty where the lineage has no genus. */
  readonly genus: string | null
  /** Of the whole clade; null where the tool does not count reads. */
  readonly reads: number | null
  /** Of the whole clade, as the tool states it. */
  readonly percentage: number
}

export interface ReportedTaxa {
  readonly taxa: ReadonlyMap<string, ReportedTaxon>
  /** What each taxid reported below the rank was lifted to. */
  readonly lifted: ReadonlyMap<string, string>
  /** Taxids below the rank whose lineage does not say where they belong. */
  readonly withoutLineage: readonly string[]
}

interface Rules {
  readonly rank: string
  readonly current: CurrentTaxid
  /** Current taxids of the host. */
  readonly hosts: ReadonlySet<string>
}

type Amount = Pick<ReportedTaxon, 'genus' | 'reads' | 'percentage'>

/**
 * What a report says at one rank. A row of that rank is its clade, so that rows below it add nothing; where there is no
 * such row, the rows below are added up, rank by rank, and the rank that holds most counts. Rows above the rank are
 * left out, and so are the host and everything below it.
 */
export const reportedTaxa = (profiles: readonly SampleProfile[], { rank, current, hosts }: Rules): ReportedTaxa => {
  const own = new Map<string, Amount>()
  const below = new Map<string, Map<string, Amount>>()
  const lifted = new Map<string, string>()
  const withoutLineage: string[] = []
  for (const { ranks, taxa } of profiles)
    for (const taxon of taxa) {
      if (depth(taxon.rank) < depth(rank)) continue
      const above = (wanted: string): string => current(taxon.path[ranks.indexOf(wanted)] ?? '')
      const taxid = current(taxon.taxid)
      if (hosts.has(taxid) || taxon.path.some((entry) => hosts.has(current(entry)))) continue
      const key = taxon.rank === rank ? taxid : above(rank)
      const hasLineage = taxon.path.some((entry) => entry !== '' && entry !== taxon.taxid)
      const genus = rank === 'genus' ? key : hasLineage ? above('genus') : null
      if (key === '') withoutLineage.push(taxid)
      else if (taxon.rank === rank) own.set(key, added(own.get(key), taxon, genus))
      else {
        lifted.set(taxid, key)
        const byRank = below.get(key) ?? new Map<string, Amount>()
        below.set(key, byRank.set(taxon.rank, added(byRank.get(taxon.rank), taxon, genus)))
      }
    }
  for (const [key, byRank] of below)
    if (!own.has(key))
      own.set(
        key,
        [...byRank.values()].reduce((most, one) => (one.percentage > most.percentage ? one : most)),
      )
  return { taxa: new Map([...own].map(([taxid, amount]) => [taxid, { taxid, ...amount }])), lifted, withoutLineage }
}

const depth = (rank: string): number => (RANKS as readonly string[]).indexOf(rank)

const added = (before: Amount | undefined, { count, percentage }: ProfileTaxon, genus: string | null): Amount => ({
  genus: before?.genus ?? genus,
  reads: before === undefined ? count : before.reads === null || count === null ? null : before.reads + count,
  percentage: (before?.percentage ?? 0) + percentage,
})
