import type { ProfileTaxon } from '../../core/profile/profile.ts'

/** The taxa of one sample as they are read. Memory grows with the taxa that are there, not with the rows. */
export interface Taxa {
  /** Adds a row. Rows of one taxon are added up; those with 0 percent say nothing. */
  add(taxon: ProfileTaxon): void
  /** Adds a row of a taxon that is not known yet, of more than 0 percent: what `addTo` would not take. */
  addNew(taxon: ProfileTaxon): void
  /** Adds a row that needs no more than this, of a known taxon or of 0 percent; false for any other. */
  addTo(taxid: string, percentage: number, count: number | null): boolean
  /** In the order of their first rows. */
  list(): readonly ProfileTaxon[]
}

const SHORTEST_PART = 13
const isLong = (text: string): boolean => text.length >= SHORTEST_PART

// A loop, because there are eight entries for each of thousands of taxa.
const haveLong = (texts: readonly string[]): boolean => {
  for (let at = 0; at < texts.length; at++) if ((texts[at]?.length ?? 0) >= SHORTEST_PART) return true
  return false
}

/**
 * A text to keep. A part of a line keeps the whole block it was cut out of in memory, unless it is so short that V8
 * copies it.
 */
export const copyOf = (text: string): string => (isLong(text) ? Buffer.from(text).toString() : text)

export const createTaxa = (): Taxa => {
  const taxa = new Map<string, { -readonly [Key in keyof ProfileTaxon]: ProfileTaxon[Key] }>()
  const texts = new Map<string, string>()

  // The same copy for equal texts.
  const own = (text: string): string => {
    if (!isLong(text)) return text
    const known = texts.get(text)
    if (known !== undefined) return known
    const copy = copyOf(text)
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

  const addNew: Taxa['addNew'] = (taxon) => {
    const taxid = own(taxon.taxid)
    const path = haveLong(taxon.path) ? taxon.path.map(own) : taxon.path
    taxa.set(taxid, { taxid, rank: own(taxon.rank), path, percentage: taxon.percentage, count: taxon.count })
  }

  return {
    addTo,
    addNew,
    add: (taxon) => {
      if (!addTo(taxon.taxid, taxon.percentage, taxon.count)) addNew(taxon)
    },
    list: () => [...taxa.values()],
  }
}
