import { type ConfusionCounts, CONFUSION_FORMULAS } from '../metrics/confusion.ts'
import { known, missing, type Quantity } from '../score.ts'
import { abundanceErrors, type Percentages, sum } from './abundance-errors.ts'
import { type AlphaDiversity, alphaDiversity, chao1, errorsOf, statedShannon } from './alpha-diversity.ts'
import { percentagesAt, type ProfileTaxon, type SampleProfile, taxaAt } from './profile.ts'

/** A metric's id and its value. */
export type MetricValue = readonly [metric: string, quantity: Quantity]

const PRESENCE: readonly (readonly [metric: string, formula: string])[] = [
  ['completeness', 'sensitivity'],
  ['purity', 'precision'],
  ['f1_score', 'f1_score'],
  ['jaccard_index', 'jaccard_index'],
  ['true_positives', 'true_positives'],
  ['false_positives', 'false_positives'],
  ['false_negatives', 'false_negatives'],
]

/**
 * Every metric of one rank. A rank the prediction lacks is one where it found nothing: all of the truth is missed, and
 * only what describes the prediction itself has no value. Where the truth has no taxa only that has one.
 */
export const rankScores = (truth: SampleProfile, predicted: SampleProfile, rank: string): readonly MetricValue[] => {
  const [expected, found] = [percentagesAt(truth, rank), percentagesAt(predicted, rank)]
  const counts = countsOf(expected, found)
  const { l1, brayCurtis } = abundanceErrors(expected, found)
  const values: readonly MetricValue[] = [
    ['bray_curtis_distance', brayCurtis],
    ['l1_norm_error', l1],
    ...PRESENCE.map(([metric, formula]): MetricValue => [metric, CONFUSION_FORMULAS[formula]?.(counts) ?? NO_TRUTH]),
    ...alphaErrors(expected, found),
    ...chao1Errors(expected.size, taxaAt(predicted, rank)),
  ]
  const compared = expected.size > 0 ? values : values.map(([metric]): MetricValue => [metric, NO_TRUTH])
  return [...compared, ...descriptions(found)]
}

const NO_TRUTH = missing('no_truth')

/** The abundance errors of one rank, of sides whose ranks are scaled to 100. */
export const scaledErrors = (truth: SampleProfile, predicted: SampleProfile, rank: string): readonly MetricValue[] => {
  const [expected, found] = [percentagesAt(truth, rank), percentagesAt(predicted, rank)]
  const { l1, brayCurtis } =
    expected.size > 0 ? abundanceErrors(expected, found) : { l1: NO_TRUTH, brayCurtis: NO_TRUTH }
  return [
    ['bray_curtis_distance_normalized', brayCurtis],
    ['l1_norm_error_normalized', l1],
  ]
}

const countsOf = (expected: Percentages, found: Percentages): ConfusionCounts => {
  let truePositives = 0
  for (const taxid of found.keys()) if (expected.has(taxid)) truePositives++
  return {
    truePositives,
    falsePositives: found.size - truePositives,
    falseNegatives: expected.size - truePositives,
    trueNegatives: null,
    falsePositivesOutside: null,
    redundantHits: 0,
  }
}

/** What the prediction is like in itself, as OPAL states it. */
const descriptions = (found: Percentages): readonly MetricValue[] => {
  const absent = missing('rank_absent')
  const shannon = statedShannon([...found.values()])
  return [
    ['shannon_diversity', found.size === 0 ? absent : known(shannon)],
    ['shannon_equitability', found.size === 0 ? absent : known(found.size === 1 ? 0 : shannon / Math.log(found.size))],
    ['taxon_counts', known(found.size)],
    ['sum_of_abundances', known(sum(found) / 100)],
  ]
}

const ALPHA: readonly (readonly [name: string, read: (diversity: AlphaDiversity) => Quantity])[] = [
  ['shannon', ({ shannon }) => known(shannon)],
  ['simpson', ({ simpson }) => known(simpson)],
  ['inverse_simpson', ({ inverseSimpson }) => known(inverseSimpson)],
  ['pielou', ({ pielou }) => pielou],
]

const alphaErrors = (expected: Percentages, found: Percentages): readonly MetricValue[] => {
  const ofTruth = alphaDiversity([...expected.values()])
  const ofPrediction = alphaDiversity([...found.values()])
  return [
    ...bothErrors('richness', known(found.size), known(expected.size)),
    ...ALPHA.flatMap(([name, read]) =>
      bothErrors(
        name,
        ofPrediction === null ? missing('rank_absent') : read(ofPrediction),
        ofTruth === null ? NO_TRUTH : read(ofTruth),
      ),
    ),
  ]
}

// An estimate of how many taxa there really are, so it is held against how many there really are.
const chao1Errors = (richness: number, found: readonly ProfileTaxon[]): readonly MetricValue[] => {
  const counts = found.flatMap(({ count }) => (count === null ? [] : [count]))
  const isCounted = found.length > 0 && counts.length === found.length
  return bothErrors('chao1', isCounted ? known(chao1(counts)) : missing('no_prediction'), known(richness))
}

const bothErrors = (name: string, predicted: Quantity, truth: Quantity): readonly MetricValue[] => {
  const { absolute, relative } = errorsOf(predicted, truth)
  return [
    [`${name}_error`, absolute],
    [`${name}_relative_error`, relative],
  ]
}
