import type { ProfileTaxon, SampleProfile } from './profile.ts'
import { RANKS, UNSTATED_RANK } from './ranks.ts'

/** Profiles whose taxa have the ranks that others know of them, and what to say about it. */
export interface RankedProfiles<Key> {
  readonly profiles: ReadonlyMap<Key, SampleProfile | null>
  /** Profiles with taxa of unknown rank, which are left out: what is at a rank there is not known in full. */
  readonly incomplete: ReadonlySet<Key>
  readonly warnings: readonly string[]
}

/** The rank of a taxon, as far as it is known. */
export type RankOf = (taxid: string) => string | undefined

/** What has a rank, or none, in every release of the NCBI taxonomy. Tables of a single rank have some of them too. */
const WELL_KNOWN: ReadonlyMap<string, string> = new Map([
  ['1', 'no rank'],
  ['131567', 'no rank'],
  ...['2', '2157', '2759', '10239'].map((taxid) => [taxid, 'superkingdom'] as const),
])

/** Ranks of the taxa of some profiles and of those above them, by their lineages; gone through when first asked. */
export const ranksOfLineages = (profiles: Iterable<SampleProfile>): RankOf => {
  let known: RankOf | undefined
  return (taxid) => (known ??= lookUp(profiles))(taxid)
}

const lookUp = (profiles: Iterable<SampleProfile>): RankOf => {
  const [stated, above] = [new Map<string, string>(), new Map<string, string>()]
  for (const { ranks, taxa } of profiles)
    for (const { taxid, rank, path } of taxa) {
      stated.set(taxid, rank)
      for (const [place, entry] of path.entries()) {
        const ofPlace = ranks[place]
        if (entry !== '' && ofPlace !== undefined) above.set(entry, ofPlace)
      }
    }
  return (taxid) => stated.get(taxid) ?? above.get(taxid)
}

/**
 * Gives taxa without a stated rank the one that `rankOf` knows. Where all of these stand at one rank, the tool reports
 * that rank alone, and the unknown ones are taken to be of it too; otherwise theirs stays unknown, and they are left out,
 * with the `consequence` that the warning names. Each rank is a whole of its own, as nothing tells what belongs to what.
 * Profiles that state ranks stay as they are.
 */
export const withRanks = <Key>(
  profiles: ReadonlyMap<Key, SampleProfile | null>,
  rankOf: RankOf,
  consequence: string,
): RankedProfiles<Key> => {
  const taxids = new Set([...profiles.values()].flatMap((profile) => unranked(profile).map(({ taxid }) => taxid)))
  if (taxids.size === 0) return { profiles, incomplete: new Set(), warnings: [] }
  const telling = [...taxids].filter((taxid) => !WELL_KNOWN.has(taxid))
  const [only, another] = new Set(telling.flatMap((taxid) => rankOf(taxid) ?? []))
  const common = another === undefined ? only : undefined
  const find: RankOf = (taxid) => rankOf(taxid) ?? WELL_KNOWN.get(taxid) ?? common
  const isIncomplete = (profile: SampleProfile | null): boolean =>
    unranked(profile).some(({ taxid }) => find(taxid) === undefined)
  const unknown = telling.filter((taxid) => rankOf(taxid) === undefined)
  return {
    profiles: new Map([...profiles].map(([key, profile]) => [key, profile && ranked(profile, find)])),
    incomplete: new Set([...profiles].flatMap(([key, profile]) => (isIncomplete(profile) ? [key] : []))),
    warnings: [warningOf(unknown, common, consequence)],
  }
}

const unranked = (profile: SampleProfile | null): readonly ProfileTaxon[] =>
  profile?.taxa.filter(({ rank }) => rank === UNSTATED_RANK) ?? []

const ranked = (profile: SampleProfile, rankOf: RankOf): SampleProfile => {
  const taxa = profile.taxa.flatMap((taxon) => {
    if (taxon.rank !== UNSTATED_RANK) return [taxon]
    const rank = rankOf(taxon.taxid)
    return rank === undefined ? [] : [{ ...taxon, rank, path: pathOf(taxon.taxid, rank) }]
  })
  const placed = new Set(unranked(profile).map(({ taxid }) => taxid))
  const sums = new Map<string, number>()
  for (const { taxid, rank, percentage } of taxa)
    if (placed.has(taxid)) sums.set(rank, (sums.get(rank) ?? 0) + percentage)
  return {
    ...profile,
    ranks: [...RANKS],
    taxa: taxa.map((taxon) => {
      const sum = placed.has(taxon.taxid) ? (sums.get(taxon.rank) ?? taxon.percentage) : 100
      return { ...taxon, percentage: (taxon.percentage / sum) * 100 }
    }),
  }
}

const pathOf = (taxid: string, rank: string): readonly string[] => [
  ...RANKS.slice(0, Math.max(0, (RANKS as readonly string[]).indexOf(rank))).map(() => ''),
  taxid,
]

const warningOf = (unknown: readonly string[], common: string | undefined, consequence: string): string => {
  const stated = 'The prediction states no ranks; those of its taxa are taken from the truth.'
  const [first] = unknown
  if (first === undefined) return stated
  const which = `${unknown.length} of them (such as ${first}) the truth does not know`
  return common === undefined
    ? `${stated} ${which}, and they could be of any rank: ${consequence}. ${REMEDY}`
    : `${stated} ${which}; they are taken to be of rank ${common}, because all others are. ${REMEDY}`
}

const REMEDY = 'taxpasta states ranks with --taxonomy DIR --add-rank.'
