import { type ProfileTaxon, type SampleProfile, sumAt } from './profile.ts'

/** Every rank scaled to 100. A rank without taxa stays empty. */
export const normalized = (profile: SampleProfile): SampleProfile => ({
  ...profile,
  taxa: profile.taxa.map(({ taxid, rank, path, percentage, count }) => ({
    taxid,
    rank,
    path,
    percentage: scaledTo100(percentage, sumAt(profile, rank) ?? percentage),
    count,
  })),
})

/** A percentage of a rank that sums to `sum`, scaled so that the rank sums to 100. */
export const scaledTo100 = (percentage: number, sum: number): number => (percentage / sum) * 100

/**
 * Without the rare tail of each rank: from the rarest on, taxa are dropped as long as their sum stays within `points`
 * percentage points. Of equally rare taxa the first in the file goes first.
 */
export const withoutTail = (profile: SampleProfile, points: number): SampleProfile => {
  const sums = new Map<string, number>()
  const kept = new Set<ProfileTaxon>()
  for (const taxon of [...profile.taxa].sort((left, right) => left.percentage - right.percentage)) {
    const sum = (sums.get(taxon.rank) ?? 0) + taxon.percentage
    sums.set(taxon.rank, sum)
    if (sum > points) kept.add(taxon)
  }
  return { ...profile, taxa: profile.taxa.filter((taxon) => kept.has(taxon)) }
}
