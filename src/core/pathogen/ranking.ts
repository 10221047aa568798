import { curveOf } from '../amr/precision-recall.ts'
import { known, missing, type Quantity } from '../score.ts'
import { median, ranks } from '../stats/correlation.ts'

/** A taxon, how much of it was reported (0 = nothing), and whether it is truly there. */
export interface RankedTaxon {
  readonly score: number
  readonly isTrue: boolean
}

/** Area under the precision-recall steps; a true taxon that was not reported is never retrieved. */
export const averagePrecision = (taxa: readonly RankedTaxon[]): Quantity =>
  curveOf(
    taxa.filter(({ score }) => score > 0),
    taxa.filter(({ isTrue }) => isTrue).length,
  ).averagePrecision

/**
 * Probability that a taxon that is there has a higher score than one that is not, ties counting half: the statistic of
 * Mann and Whitney, Ann. Math. Stat. 18 (1947) 50, over the product of the two numbers.
 */
export const areaUnderRoc = (taxa: readonly RankedTaxon[]): Quantity => {
  const places = ranks(taxa.map(({ score }) => score))
  const positives = taxa.filter(({ isTrue }) => isTrue).length
  const negatives = taxa.length - positives
  if (positives === 0 || negatives === 0) return missing('undefined_0/0')
  const sum = taxa.reduce((total, { isTrue }, index) => (isTrue ? total + (places[index] ?? 0) : total), 0)
  return known((sum - (positives * (positives + 1)) / 2) / (positives * negatives))
}

/**
 * Place of a true taxon in the list of calls, most abundant first, as somebody meets it who reads the list from the
 * top: 1 + the wrong ones above it, ties counting half. Other true taxa do not push it down. Median over those found.
 */
export const placeOfTrue = (calls: readonly RankedTaxon[]): Quantity => {
  const wrong = calls.filter(({ isTrue }) => !isTrue)
  const places = calls
    .filter(({ isTrue }) => isTrue)
    .map(({ score }) => {
      const above = wrong.filter((other) => other.score > score).length
      return 1 + above + wrong.filter((other) => other.score === score).length / 2
    })
  return places.length === 0 ? missing('no_prediction') : known(median(places))
}
