/** Number of sign patterns of ranks 1..n whose positive ranks sum to each value, index = sum. Exact for n <= 50. */
export const signedRankCounts = (n: number): readonly number[] => {
  const counts = new Array<number>((n * (n + 1)) / 2 + 1).fill(0)
  counts[0] = 1
  for (let rank = 1; rank <= n; rank++)
    for (let sum = (rank * (rank + 1)) / 2; sum >= rank; sum--)
      counts[sum] = (counts[sum] ?? 0) + (counts[sum - rank] ?? 0)
  return counts
}

/**
 * Exact confidence interval of the pseudo-median by inverting the signed-rank test (Hodges and Lehmann, Ann. Math.
 * Stat. 34 (1963) 598): the k-th smallest and largest mean of two values (each value with itself too), k the largest
 * with P(W < k) <= (1 - confidence) / 2. Null when n is too small for the confidence.
 */
export const hodgesLehmannInterval = (
  values: readonly number[],
  confidence: number,
): { readonly low: number; readonly high: number } | null => {
  const counts = signedRankCounts(values.length)
  const limit = ((1 - confidence) / 2) * 2 ** values.length
  let cumulative = 0
  let k = 0
  while (k < counts.length && cumulative + (counts[k] ?? 0) <= limit) {
    cumulative += counts[k] ?? 0
    k++
  }
  const means = walshAverages(values)
  const low = means[k - 1]
  const high = means[means.length - k]
  return low === undefined || high === undefined ? null : { low, high }
}

/** Means of all pairs of values, each value paired with itself too, in ascending order. */
const walshAverages = (values: readonly number[]): readonly number[] =>
  values
    .flatMap((left, index) => values.slice(index).map((right) => (left + right) / 2))
    .sort((left, right) => left - right)
