import { known, type Quantity, ratio } from '../score.ts'

/** Percentage by taxid at one rank. */
export type Percentages = ReadonlyMap<string, number>

/** Two ways to say how far abundances are from the true ones. */
export interface AbundanceErrors {
  /** Σ|g − p| / 100 over the taxa of both sides, 0 to 2 for sides that sum to 100. OPAL: L1 norm error. */
  readonly l1: Quantity
  /** Σ|g − p| / Σ(g + p) over the taxa of both sides; undefined when both are empty. OPAL: Bray-Curtis distance. */
  readonly brayCurtis: Quantity
}

export const abundanceErrors = (truth: Percentages, predicted: Percentages): AbundanceErrors => {
  const difference = absoluteDifference(truth, predicted)
  return { l1: known(difference / 100), brayCurtis: ratio(difference, sum(truth) + sum(predicted)) }
}

export const sum = (percentages: Percentages): number => {
  let total = 0
  for (const percentage of percentages.values()) total += percentage
  return total
}

// In the order of the truth, then of what only the prediction has: always the same, so that the last bit is too.
const absoluteDifference = (truth: Percentages, predicted: Percentages): number => {
  let difference = 0
  truth.forEach((percentage, taxid) => {
    difference += Math.abs(percentage - (predicted.get(taxid) ?? 0))
  })
  predicted.forEach((percentage, taxid) => {
    if (!truth.has(taxid)) difference += percentage
  })
  return difference
}
