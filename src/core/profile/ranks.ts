/** Taxonomic ranks that profiles are compared at, from the highest to the lowest. */
export const RANKS = ['superkingdom', 'phylum', 'class', 'order', 'family', 'genus', 'species', 'strain'] as const

/** What tables show unless asked for more, most telling first. */
export const TABLE_RANKS: readonly string[] = ['species', 'genus']

/** What stands for the rank of a taxon in a profile whose file states taxa and no ranks. */
export const UNSTATED_RANK = 'not stated'

// NCBI renamed the highest rank in 2025 and gave viruses one of their own; GTDB and others always said domain.
const SYNONYMS: Readonly<Record<string, string>> = {
  domain: 'superkingdom',
  'acellular root': 'superkingdom',
  acellular_root: 'superkingdom',
}

/** The name this program uses for a rank; ranks it does not know keep theirs, in lower case. */
export const canonicalRank = (rank: string): string => {
  const name = rank.trim().toLowerCase()
  return SYNONYMS[name] ?? name
}

/**
 * Ranks in the order scores are kept in, the most telling first: who names no rank means the first one. Ranks that are
 * not among {@link RANKS} come last.
 */
export const byImportance = (ranks: readonly string[]): readonly string[] => {
  const upwards = [...RANKS].reverse().filter((rank) => !TABLE_RANKS.includes(rank) && rank !== 'strain')
  const order: readonly string[] = [...TABLE_RANKS, ...upwards, 'strain']
  const place = (rank: string): number => (order.includes(rank) ? order.indexOf(rank) : order.length)
  return [...ranks].sort((left, right) => place(left) - place(right))
}
