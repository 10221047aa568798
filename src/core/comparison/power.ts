import { chiSquareQuantile, symmetricBetaQuantile, tQuantile } from '../stats/distributions.ts'
import { normalCdf } from '../stats/normal.ts'
import { POWER, reachableRepeats, reachableSamples } from './needed.ts'
import { FEWEST_PAIRS } from './paired-evidence.ts'
import { FEWEST_FOR_RANKS } from './repeat-evidence.ts'

const NODES = 48
const VARIANCE_RATIOS = 24

/**
 * Smallest difference that so many repeats on each side show in four of five cases, as a multiple of their standard
 * deviation (of logarithms, for times and sizes): Welch's test, averaged over how its degrees of freedom come out. Null
 * where no result of that many repeats passes the correction.
 */
export const detectableByRepeats = (repeats: number, tests = 1, alpha = 0.05): number | null => {
  if (repeats < 2 || (repeats >= FEWEST_FOR_RANKS && repeats < reachableRepeats(tests, alpha))) return null
  const level = alpha / Math.max(1, tests)
  const sums = midpoints(NODES, (p) => chiSquareQuantile(p, 2 * (repeats - 1)) / (2 * (repeats - 1)))
  // The share one side has in the sum of both variances decides Welch's degrees of freedom, and is independent of it.
  const limits = midpoints(VARIANCE_RATIOS, (p) => {
    const share = symmetricBetaQuantile(p, (repeats - 1) / 2)
    return tQuantile(1 - level / 2, (repeats - 1) / (share ** 2 + (1 - share) ** 2))
  })
  const noncentrality = smallestShown((shift) => meanPower(shift, sums, limits))
  return noncentrality * Math.sqrt(2 / repeats)
}

/**
 * Smallest mean difference that so many common samples show in four of five cases, as a multiple of the standard
 * deviation of the differences. Null where no result of that many samples passes the correction.
 */
export const detectableBySamples = (samples: number, tests = 1, alpha = 0.05): number | null => {
  if (samples < Math.max(FEWEST_PAIRS, reachableSamples(Math.max(1, tests), alpha))) return null
  const sums = midpoints(NODES, (p) => chiSquareQuantile(p, samples - 1) / (samples - 1))
  const limit = tQuantile(1 - alpha / Math.max(1, tests) / 2, samples - 1)
  return smallestShown((shift) => meanPower(shift, sums, [limit])) / Math.sqrt(samples)
}

const midpoints = (count: number, of: (p: number) => number): readonly number[] =>
  Array.from({ length: count }, (_, index) => of((index + 0.5) / count))

/** Chance that |T| passes its limit, over the laws of the variance and of the limit. */
const meanPower = (shift: number, variances: readonly number[], limits: readonly number[]): number => {
  let sum = 0
  for (const limit of limits)
    for (const variance of variances) {
      const edge = limit * Math.sqrt(variance)
      sum += normalCdf(shift - edge) + normalCdf(-shift - edge)
    }
  return sum / (variances.length * limits.length)
}

const smallestShown = (power: (shift: number) => number): number => {
  let [low, high] = [0, 4]
  while (power(high) < POWER) high *= 2
  for (let step = 0; step < 30; step++) {
    const middle = (low + high) / 2
    if (power(middle) >= POWER) high = middle
    else low = middle
  }
  return high
}

/** Common samples that one needs for Holm's correction, by the number of primary tests. */
export const reachabilityTable = (
  tests: readonly number[] = [1, 3, 5, 10, 20, 50],
  alpha = 0.05,
): readonly { readonly tests: number; readonly samples: number; readonly repeats: number }[] =>
  tests.map((count) => ({
    tests: count,
    samples: reachableSamples(count, alpha),
    repeats: reachableRepeats(count, alpha),
  }))
