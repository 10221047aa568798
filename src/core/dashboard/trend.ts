import { normalQuantile } from '../stats/normal.ts'

/** A straight line through levels over time that outliers do not bend. */
export interface Slope {
  /** Change in the metric's unit over the window's unit. */
  readonly slope: number
  readonly low: number
  readonly high: number
  readonly n: number
}

const FEWEST = 4
const LEVEL = 0.95

/**
 * Theil-Sen slope of values at times, with Sen's interval (J. Am. Stat. Assoc. 63 (1968) 1379): the middle of the slopes
 * of all pairs, and those so many places away from it as Kendall's statistic may stray. Null below four values, or where
 * all are of one time.
 */
export const slopeOf = (times: readonly number[], values: readonly number[]): Slope | null => {
  const n = values.length
  if (n < FEWEST) return null
  const slopes: number[] = []
  for (let i = 0; i < n; i++)
    for (let j = i + 1; j < n; j++) {
      const span = (times[j] ?? 0) - (times[i] ?? 0)
      if (span !== 0) slopes.push(((values[j] ?? 0) - (values[i] ?? 0)) / span)
    }
  if (slopes.length === 0) return null
  slopes.sort((left, right) => left - right)
  const reach = normalQuantile((1 + LEVEL) / 2) * Math.sqrt((n * (n - 1) * (2 * n + 5)) / 18)
  const at = (place: number): number => slopes[Math.max(0, Math.min(slopes.length - 1, place))] ?? 0
  const middle = (slopes.length - 1) / 2
  return {
    slope: (at(Math.floor(middle)) + at(Math.ceil(middle))) / 2,
    low: at(Math.floor((slopes.length - reach) / 2)),
    high: at(Math.ceil((slopes.length + reach) / 2)),
    n,
  }
}
