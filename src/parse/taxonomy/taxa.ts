import type { ProfileTaxon } from '../../core/profile/profile.ts'

/** The taxa of one sample as they are read. Memory grows with the taxa that are there, not with the rows. */
export interface Taxa {
  /** Adds a row. Rows of one taxon are added up; those with 0 percent say nothing. */
  add(taxon: ProfileTaxon): void
  /** Adds a row that needs no more than this, of a known taxon or of 0 percent; false for any other. */
  addTo(taxid: string, percentage: number, count: number | null): boolean
  /** In the order of their first rows. */
  list(): readonly ProfileTaxon[]
}

const SHORTEST_PART = 13

export const createTaxa = (): Taxa => {
  const taxa = new Map<string, { -readonly [Key in keyof ProfileTaxon]: ProfileTaxon[Key] }>()
  const texts = new Map<string, string>()

  // A part of a line keeps the whole block it was cut out of in memory, unless it is so short that V8 copies it; this
  // is a copy, the same one for equal texts.
  const own = (text: string): string => {
    if (text.length < SHORTEST_PART) return text
    const known = texts.get(text)
    if (known !== undefined) return known
    const copy = Buffer.from(text).toString()
    texts.set(copy, copy)
    return copy
  }

  const addTo: Taxa['addTo'] = (taxid, percentage, count) => {
    if (percentage === 0) return true
    const known = taxa.get(taxid)
    if (known === undefined) return false
    known.percentage += percentage
    known.count = known.count === null || count === null ? null : known.count + count
    return true
  }

  return {
    addTo,
    add: ({ taxid, rank, path, percentage, count }) => {
      if (addTo(taxid, percentage, count)) return
      taxa.set(own(taxid), { taxid: own(taxid), rank: own(rank), path: path.map(own), percentage, count })
    },
    list: () => [...taxa.values()],
  }
}
