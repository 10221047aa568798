import { seededRandom } from '../stats/random.ts'
import { ENUMERATED, signFlipBounds, signFlipTest } from '../stats/sign-flip.ts'
import { hodgesLehmann, hodgesLehmannInterval } from '../stats/signed-rank.ts'
import { standardDeviation } from '../stats/spread.ts'
import { type Scale, steadyMean, toScale } from './difference-scale.ts'
import { EQUIVALENCE_LEVEL, type Evidence, LEVEL, statistic } from './evidence.ts'

/** Both values of one sample, repeats averaged. */
export interface Pair {
  readonly sample: string | null
  readonly baseline: number
  readonly candidate: number
}

/** Fewer common samples cannot reach p <= 0.05 by any exact test: 2 / 2^5 = 0.0625. */
export const FEWEST_PAIRS = 6
/** Above, all pairwise means are too many to look at. */
const MOST_FOR_SHIFT = 300

// Averaging three times 0.1 does not give 0.1: such a difference is none.
const ROUNDING = 1e-12

/** Differences sample by sample, on the scale; 0 where only the last bits differ. */
export const differencesOf = (pairs: readonly Pair[], scale: Scale): readonly number[] =>
  pairs.map(({ baseline, candidate }) =>
    Math.abs(candidate - baseline) <= ROUNDING * Math.max(Math.abs(baseline), Math.abs(candidate))
      ? 0
      : toScale(candidate, scale) - toScale(baseline, scale),
  )

/** Evidence of samples both sides have: the mean difference, its sign-flip test and the interval that test leaves. */
export const pairedEvidence = (pairs: readonly Pair[], scale: Scale, seed: bigint): Evidence => {
  const differences = differencesOf(pairs, scale)
  const m = differences.length
  const levels = {
    scale,
    unitOfAnalysis: 'samples' as const,
    difference: m === 0 ? null : steadyMean(differences),
    baseline: m === 0 ? null : steadyMean(pairs.map(({ baseline }) => toScale(baseline, scale))),
    candidate: m === 0 ? null : steadyMean(pairs.map(({ candidate }) => toScale(candidate, scale))),
    spread: m < 2 ? null : standardDeviation(differences),
  }
  const shift =
    m === 0 || m > MOST_FOR_SHIFT
      ? null
      : { shift: hodgesLehmann(differences), bounds: hodgesLehmannInterval(differences, LEVEL) }
  if (m < FEWEST_PAIRS)
    return {
      ...levels,
      ...{ outer: null, inner: null, p: null, shift },
      lacking: lackingOf(pairs),
      statistic: statistic({ method: 'none', m }),
    }
  const { p, isExact } = signFlipTest(differences, seededRandom(seed))
  const bounds = signFlipBounds(differences, seededRandom(seed))
  const isRandom = m > ENUMERATED
  return {
    ...levels,
    ...{ outer: bounds(LEVEL), inner: bounds(EQUIVALENCE_LEVEL), p, shift },
    lacking: null,
    statistic: statistic({
      method: isExact ? 'sign_flip_exact' : 'sign_flip_random',
      m,
      level: LEVEL,
      assumption: 'samples are independent; differences are symmetric when nothing changed',
      seed: isRandom ? String(seed) : null,
      warnings: tieWarning(differences),
    }),
  }
}

const lackingOf = (pairs: readonly Pair[]): string => {
  if (pairs.length === 0) return 'no common sample has a value'
  if (pairs.every(({ sample }) => sample === null)) return 'a single value of the whole data set cannot be tested'
  return `needs >= ${FEWEST_PAIRS} common samples, there ${pairs.length === 1 ? 'is' : 'are'} ${pairs.length}`
}

const tieWarning = (differences: readonly number[]): readonly string[] => {
  const ties = differences.filter((value) => value === 0).length
  return ties > 0 && ties < differences.length && ties / differences.length >= 0.3
    ? [`${ties} of ${differences.length} samples are unchanged, which costs power`]
    : []
}
