import type { Percentages } from './abundance-errors.ts'
import {
  aitchisonDistance,
  bothMissing,
  brayCurtisDistance,
  type Distance,
  jaccardDistance,
  type MatrixAgreement,
  matrixAgreement,
  pairwise,
} from './beta-diversity.ts'
import { percentagesAt } from './profile.ts'
import type { MetricValue } from './rank-scores.ts'
import type { ProfilePair } from './variants.ts'

/**
 * Whether the samples of a dataset differ from each other in the prediction as they do in truth, at one rank. Only
 * samples that have true taxa at this rank take part; fewer than three are `too_few`.
 */
export const betaScores = (
  pairs: readonly ProfilePair[],
  rank: string,
  pseudoCount: number | null,
): readonly MetricValue[] => {
  const sides = pairs
    .map(({ truth, predicted }) => ({ truth: percentagesAt(truth, rank), predicted: percentagesAt(predicted, rank) }))
    .filter(({ truth }) => truth.size > 0)
  const [truths, predictions] = [sides.map(({ truth }) => truth), sides.map(({ predicted }) => predicted)]
  const agreement = (ofTruth: Distance, ofPrediction: Distance): MatrixAgreement =>
    matrixAgreement(sides.length, pairwise(truths, ofTruth), pairwise(predictions, ofPrediction))
  return [
    ...named('bray_curtis', agreement(brayCurtisDistance, brayCurtisDistance)),
    ...named('jaccard', agreement(jaccardDistance, jaccardDistance)),
    ...named(
      'aitchison',
      pseudoCount === null
        ? bothMissing('not_applicable')
        : agreement(
            aitchisonDistance(taxaOf(truths), pseudoCount),
            aitchisonDistance(taxaOf(predictions), pseudoCount),
          ),
    ),
  ]
}

const named = (distance: string, { mantel, difference }: MatrixAgreement): readonly MetricValue[] => [
  [`beta_${distance}_mantel`, mantel],
  [`beta_${distance}_difference`, difference],
]

const taxaOf = (samples: readonly Percentages[]): readonly string[] => [
  ...new Set(samples.flatMap((sample) => [...sample.keys()])),
]
