import { type SampleProfile, sumsByRank } from './profile.ts'
import { byImportance } from './ranks.ts'
import type { ProfileScoringOptions } from './scoring-options.ts'

/** Sums this close to 100 % are rounding. */
const TOLERANCE = 0.1

type Profiles = ReadonlyMap<string, SampleProfile | null>

/**
 * What to say of a truth whose ranks do not sum to 100 %: abundance errors then measure the missing share too. One
 * sentence, however many samples and ranks there are; nothing when every rank is scaled.
 */
export const truthSumWarnings = (
  truth: Profiles,
  samples: readonly string[],
  options: ProfileScoringOptions,
): readonly string[] =>
  options.normalize ? [] : sentence('The truth', truth, samples, options).map((text) => `${text} ${ADVICE}`)

/** The same of a prediction. */
export const predictionSumWarnings = (
  predictions: Profiles,
  samples: readonly string[],
  options: ProfileScoringOptions,
): readonly string[] => (options.normalize ? [] : sentence('The prediction', predictions, samples, options))

const ADVICE =
  'Abundance errors count the missing share; scaling every rank to 100 (benchmark score --normalize) leaves it out.'
const MOST_NAMED = 3

const sentence = (
  side: string,
  profiles: Profiles,
  samples: readonly string[],
  options: ProfileScoringOptions,
): readonly string[] => {
  const odd = samples.flatMap((sample) => {
    const profile = profiles.get(sample)
    const sums = profile ? sumsByRank(profile) : new Map<string, number>()
    const ranks = options.ranks.length > 0 ? options.ranks : (profile?.ranks ?? [])
    return byImportance(ranks).flatMap((rank) => {
      const sum = sums.get(rank)
      return sum === undefined || Math.abs(sum - 100) <= TOLERANCE ? [] : [{ sample, rank, sum }]
    })
  })
  const worst = odd.reduce<(typeof odd)[number] | null>(
    (most, one) => (most === null || Math.abs(one.sum - 100) > Math.abs(most.sum - 100) ? one : most),
    null,
  )
  if (worst === null) return []
  const affectedRanks = [...new Set(odd.map(({ rank }) => rank))]
  const where = affectedRanks.length > MOST_NAMED ? `${affectedRanks.length} ranks` : affectedRanks.join(', ')
  const affected = new Set(odd.map(({ sample }) => sample)).size
  const which = samples.length === 1 ? '' : ` in ${affected} of ${samples.length} samples`
  const example = `${worst.sum.toFixed(1)} % at ${worst.rank}${samples.length === 1 ? '' : ` of ${worst.sample}`}`
  return [`${side} does not sum to 100 % at ${where}${which} (furthest: ${example}).`]
}
