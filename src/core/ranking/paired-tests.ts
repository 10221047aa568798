import type { RandomSource } from '../stats/random.ts'

/** Up to this many differences every pattern of signs is looked at. */
const MOST_ENUMERATED = 16
const FLIPS = 10_000

/** Result of a sign-flip test. */
export interface SignFlipTest {
  /** Two-sided. */
  readonly p: number
  /** Whether every pattern of signs was looked at. */
  readonly isExact: boolean
}

/**
 * Paired permutation test of the mean difference: under the null hypothesis each difference could as well have the
 * other sign (Fisher, The Design of Experiments, 1935, §21). Exact up to 16 differences other than 0, from there on
 * (b + 1) / (B + 1) of 10,000 drawn patterns (Phipson and Smyth, Stat. Appl. Genet. Mol. Biol. 9 (2010) 39).
 */
export const signFlipTest = (differences: readonly number[], random: RandomSource): SignFlipTest => {
  // The sign of a zero changes nothing: without zeros the share of patterns is the same.
  const sizes = differences.filter((difference) => difference !== 0).map(Math.abs)
  const total = sizes.reduce((sum, size) => sum + size, 0)
  const observed = Math.abs(differences.reduce((sum, difference) => sum + difference, 0))
  // Sums in another order differ in their last digits.
  const limit = observed - 1e-12 * total
  return sizes.length <= MOST_ENUMERATED ? enumerated(sizes, total, limit) : drawn(sizes, total, limit, random)
}

/** All patterns in Gray-code order: from one to the next a single sign changes. */
const enumerated = (sizes: readonly number[], total: number, limit: number): SignFlipTest => {
  const patterns = 2 ** sizes.length
  const signs = new Int8Array(sizes.length).fill(1)
  let sum = total
  let extreme = 0
  for (let pattern = 1; pattern <= patterns; pattern++) {
    if (Math.abs(sum) >= limit) extreme++
    const flipped = 31 - Math.clz32(pattern & -pattern)
    const sign = signs[flipped] ?? 1
    sum -= 2 * sign * (sizes[flipped] ?? 0)
    signs[flipped] = -sign
  }
  return { p: extreme / patterns, isExact: true }
}

const drawn = (sizes: readonly number[], total: number, limit: number, random: RandomSource): SignFlipTest => {
  const values = Float64Array.from(sizes)
  let extreme = 0
  for (let flip = 0; flip < FLIPS; flip++) {
    let positive = 0
    let bits = 0
    for (let i = 0; i < values.length; i++) {
      if ((i & 31) === 0) bits = Math.floor(random() * 2 ** 32)
      positive += (bits & 1) * (values[i] ?? 0)
      bits >>>= 1
    }
    if (Math.abs(2 * positive - total) >= limit) extreme++
  }
  return { p: (extreme + 1) / (FLIPS + 1), isExact: false }
}

/** p-values adjusted for their number so that any wrong rejection stays below the level (Holm, Scand. J. Stat. 6 (1979) 65). */
export const holm = (p: readonly number[]): readonly number[] => {
  const order = p.map((value, index) => ({ value, index })).sort((a, b) => a.value - b.value || a.index - b.index)
  const adjusted = new Array<number>(p.length).fill(1)
  let least = 0
  for (const [place, { value, index }] of order.entries()) {
    least = Math.max(least, Math.min(1, (p.length - place) * value))
    adjusted[index] = least
  }
  return adjusted
}

/**
 * Rank correlation with correction for ties (Kendall, Biometrika 33 (1945) 239): (concordant - discordant) pairs over
 * the geometric mean of the pairs not tied on either side. Null when one list is constant.
 */
export const kendallTauB = (left: readonly number[], right: readonly number[]): number | null => {
  let agreement = 0
  let inLeft = 0
  let inRight = 0
  for (let a = 0; a < left.length; a++)
    for (let b = a + 1; b < left.length; b++) {
      const x = Math.sign((left[a] ?? 0) - (left[b] ?? 0))
      const y = Math.sign((right[a] ?? 0) - (right[b] ?? 0))
      agreement += x * y
      inLeft += x * x
      inRight += y * y
    }
  return inLeft === 0 || inRight === 0 ? null : agreement / Math.sqrt(inLeft * inRight)
}
