/** Pearson correlation of two equally long lists, or null when one of them does not vary. */
export const pearson = (left: readonly number[], right: readonly number[]): number | null => {
  const leftMean = mean(left)
  const rightMean = mean(right)
  let shared = 0
  let ofLeft = 0
  let ofRight = 0
  for (const [index, value] of left.entries()) {
    const x = value - leftMean
    const y = (right[index] ?? NaN) - rightMean
    shared += x * y
    ofLeft += x * x
    ofRight += y * y
  }
  // Constant lists leave rounding dust instead of an exact zero.
  const dust = 1e-24
  if (ofLeft <= dust * (1 + leftMean ** 2) * left.length || ofRight <= dust * (1 + rightMean ** 2) * right.length)
    return null
  return Math.min(1, Math.max(-1, shared / Math.sqrt(ofLeft * ofRight)))
}

/** Spearman correlation: Pearson correlation of ranks, ties sharing their mean rank. */
export const spearman = (left: readonly number[], right: readonly number[]): number | null =>
  pearson(ranks(left), ranks(right))

/** Ranks from 1; equal values share the mean of their ranks. */
export const ranks = (values: readonly number[]): readonly number[] => {
  const order = values.map((value, index) => ({ value, index })).sort((a, b) => a.value - b.value)
  const result = new Array<number>(values.length).fill(0)
  for (let from = 0; from < order.length;) {
    let to = from
    while (to + 1 < order.length && order[to + 1]?.value === order[from]?.value) to++
    for (const { index } of order.slice(from, to + 1)) result[index] = (from + to) / 2 + 1
    from = to + 1
  }
  return result
}

/** Arithmetic mean of at least one value. */
export const mean = (values: readonly number[]): number => {
  if (values.length === 0) throw new RangeError('The mean of no values is not defined')
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** Middle value, or the mean of the two middle ones, of at least one value. */
export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  const upper = sorted[Math.floor(sorted.length / 2)]
  const lower = sorted[Math.ceil(sorted.length / 2) - 1]
  if (upper === undefined || lower === undefined) throw new RangeError('The median of no values is not defined')
  return (lower + upper) / 2
}
