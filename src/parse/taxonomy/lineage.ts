import { RANKS } from '../../core/profile/ranks.ts'

type Rank = (typeof RANKS)[number]

/** Taxids by rank along one lineage. */
export type Lineage = Partial<Readonly<Record<Rank, string>>>

/** The lineage down to `rank`, as profiles write it: one entry for each rank, empty where the lineage skips it. */
export const pathOf = (lineage: Lineage, rank: Rank): readonly string[] =>
  RANKS.slice(0, RANKS.indexOf(rank) + 1).map((one) => lineage[one] ?? '')

/** Letters tools use for ranks. Kingdom (K of Kraken 2) is none of the ranks that are compared. */
export const RANK_LETTERS: Readonly<Record<string, Rank>> = {
  D: 'superkingdom',
  P: 'phylum',
  C: 'class',
  O: 'order',
  F: 'family',
  G: 'genus',
  S: 'species',
  // Of the levels below species only the first, so that no read counts twice.
  S1: 'strain',
}

const PREFIXES = 'kpcofgst'

/** The rank a clade's name begins with: `s__Escherichia coli` is a species; `d__` and `k__` stand for one. */
export const rankOfPrefix = (clade: string): Rank | undefined => {
  const letter = /^([a-z])__/.exec(clade)?.[1]
  return letter === undefined ? undefined : letter === 'd' ? 'superkingdom' : RANKS[PREFIXES.indexOf(letter)]
}
