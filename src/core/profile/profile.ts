/**
 * What a percentage is a share of. `sequence`: reads or bases, so that large genomes weigh more (Kraken 2, Bracken,
 * Kaiju). `taxonomic`: genome copies or cells (MetaPhlAn, mOTUs; the bioboxes profiling format by definition).
 * The two are different quantities: Sun et al., Nat. Methods 18 (2021) 618, doi:10.1038/s41592-021-01141-3.
 */
export const ABUNDANCE_TYPES = ['sequence', 'taxonomic'] as const
export type AbundanceType = (typeof ABUNDANCE_TYPES)[number]

/** `presence`: the percentages are no abundances at all, such as shares of assembled genomes; null: nothing says. */
export type StatedAbundance = AbundanceType | 'presence' | null

/** One row of a taxonomic profile. */
export interface ProfileTaxon {
  /** A string: NCBI numbers, `36874.1` for a strain without a number, or a GTDB name. */
  readonly taxid: string
  readonly rank: string
  /** Lineage from the highest rank to the taxon itself; an empty entry is a rank the lineage skips. */
  readonly path: readonly string[]
  /** Above 0; of the sample, so that the taxa of one rank share 100. */
  readonly percentage: number
  /** Reads, where the tool counts them. */
  readonly count: number | null
}

/** Which taxa make up one sample, rank by rank. No taxa is a statement: the tool ran and found nothing. */
export interface SampleProfile {
  /** Ranks the file declares, from the highest to the lowest. */
  readonly ranks: readonly string[]
  /** Each taxon once. */
  readonly taxa: readonly ProfileTaxon[]
  /** The taxonomy the file names, in its own words. */
  readonly taxonomy?: string
}

/** A profile as an output or a truth states it. */
export interface NamedProfile extends SampleProfile {
  /** Null when the file does not say which sample it is about. */
  readonly sample: string | null
  /** What the sample is called where nobody knows it by its name: the file without its ending. */
  readonly shortSample?: string
  /** What the file itself says its percentages are shares of, where it says anything. */
  readonly abundance?: AbundanceType
  readonly line: number
}

/** The known composition of each sample of a diversity-analysis dataset. */
export interface ProfileTruth {
  readonly samples: ReadonlyMap<string, SampleProfile>
  readonly abundance: AbundanceType
  /** sha256 of the file: part of the comparability key. */
  readonly sha256: string
}

/** What stands at one rank of a profile, in the order of the profile. */
export interface RankContents {
  readonly taxa: readonly ProfileTaxon[]
  readonly percentages: ReadonlyMap<string, number>
  /** Of `percentages`. */
  readonly sum: number
}

interface GrowingContents extends RankContents {
  readonly taxa: ProfileTaxon[]
  readonly percentages: Map<string, number>
  sum: number
}

const sorted = new WeakMap<SampleProfile, ReadonlyMap<string, RankContents>>()

// Each rank is asked for many times, so a profile is gone through once.
const byRank = (profile: SampleProfile): ReadonlyMap<string, RankContents> => {
  const known = sorted.get(profile)
  if (known !== undefined) return known
  const ranks = new Map<string, GrowingContents>()
  let last = ''
  let at: GrowingContents | undefined
  for (const taxon of profile.taxa) {
    if (taxon.rank !== last || at === undefined) {
      last = taxon.rank
      at = ranks.get(last)
      if (at === undefined) ranks.set(last, (at = { taxa: [], percentages: new Map(), sum: 0 }))
    }
    at.taxa.push(taxon)
    at.percentages.set(taxon.taxid, taxon.percentage)
    at.sum += taxon.percentage
  }
  sorted.set(profile, ranks)
  return ranks
}

/** What stands at one rank. */
export const contentsAt = (profile: SampleProfile, rank: string): RankContents => byRank(profile).get(rank) ?? NOTHING

const NOTHING: RankContents = { taxa: [], percentages: new Map(), sum: 0 }

/** Percentage by taxid at one rank. */
export const percentagesAt = (profile: SampleProfile, rank: string): ReadonlyMap<string, number> =>
  contentsAt(profile, rank).percentages

/** Sum of the percentages at one rank, or undefined where there are no taxa. */
export const sumAt = (profile: SampleProfile, rank: string): number | undefined => byRank(profile).get(rank)?.sum
