import { known, type Quantity, ratio } from '../score.ts'

/** Percentage by taxid at one rank. */
export type Percentages = ReadonlyMap<string, number>

/** Σ|g − p| / 100 over the taxa of both sides, 0 to 2 for sides that sum to 100. OPAL: L1 norm error. */
export const l1NormError = (truth: Percentages, predicted: Percentages): Quantity =>
  known(absoluteDifference(truth, predicted) / 100)

/** Σ|g − p| / Σ(g + p) over the taxa of both sides; undefined when both are empty. OPAL: Bray-Curtis distance. */
export const brayCurtis = (truth: Percentages, predicted: Percentages): Quantity =>
  ratio(absoluteDifference(truth, predicted), sum(truth) + sum(predicted))

export const sum = (percentages: Percentages): number => {
  let total = 0
  for (const percentage of percentages.values()) total += percentage
  return total
}

// In the order of the truth, then of what only the prediction has: always the same, so that the last bit is too.
const absoluteDifference = (truth: Percentages, predicted: Percentages): number => {
  let difference = 0
  for (const [taxid, percentage] of truth) difference += Math.abs(percentage - (predicted.get(taxid) ?? 0))
  for (const [taxid, percentage] of predicted) if (!truth.has(taxid)) difference += percentage
  return difference
}
