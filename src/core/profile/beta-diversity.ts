import { known, missing, type Quantity } from '../score.ts'
import { mean, pearson } from '../stats/correlation.ts'
import { abundanceErrors, type Percentages } from './abundance-errors.ts'

/** How unlike two samples of one side are at one rank. */
export type Distance = (left: Percentages, right: Percentages) => number

/** Bray-Curtis dissimilarity. Two samples without taxa are alike. */
export const brayCurtisDistance: Distance = (left, right) => abundanceErrors(left, right).brayCurtis.value ?? 0

/** 1 − shared taxa / taxa of either. Jaccard, New Phytol. 11 (1912) 37. Two samples without taxa are alike. */
export const jaccardDistance: Distance = (left, right) => {
  const shared = [...left.keys()].filter((taxid) => right.has(taxid)).length
  const either = left.size + right.size - shared
  return either === 0 ? 0 : 1 - shared / either
}

/**
 * Euclidean distance of the centred log-ratios over `taxa`, `pseudoCount` added to each abundance. Aitchison, J. R. Stat.
 * Soc. B 44 (1982) 139.
 */
export const aitchisonDistance =
  (taxa: readonly string[], pseudoCount: number): Distance =>
  (left, right) => {
    const logRatios = taxa.map((taxid) =>
      Math.log(((left.get(taxid) ?? 0) + pseudoCount) / ((right.get(taxid) ?? 0) + pseudoCount)),
    )
    if (logRatios.length === 0) return 0
    const centre = mean(logRatios)
    return Math.sqrt(logRatios.reduce((sum, ratio) => sum + (ratio - centre) ** 2, 0))
  }

/** Distances of every pair of samples, in one order. */
export const pairwise = (samples: readonly Percentages[], distance: Distance): readonly number[] =>
  samples.flatMap((left, index) => samples.slice(index + 1).map((right) => distance(left, right)))

/** Fewer samples have too few pairs for a correlation to mean anything. */
const FEWEST_SAMPLES = 3

/** How well distances between predicted samples reflect those between the true ones. */
export interface MatrixAgreement {
  /** Pearson correlation of the two distance matrices. Mantel, Cancer Res. 27 (1967) 209. */
  readonly mantel: Quantity
  /** Mean |predicted − true distance| over pairs. */
  readonly difference: Quantity
}

/** Compares two lists of pairwise distances among `samples` samples. */
export const matrixAgreement = (
  samples: number,
  truth: readonly number[],
  predicted: readonly number[],
): MatrixAgreement => {
  if (samples < FEWEST_SAMPLES) return bothMissing('too_few')
  const correlation = pearson(truth, predicted)
  return {
    mantel: correlation === null ? missing('undefined_0/0') : known(correlation),
    difference: known(mean(truth.map((distance, pair) => Math.abs((predicted[pair] ?? 0) - distance)))),
  }
}

/** No value for either number, for one reason. */
export const bothMissing = (reason: 'too_few' | 'not_applicable'): MatrixAgreement => ({
  mantel: missing(reason),
  difference: missing(reason),
})
