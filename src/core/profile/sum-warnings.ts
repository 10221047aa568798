import { type SampleProfile, sumsByRank } from './profile.ts'

/** Sums this close to 100 % are rounding. */
const TOLERANCE = 0.1

interface Sides {
  readonly truth: ReadonlyMap<string, SampleProfile>
  readonly predictions: ReadonlyMap<string, SampleProfile | null>
  readonly samples: readonly string[]
  readonly ranks: readonly string[]
}

/**
 * What to say of profiles whose ranks do not sum to 100 %: abundance errors then measure the missing share too. One
 * sentence for each side, however many samples and ranks there are.
 */
export const sumWarnings = ({ truth, predictions, samples, ranks }: Sides): readonly string[] => [
  ...sentence('The truth', truth, samples, ranks).map((text) => `${text} ${ADVICE}`),
  ...sentence('The prediction', predictions, samples, ranks),
]

const ADVICE = 'Abundance errors count the missing share; scaling every rank to 100 (--normalize) leaves it out.'
const MOST_NAMED = 3

const sentence = (
  side: string,
  profiles: ReadonlyMap<string, SampleProfile | null>,
  samples: readonly string[],
  ranks: readonly string[],
): readonly string[] => {
  const odd = samples.flatMap((sample) => {
    const profile = profiles.get(sample)
    const sums = profile ? sumsByRank(profile) : new Map<string, number>()
    return ranks.flatMap((rank) => {
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
