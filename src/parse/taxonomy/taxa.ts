import type { ProfileTaxon } from '../../core/profile/profile.ts'

/** The taxa of one sample as they are read. */
export interface Taxa {
  /** Adds a row. Rows of one taxon are added up; those with 0 percent say nothing. */
  add(taxon: ProfileTaxon): void
  /** In the order of their first rows. */
  list(): readonly ProfileTaxon[]
}

export const createTaxa = (): Taxa => {
  const taxa = new Map<string, ProfileTaxon>()
  return {
    add: (taxon) => {
      if (taxon.percentage === 0) return
      const before = taxa.get(taxon.taxid)
      taxa.set(
        taxon.taxid,
        before === undefined
          ? taxon
          : {
              ...before,
              percentage: before.percentage + taxon.percentage,
              count: before.count === null || taxon.count === null ? null : before.count + taxon.count,
            },
      )
    },
    list: () => [...taxa.values()],
  }
}
