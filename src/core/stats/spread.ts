import { mean, median } from './correlation.ts'

/** Standard deviation of a sample (divisor n - 1) of at least two values. */
export const standardDeviation = (values: readonly number[]): number => Math.sqrt(variance(values))

/** Variance of a sample (divisor n - 1) of at least two values. */
export const variance = (values: readonly number[]): number => {
  if (values.length < 2) throw new RangeError('The spread of fewer than two values is not defined')
  const centre = mean(values)
  return values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1)
}

/** A standard deviation and how many degrees of freedom it rests on. */
export interface Spread {
  readonly sd: number
  readonly df: number
}

/** Fewer degrees of freedom than this and a borrowed spread says nothing. */
export const FEWEST_DF = 3

/**
 * Spread inside groups that may have different levels: s² = Σ Σ (x - mean of its group)² / Σ (n - 1). What a group of
 * one value borrows its spread from; null where the groups together have fewer than three degrees of freedom.
 */
export const pooledSpread = (groups: readonly (readonly number[])[]): Spread | null => {
  const usable = groups.filter((group) => group.length >= 2)
  const df = usable.reduce((sum, group) => sum + group.length - 1, 0)
  if (df < FEWEST_DF) return null
  // In order of size, so that the order of groups does not change the last bit.
  const parts = usable.map((group) => variance([...group].sort(ascending)) * (group.length - 1)).sort(ascending)
  return { sd: Math.sqrt(parts.reduce((sum, part) => sum + part, 0) / df), df }
}

/** For `sort`: numbers from small to large. */
export const ascending = (left: number, right: number): number => left - right

/** Middle of the absolute distances from the middle. */
export const medianDeviation = (values: readonly number[]): number => {
  const centre = median(values)
  return median(values.map((value) => Math.abs(value - centre)))
}

const STRAGGLER_RATIO = 1.5
const STRAGGLER_Z = 5

/**
 * Whether positive measurements have a straggler: the largest is more than 1.5 times the middle, or some value has a
 * modified z of more than 5 (Iglewicz and Hoaglin, How to Detect and Handle Outliers (1993)). Such values are kept and
 * flagged, and the median is shown for them. Three values are the fewest that have one.
 */
export const hasStraggler = (values: readonly number[]): boolean => {
  if (values.length < 3) return false
  const centre = median(values)
  if (centre > 0 && Math.max(...values) > STRAGGLER_RATIO * centre) return true
  const deviation = medianDeviation(values)
  return deviation > 0 && values.some((value) => (0.6745 * Math.abs(value - centre)) / deviation > STRAGGLER_Z)
}
