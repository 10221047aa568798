import { mean } from './correlation.ts'
import { tQuantile, tTwoSided } from './distributions.ts'
import { type Spread, standardDeviation, variance } from './spread.ts'

/** Bounds on the scale of the values they were made from. */
export interface Bounds {
  readonly low: number
  readonly high: number
}

/** A t test of a difference of means, with the means it can hold against. */
export interface TTest {
  /** Mean of the candidate less mean of the baseline. */
  readonly difference: number
  readonly standardError: number
  readonly df: number
  /** Two-sided. */
  readonly p: number
}

/** mean ± t · spread / √n. With a spread of their own from two values on, with a borrowed one from one. */
export const tInterval = (values: readonly number[], level: number, borrowed?: Spread): Bounds | null => {
  const spread = borrowed ?? ownSpread(values)
  return spread === null ? null : around(mean(values), spread, 1 / values.length, level)
}

/** The same on logarithms, for positive values: bounds of their geometric mean. */
export const logTInterval = (values: readonly number[], level: number, borrowed?: Spread): Bounds | null => {
  const interval = tInterval(values.map(Math.log), level, borrowed)
  return interval && { low: Math.exp(interval.low), high: Math.exp(interval.high) }
}

/**
 * Where one further value of the same series will lie: mean ± t · s · √(1 + 1/k) of k earlier ones, on the scale of the
 * values (take logarithms of positive ones before).
 */
export const predictionInterval = (earlier: readonly number[], level: number, borrowed?: Spread): Bounds | null => {
  const spread = borrowed ?? ownSpread(earlier)
  return spread === null || earlier.length === 0 ? null : around(mean(earlier), spread, 1 + 1 / earlier.length, level)
}

const ownSpread = (values: readonly number[]): Spread | null =>
  values.length < 2 ? null : { sd: standardDeviation(values), df: values.length - 1 }

const around = (centre: number, { sd, df }: Spread, share: number, level: number): Bounds => {
  const reach = tQuantile((1 + level) / 2, df) * sd * Math.sqrt(share)
  return { low: centre - reach, high: centre + reach }
}

/**
 * Welch's test (Biometrika 34 (1947) 28) of at least two values on each side. Two sides without any spread have none:
 * null, because a p of 0 would claim to know more than two equal numbers say.
 */
export const welchTest = (baseline: readonly number[], candidate: readonly number[]): TTest | null => {
  const [left, right] = [variance(baseline) / baseline.length, variance(candidate) / candidate.length]
  if (left + right === 0) return null
  const df = (left + right) ** 2 / (left ** 2 / (baseline.length - 1) + right ** 2 / (candidate.length - 1))
  return tTestOf(mean(candidate) - mean(baseline), Math.sqrt(left + right), df)
}

/** The same with a borrowed spread, for sides of a single value. */
export const borrowedTest = (
  baseline: readonly number[],
  candidate: readonly number[],
  spread: Spread,
): TTest | null =>
  spread.sd === 0
    ? null
    : tTestOf(
        mean(candidate) - mean(baseline),
        spread.sd * Math.sqrt(1 / baseline.length + 1 / candidate.length),
        spread.df,
      )

/** Paired t test of at least two differences. */
export const pairedTTest = (differences: readonly number[]): TTest | null => {
  const error = standardDeviation(differences) / Math.sqrt(differences.length)
  return error === 0 ? null : tTestOf(mean(differences), error, differences.length - 1)
}

const tTestOf = (difference: number, standardError: number, df: number): TTest => ({
  difference,
  standardError,
  df,
  p: tTwoSided(difference / standardError, df),
})

/** The differences a t test does not rule out. */
export const boundsOf = ({ difference, standardError, df }: TTest, level: number): Bounds => {
  const reach = tQuantile((1 + level) / 2, df) * standardError
  return { low: difference - reach, high: difference + reach }
}
