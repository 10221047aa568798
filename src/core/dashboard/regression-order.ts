import type { Regression } from './project-model.ts'

/** Newest first; of one run the largest step first, as a share of the larger level. */
export const newestThenLargest = (left: Regression, right: Regression): number =>
  left.at !== right.at ? (left.at < right.at ? 1 : -1) : sizeOf(right) - sizeOf(left) || (left.id < right.id ? -1 : 1)

const sizeOf = ({ before, after }: Regression): number => {
  const larger = Math.max(Math.abs(before), Math.abs(after))
  return larger === 0 ? 0 : Math.abs(after - before) / larger
}
