import { type ConfusionCounts, CONFUSION_FORMULAS } from '../metrics/confusion.ts'
import { known, missing, type Quantity } from '../score.ts'
import { rankDifference } from './abundance-errors.ts'
import { type AlphaDiversity, alphaDiversity, chao1, errorsOf, statedShannon } from './alpha-diversity.ts'
import { contentsAt, type ProfileTaxon, type RankContents } from './profile.ts'
import type { ProfilePair } from './variants.ts'

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
 * only what describes the prediction itself has no value. Where the truth has no taxa only that has one. `scaled` is what
 * the errors of scaled ranks are of, where that is not the two sides themselves with every rank scaled.
 */
export const rankScores = (pair: ProfilePair, rank: string, scaled: ProfilePair | null): readonly MetricValue[] => {
  const [expected, found] = [contentsAt(pair.truth, rank), contentsAt(pair.predicted, rank)]
  const difference = rankDifference(expected, found)
  const counts = countsOf(expected, found, difference.shared)
  const ofScaled =
    scaled === null
      ? difference.scaled
      : rankDifference(contentsAt(scaled.truth, rank), contentsAt(scaled.predicted, rank)).stated
  const amounts = amountsOf(found)
  const values: readonly MetricValue[] = [
    ['bray_curtis_distance', difference.stated.brayCurtis],
    ['l1_norm_error', difference.stated.l1],
    ...PRESENCE.map(([metric, formula]): MetricValue => [metric, CONFUSION_FORMULAS[formula]?.(counts) ?? NO_TRUTH]),
    ...alphaErrors(amountsOf(expected), amounts),
    ...chao1Errors(expected.taxa.length, found.taxa),
  ]
  const compared = (some: readonly MetricValue[]): readonly MetricValue[] =>
    expected.taxa.length > 0 ? some : some.map(([metric]): MetricValue => [metric, NO_TRUTH])
  return [
    ...compared(values),
    ...descriptions(found, amounts),
    ...compared([
      ['bray_curtis_distance_normalized', ofScaled.brayCurtis],
      ['l1_norm_error_normalized', ofScaled.l1],
    ]),
  ]
}

const NO_TRUTH = missing('no_truth')

const amountsOf = ({ taxa }: RankContents): readonly number[] => taxa.map(({ percentage }) => percentage)

const countsOf = (expected: RankContents, found: RankContents, truePositives: number): ConfusionCounts => ({
  truePositives,
  falsePositives: found.taxa.length - truePositives,
  falseNegatives: expected.taxa.length - truePositives,
  trueNegatives: null,
  falsePositivesOutside: null,
  redundantHits: 0,
})

/** What the prediction is like in itself, as OPAL states it. */
const descriptions = (found: RankContents, amounts: readonly number[]): readonly MetricValue[] => {
  const absent = missing('rank_absent')
  const shannon = statedShannon(amounts)
  const taxa = amounts.length
  return [
    ['shannon_diversity', taxa === 0 ? absent : known(shannon)],
    ['shannon_equitability', taxa === 0 ? absent : known(taxa === 1 ? 0 : shannon / Math.log(taxa))],
    ['taxon_counts', known(taxa)],
    ['sum_of_abundances', known(found.sum / 100)],
  ]
}

const ALPHA: readonly (readonly [name: string, read: (diversity: AlphaDiversity) => Quantity])[] = [
  ['shannon', ({ shannon }) => known(shannon)],
  ['simpson', ({ simpson }) => known(simpson)],
  ['inverse_simpson', ({ inverseSimpson }) => known(inverseSimpson)],
  ['pielou', ({ pielou }) => pielou],
]

const alphaErrors = (expected: readonly number[], found: readonly number[]): readonly MetricValue[] => {
  const ofTruth = alphaDiversity(expected)
  const ofPrediction = alphaDiversity(found)
  return [
    ...bothErrors('richness', known(found.length), known(expected.length)),
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
  const counts = found.map(({ count }) => count).filter((count) => count !== null)
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
