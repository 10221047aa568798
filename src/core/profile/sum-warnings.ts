import { type SampleProfile, sumAt } from './profile.ts'
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
  'Abundance errors as stated count the missing share; those of scaled ranks (bray_curtis_distance_normalized, l1_norm_error_normalized) leave it out, and --normalize scales everything.'
const MOST_NAMED = 3

const sentence = (
  side: string,
  profiles: Profiles,
  samples: readonly string[],
  options: ProfileScoringOptions,
): readonly string[] => {
  const odd = samples.flatMap((sample) => {
    const profile = profiles.get(sample)
    const ranks = options.ranks.length > 0 ? options.ranks : (profile?.ranks ?? [])
    return byImportance(ranks).flatMap((rank) => {
      const sum = profile ? sumAt(profile, rank) : undefined
      return sum === undefined || Math.abs(sum - 100) <= TOLERANCE ? [] : [{ sample, rank, sum }]
    })
  })
  if (odd.length === 0) return []
  const stated = ({ rank, sum }: (typeof odd)[number]): string => `${sum.toFixed(1)} % at ${rank}`
  const fractions = odd.every(({ sum }) => sum <= 1.01) ? ' They look like fractions instead of percentages.' : ''
  if (samples.length === 1) return [`${side} does not sum to 100 %, but to ${odd.map(stated).join(', ')}.${fractions}`]
  const worst = odd.reduce((most, one) => (Math.abs(one.sum - 100) > Math.abs(most.sum - 100) ? one : most))
  const affectedRanks = [...new Set(odd.map(({ rank }) => rank))]
  const where = affectedRanks.length > MOST_NAMED ? `${affectedRanks.length} ranks` : affectedRanks.join(', ')
  const affected = new Set(odd.map(({ sample }) => sample)).size
  return [
    `${side} does not sum to 100 % at ${where} in ${affected} of ${samples.length} samples (furthest: ${stated(worst)} of ${worst.sample}).${fractions}`,
  ]
}
