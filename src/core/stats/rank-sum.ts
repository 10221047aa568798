import { median, ranks } from './correlation.ts'
import { normalCdf, normalQuantile } from './normal.ts'
import type { PermutationP } from './sign-flip.ts'
import { ascending } from './spread.ts'
import type { Bounds } from './t-interval.ts'

/** Up to so many values in all every split is counted; above, the law is taken as normal. */
const COUNTED = 100

/**
 * Mann-Whitney test (Ann. Math. Stat. 18 (1947) 50) that neither side tends to larger values, two-sided (twice the
 * smaller tail), exact given the ties.
 */
export const mannWhitneyTest = (left: readonly number[], right: readonly number[]): PermutationP => {
  const all = ranks([...left, ...right])
  const doubled = all.map((rank) => Math.round(2 * rank))
  const observed = doubled.slice(0, left.length).reduce((sum, rank) => sum + rank, 0)
  if (all.length > COUNTED) return { p: normalP(all, left.length, right.length, observed / 2), isExact: false }
  const law = rankSumCounts(doubled, left.length)
  let [below, above, total] = [0, 0, 0]
  for (const [sum, count] of law.entries()) {
    total += count
    if (sum <= observed) below += count
    if (sum >= observed) above += count
  }
  return { p: Math.min(1, (2 * Math.min(below, above)) / total), isExact: true }
}

/** How many choices of `size` of the numbers have each sum. */
const rankSumCounts = (numbers: readonly number[], size: number): Float64Array => {
  const largest = numbers.reduce((sum, value) => sum + value, 0)
  const bySize = Array.from({ length: size + 1 }, () => new Float64Array(largest + 1))
  const none = bySize[0]
  if (none) none[0] = 1
  let reached = 0
  for (const value of numbers) {
    reached += value
    for (let taken = size; taken >= 1; taken--) {
      const [fewer, these] = [bySize[taken - 1], bySize[taken]]
      if (!fewer || !these) continue
      for (let sum = reached; sum >= value; sum--) these[sum] = (these[sum] ?? 0) + (fewer[sum - value] ?? 0)
    }
  }
  return bySize[size] ?? new Float64Array(0)
}

const normalP = (all: readonly number[], n: number, m: number, rankSum: number): number => {
  const centre = (all.length + 1) / 2
  const squares = all.reduce((sum, rank) => sum + (rank - centre) ** 2, 0)
  if (squares === 0) return 1
  const sd = Math.sqrt((n * m * squares) / (all.length * (all.length - 1)))
  return Math.min(1, 2 * normalCdf(-Math.max(0, Math.abs(rankSum - n * centre) - 0.5) / sd))
}

/** Hodges-Lehmann shift of the candidate: the middle of all differences between the two sides. */
export const rankSumShift = (baseline: readonly number[], candidate: readonly number[]): number =>
  median(allDifferences(baseline, candidate))

/**
 * The shifts the Mann-Whitney test does not rule out (Hodges and Lehmann, Ann. Math. Stat. 34 (1963) 598): the k-th
 * smallest and largest difference, k the largest with P(U < k) <= (1 - level) / 2 without ties. Null when there are
 * too few values for the level.
 */
export const rankSumInterval = (
  baseline: readonly number[],
  candidate: readonly number[],
  level: number,
): Bounds | null => {
  const k = rankSumCut(baseline.length, candidate.length, (1 - level) / 2)
  const differences = allDifferences(baseline, candidate)
  const [low, high] = [differences[k - 1], differences[differences.length - k]]
  return low === undefined || high === undefined ? null : { low, high }
}

const rankSumCut = (n: number, m: number, tail: number): number => {
  if (n + m > COUNTED)
    return Math.floor((n * m) / 2 + normalQuantile(tail) * Math.sqrt((n * m * (n + m + 1)) / 12) + 0.5)
  const law = rankSumCounts(
    Array.from({ length: n + m }, (_, index) => index + 1),
    n,
  )
  const total = law.reduce((sum, count) => sum + count, 0)
  let [cumulative, k] = [0, 0]
  for (let sum = (n * (n + 1)) / 2; sum < law.length; sum++, k++) {
    cumulative += law[sum] ?? 0
    if (cumulative > tail * total) break
  }
  return k
}

const allDifferences = (baseline: readonly number[], candidate: readonly number[]): readonly number[] =>
  candidate.flatMap((after) => baseline.map((before) => after - before)).sort(ascending)
