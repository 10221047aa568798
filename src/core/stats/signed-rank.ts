import { median, ranks } from './correlation.ts'
import { normalCdf, normalQuantile } from './normal.ts'
import type { PermutationP } from './sign-flip.ts'
import { ascending } from './spread.ts'
import type { Bounds } from './t-interval.ts'

/** Beyond this the law is taken as normal: counting every sum would take long, and the two agree to many digits. */
const COUNTED = 200

/** Number of sign patterns of ranks 1..n whose positive ranks sum to each value, index = sum. Exact for n <= 50. */
export const signedRankCounts = (n: number): readonly number[] => [
  ...subsetCounts(Array.from({ length: n }, (_, index) => index + 1)),
]

/** How many subsets of whole numbers have each sum. */
const subsetCounts = (numbers: readonly number[]): Float64Array => {
  const counts = new Float64Array(numbers.reduce((sum, value) => sum + value, 0) + 1)
  counts[0] = 1
  let reached = 0
  for (const value of numbers) {
    reached += value
    for (let sum = reached; sum >= value; sum--) counts[sum] = (counts[sum] ?? 0) + (counts[sum - value] ?? 0)
  }
  return counts
}

/** Wilcoxon's test (Biometrics Bull. 1 (1945) 80) and the sums of ranks it looks at. */
export interface SignedRankTest extends PermutationP {
  /** Sum of the ranks of positive differences, of negative ones. */
  readonly positive: number
  readonly negative: number
}

/**
 * Signed-rank test of differences symmetric around 0, two-sided (twice the smaller tail). Differences of 0 are left
 * out, ties share their mean rank, and the law is that of these very ranks.
 */
export const signedRankTest = (differences: readonly number[]): SignedRankTest => {
  const moved = differences.filter((value) => value !== 0)
  const sizes = ranks(moved.map(Math.abs))
  const positive = sizes.reduce((sum, rank, index) => sum + ((moved[index] ?? 0) > 0 ? rank : 0), 0)
  const total = (moved.length * (moved.length + 1)) / 2
  const sums = { positive, negative: total - positive }
  if (moved.length > COUNTED) {
    const variance = sizes.reduce((sum, rank) => sum + rank ** 2, 0) / 4
    const distance = Math.max(0, Math.abs(positive - total / 2) - 0.5)
    return { ...sums, p: Math.min(1, 2 * normalCdf(-distance / Math.sqrt(variance))), isExact: false }
  }
  // Twice the mean ranks are whole numbers.
  const counts = subsetCounts(sizes.map((rank) => Math.round(2 * rank)))
  const smaller = Math.round(2 * Math.min(positive, total - positive))
  let tail = 0
  for (let sum = 0; sum <= smaller; sum++) tail += counts[sum] ?? 0
  return { ...sums, p: Math.min(1, (2 * tail) / 2 ** moved.length), isExact: true }
}

/**
 * Matched-pairs rank-biserial correlation (Kerby, Compr. Psychol. 3 (2014) 11.IT.3.1): 1 when every sample moved up, -1
 * when every one moved down. Unchanged samples take the lowest ranks and pull it towards 0. Null without any sample.
 */
export const rankBiserial = (differences: readonly number[]): number | null => {
  if (differences.length === 0) return null
  const sizes = ranks(differences.map(Math.abs))
  const signed = sizes.reduce((sum, rank, index) => sum + Math.sign(differences[index] ?? 0) * rank, 0)
  return signed / ((differences.length * (differences.length + 1)) / 2)
}

/** Hodges-Lehmann shift: the middle of the means of all pairs of differences. */
export const hodgesLehmann = (differences: readonly number[]): number => median(walshAverages(differences))

/**
 * Exact confidence interval of the pseudo-median by inverting the signed-rank test (Hodges and Lehmann, Ann. Math.
 * Stat. 34 (1963) 598): the k-th smallest and largest mean of two values (each value with itself too), k the largest
 * with P(W < k) <= (1 - confidence) / 2. Null when n is too small for the confidence.
 */
export const hodgesLehmannInterval = (values: readonly number[], confidence: number): Bounds | null => {
  const k = signedRankCut(values.length, (1 - confidence) / 2)
  const means = walshAverages(values)
  const low = means[k - 1]
  const high = means[means.length - k]
  return low === undefined || high === undefined ? null : { low, high }
}

const signedRankCut = (n: number, tail: number): number => {
  if (n > COUNTED) {
    const sd = Math.sqrt((n * (n + 1) * (2 * n + 1)) / 24)
    return Math.floor((n * (n + 1)) / 4 + normalQuantile(tail) * sd + 0.5)
  }
  const counts = signedRankCounts(n)
  const limit = tail * 2 ** n
  let cumulative = 0
  let k = 0
  while (k < counts.length && cumulative + (counts[k] ?? 0) <= limit) {
    cumulative += counts[k] ?? 0
    k++
  }
  return k
}

/** Means of all pairs of values, each value paired with itself too, in ascending order. */
const walshAverages = (values: readonly number[]): readonly number[] =>
  values.flatMap((left, index) => values.slice(index).map((right) => (left + right) / 2)).sort(ascending)
