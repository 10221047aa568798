import { normalCdf } from './normal.ts'

/** Above so many values the law of the Mann-Kendall statistic is taken as normal. */
const COUNTED = 60

/** Kendall's tau-b (Biometrika 33 (1945) 239), corrected for ties; null when one side does not vary. */
export const kendallTauB = (left: readonly number[], right: readonly number[]): number | null => {
  let [agreement, leftPairs, rightPairs] = [0, 0, 0]
  eachPair(left.length, (i, j) => {
    const [x, y] = [Math.sign((left[j] ?? 0) - (left[i] ?? 0)), Math.sign((right[j] ?? 0) - (right[i] ?? 0))]
    agreement += x * y
    leftPairs += x * x
    rightPairs += y * y
  })
  return leftPairs === 0 || rightPairs === 0 ? null : agreement / Math.sqrt(leftPairs * rightPairs)
}

/**
 * Mann-Kendall test for a trend (Mann, Econometrica 13 (1945) 245), two-sided: exact up to 60 values without ties, else
 * normal with corrections for ties and continuity.
 */
export const mannKendallTest = (
  series: readonly number[],
): { readonly statistic: number; readonly p: number; readonly isExact: boolean } => {
  const n = series.length
  let statistic = 0
  eachPair(n, (i, j) => {
    statistic += Math.sign((series[j] ?? 0) - (series[i] ?? 0))
  })
  const ties = tieSizes(series)
  if (ties.length === 0 && n <= COUNTED) return { statistic, p: exactTrendP(n, statistic), isExact: true }
  const spread = (size: number): number => size * (size - 1) * (2 * size + 5)
  const variance = (spread(n) - ties.reduce((sum, size) => sum + spread(size), 0)) / 18
  const p = variance <= 0 ? 1 : Math.min(1, 2 * normalCdf(-Math.max(0, Math.abs(statistic) - 1) / Math.sqrt(variance)))
  return { statistic, p, isExact: false }
}

// Probabilities of each number of inversions of a random order, one value more at a time.
const exactTrendP = (n: number, statistic: number): number => {
  const pairs = (n * (n - 1)) / 2
  let law = [1]
  for (let size = 2; size <= n; size++) {
    const next = new Array<number>((size * (size - 1)) / 2 + 1).fill(0)
    for (const [inversions, probability] of law.entries())
      for (let added = 0; added < size; added++)
        next[inversions + added] = (next[inversions + added] ?? 0) + probability / size
    law = next
  }
  const inversions = (pairs - Math.abs(statistic)) / 2
  return Math.min(1, 2 * law.slice(0, inversions + 1).reduce((sum, probability) => sum + probability, 0))
}

const tieSizes = (values: readonly number[]): readonly number[] => {
  const sizes = new Map<number, number>()
  for (const value of values) sizes.set(value, (sizes.get(value) ?? 0) + 1)
  return [...sizes.values()].filter((size) => size > 1)
}

/** Theil-Sen slope (Sen, J. Am. Stat. Assoc. 63 (1968) 1379): the middle of the slopes of all pairs, for each step. */
export const theilSen = (series: readonly number[]): number => {
  const n = series.length
  // A typed array: a series of thousands has millions of pairs.
  const slopes = new Float64Array((n * (n - 1)) / 2)
  let next = 0
  eachPair(n, (i, j) => {
    slopes[next++] = ((series[j] ?? 0) - (series[i] ?? 0)) / (j - i)
  })
  const half = slopes.length >> 1
  const upper = smallestAt(slopes, half)
  // What is before the middle is not larger now: of an even number the other middle is the largest of it.
  return slopes.length % 2 === 1
    ? upper
    : (slopes.subarray(0, half).reduce((most, one) => Math.max(most, one), -Infinity) + upper) / 2
}

/**
 * The value that would stand at a place if the values were sorted (Hoare, Comm. ACM 4 (1961) 321). Afterwards no value
 * before that place is larger, and none behind it smaller. NaN where there is no such place.
 */
const smallestAt = (values: Float64Array, place: number): number => {
  let [left, right] = [0, values.length - 1]
  while (left < right) {
    const pivot = values[place] ?? 0
    let [low, high] = [left, right]
    while (low <= high) {
      while ((values[low] ?? 0) < pivot) low++
      while (pivot < (values[high] ?? 0)) high--
      if (low > high) break
      const moved = values[low] ?? 0
      values[low++] = values[high] ?? 0
      values[high--] = moved
    }
    if (high < place) left = low
    if (place < low) right = high
  }
  return values[place] ?? NaN
}

const eachPair = (n: number, visit: (i: number, j: number) => void): void => {
  for (let i = 0; i < n; i++) for (let j = i + 1; j < n; j++) visit(i, j)
}
