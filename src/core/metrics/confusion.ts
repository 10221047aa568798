import { known, missing, type Quantity, ratio } from '../score.ts'

/** What was counted in one sample (or summed over samples) at one match level. */
export interface ConfusionCounts {
  readonly truePositives: number
  /** All of them, inside and outside the universe. */
  readonly falsePositives: number
  readonly falseNegatives: number
  /** Null when no universe was declared: then nothing can be a true negative. */
  readonly trueNegatives: number | null
  /** Those of `falsePositives` that the universe does not contain; null without a universe. */
  readonly falsePositivesOutside: number | null
  /** Further report rows (row and key pairs) that only repeated a key. */
  readonly redundantHits: number
}

type Formula = (counts: ConfusionCounts) => Quantity

const sensitivity: Formula = ({ truePositives, falseNegatives }) => ratio(truePositives, truePositives + falseNegatives)

const precision: Formula = ({ truePositives, falsePositives }) => ratio(truePositives, truePositives + falsePositives)

/** Runs a formula that needs true negatives; false positives outside the universe do not reach it. */
const inUniverse =
  (formula: (tp: number, fp: number, fn: number, tn: number) => Quantity): Formula =>
  ({ truePositives, falsePositives, falseNegatives, trueNegatives, falsePositivesOutside }) =>
    trueNegatives === null || falsePositivesOutside === null
      ? missing('no_universe')
      : formula(truePositives, falsePositives - falsePositivesOutside, falseNegatives, trueNegatives)

const specificity = inUniverse((_tp, fp, _fn, tn) => ratio(tn, tn + fp))

const complement =
  (formula: Formula): Formula =>
  (counts) => {
    const quantity = formula(counts)
    return quantity.value === null ? quantity : known(1 - quantity.value)
  }

const balancedAccuracy: Formula = (counts) => {
  const ofPositives = sensitivity(counts)
  const ofNegatives = specificity(counts)
  if (ofPositives.value === null) return ofPositives
  if (ofNegatives.value === null) return ofNegatives
  return known((ofPositives.value + ofNegatives.value) / 2)
}

// B. W. Matthews, Biochim. Biophys. Acta 405 (1975) 442-451.
const matthews = inUniverse((tp, fp, fn, tn) => {
  // Four square roots instead of one of the product: the product of four large counts leaves the exact integers.
  const scale = Math.sqrt(tp + fp) * Math.sqrt(tp + fn) * Math.sqrt(tn + fp) * Math.sqrt(tn + fn)
  return scale === 0 ? missing('undefined_0/0') : known(clamp(-1, (tp * tn - fp * fn) / scale, 1))
})

const clamp = (low: number, value: number, high: number): number => Math.min(high, Math.max(low, value))

/** Every classification metric as a function of the counts, in the order tables list them. */
export const CONFUSION_FORMULAS: Readonly<Record<string, Formula>> = {
  sensitivity,
  precision,
  specificity,
  npv: inUniverse((_tp, _fp, fn, tn) => ratio(tn, tn + fn)),
  f1_score: ({ truePositives: tp, falsePositives: fp, falseNegatives: fn }) => ratio(2 * tp, 2 * tp + fp + fn),
  jaccard_index: ({ truePositives: tp, falsePositives: fp, falseNegatives: fn }) => ratio(tp, tp + fp + fn),
  accuracy: inUniverse((tp, fp, fn, tn) => ratio(tp + tn, tp + fp + fn + tn)),
  balanced_accuracy: balancedAccuracy,
  mcc: matthews,
  fdr: complement(precision),
  fnr: complement(sensitivity),
  fpr: complement(specificity),
  true_positives: ({ truePositives }) => known(truePositives),
  false_positives: ({ falsePositives }) => known(falsePositives),
  false_negatives: ({ falseNegatives }) => known(falseNegatives),
  true_negatives: ({ trueNegatives }) => (trueNegatives === null ? missing('no_universe') : known(trueNegatives)),
  redundant_hits: ({ redundantHits }) => known(redundantHits),
  fp_outside_universe: ({ falsePositivesOutside }) =>
    falsePositivesOutside === null ? missing('no_universe') : known(falsePositivesOutside),
}
