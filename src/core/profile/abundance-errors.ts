import { known, type Quantity, ratio } from '../score.ts'
import { scaledTo100 } from './adjust.ts'
import type { RankContents } from './profile.ts'

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
  // In the order of the truth, then of what only the prediction has: always the same, so that the last bit is too.
  let difference = 0
  truth.forEach((percentage, taxid) => {
    difference += Math.abs(percentage - (predicted.get(taxid) ?? 0))
  })
  predicted.forEach((percentage, taxid) => {
    if (!truth.has(taxid)) difference += percentage
  })
  return errorsOf(difference, sum(truth), sum(predicted))
}

/** How two sides differ at one rank. */
export interface RankDifference {
  /** Taxa of both. */
  readonly shared: number
  readonly stated: AbundanceErrors
  /** The same with the rank scaled to 100 on both sides. */
  readonly scaled: AbundanceErrors
}

/** All that is told of two sides by going through their taxa together, which is done once: there are thousands. */
export const rankDifference = (truth: RankContents, predicted: RankContents): RankDifference => {
  let shared = 0
  let [stated, scaled] = [0, 0]
  let [scaledTruth, scaledPrediction] = [0, 0]
  for (const { taxid, percentage } of truth.taxa) {
    const found = predicted.percentages.get(taxid)
    if (found !== undefined) shared++
    const share = scaledTo100(percentage, truth.sum)
    stated += Math.abs(percentage - (found ?? 0))
    scaled += Math.abs(share - (found === undefined ? 0 : scaledTo100(found, predicted.sum)))
    scaledTruth += share
  }
  for (const { taxid, percentage } of predicted.taxa) {
    const share = scaledTo100(percentage, predicted.sum)
    scaledPrediction += share
    if (truth.percentages.has(taxid)) continue
    stated += percentage
    scaled += share
  }
  return {
    shared,
    stated: errorsOf(stated, truth.sum, predicted.sum),
    scaled: errorsOf(scaled, scaledTruth, scaledPrediction),
  }
}

const errorsOf = (difference: number, ofTruth: number, ofPrediction: number): AbundanceErrors => ({
  l1: known(difference / 100),
  brayCurtis: ratio(difference, ofTruth + ofPrediction),
})

const sum = (percentages: Percentages): number => {
  let total = 0
  for (const percentage of percentages.values()) total += percentage
  return total
}
