import type { MergedTaxids } from './scoring-options.ts'

/** Gives the taxid in use for one that may have been merged into another. */
export type CurrentTaxid = (taxid: string) => string

/** Follows merged taxids to the one in use; a circle ends where it closes. */
export const currentTaxids = (merged: MergedTaxids | null): CurrentTaxid => {
  const next = new Map(merged?.pairs)
  return (taxid) => {
    let current = taxid
    const seen = new Set<string>()
    for (let to = next.get(current); to !== undefined && !seen.has(current); to = next.get(current)) {
      seen.add(current)
      current = to
    }
    return current
  }
}
