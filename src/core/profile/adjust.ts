import { type ProfileTaxon, type SampleProfile, sumsByRank } from './profile.ts'

/** Every rank scaled to 100. A rank without taxa stays empty. */
export const normalized = (profile: SampleProfile): SampleProfile => {
  const sums = sumsByRank(profile)
  return {
    ...profile,
    taxa: profile.taxa.map(({ taxid, rank, path, percentage, count }) => ({
      taxid,
      rank,
      path,
      percentage: (percentage / (sums.get(rank) ?? percentage)) * 100,
      count,
    })),
  }
}

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
