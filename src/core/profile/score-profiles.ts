import { makeScore } from '../metrics/make-score.ts'
import { BEFORE_FILTER } from '../metrics/profile.ts'
import { missing, type Reason, type Score } from '../score.ts'
import { normalized, withoutTail } from './adjust.ts'
import type { AbundanceType, ProfileTruth, SampleProfile } from './profile.ts'
import { type MetricValue, rankScores } from './rank-scores.ts'
import { byImportance } from './ranks.ts'
import type { ProfileScoringOptions } from './scoring-options.ts'
import { predictionSumWarnings } from './sum-warnings.ts'
import { unifrac } from './unifrac.ts'

/** Raised whenever the same input could give another number. */
const RULES_VERSION = 1

/** Everything that decides the scores of one prediction (one tool, one parameter set) against one truth. */
export interface ProfileScoringInput {
  readonly truth: ProfileTruth
  /** A profile without taxa = ran and found nothing; null or no entry = no sign that the tool ran. */
  readonly predictions: ReadonlyMap<string, SampleProfile | null>
  /** What the prediction's percentages are shares of; null when no file said anything. */
  readonly abundance: AbundanceType | null
  readonly samples: readonly string[]
  readonly options: ProfileScoringOptions
}

export interface ProfileScoring {
  /** Per sample and rank (null: over the whole tree); every metric, with a reason where it has no value. */
  readonly scores: readonly Score[]
  readonly comparability: Readonly<Record<string, string>>
  readonly warnings: readonly string[]
}

/**
 * Scores taxonomic profiles as OPAL does, each sample and each rank of the truth on its own, the most telling ranks
 * first. The truth is never filtered; with a filter, the values before it are kept under names of their own.
 */
export const scoreProfiles = (input: ProfileScoringInput): ProfileScoring => {
  const { truth, options } = input
  const scores: Score[] = []
  const ranks = ranksToScore(input)
  for (const sample of input.samples) {
    const expected = adjusted(truth.samples.get(sample), options)
    const found = adjusted(input.predictions.get(sample), options)
    const reason = expected === null ? 'no_truth' : found === null ? 'not_run' : null
    for (const [rank, values] of valuesOf(expected ?? NOTHING, found ?? NOTHING, ranks, options.filter))
      for (const [metric, quantity] of values)
        scores.push(makeScore(metric, { sample, rank }, reason === null ? quantity : missing(reason satisfies Reason)))
  }
  return { scores, comparability: comparability(input), warnings: warningsOf(input) }
}

const NOTHING: SampleProfile = { ranks: [], taxa: [] }

const adjusted = (
  profile: SampleProfile | null | undefined,
  { normalize }: ProfileScoringOptions,
): SampleProfile | null => {
  if (profile === null || profile === undefined) return null
  return normalize ? normalized(profile) : profile
}

const ranksToScore = ({ truth, samples, options }: ProfileScoringInput): readonly string[] => {
  const declared = samples.flatMap((sample) => truth.samples.get(sample)?.ranks ?? [])
  return byImportance([...new Set(options.ranks.length > 0 ? options.ranks : declared)])
}

const valuesOf = (
  truth: SampleProfile,
  predicted: SampleProfile,
  ranks: readonly string[],
  filter: number | null,
): readonly (readonly [rank: string | null, values: readonly MetricValue[]])[] => {
  const of = (prediction: SampleProfile, name: (metric: string) => string) =>
    [
      ...ranks.map((rank) => [rank, named(rankScores(truth, prediction, rank), name)] as const),
      [null, named(treeScores(truth, prediction), name)] as const,
    ] as const
  if (filter === null) return of(predicted, (metric) => metric)
  return [
    ...of(withoutTail(predicted, filter), (metric) => metric),
    ...of(predicted, (metric) => `${metric}${BEFORE_FILTER}`),
  ]
}

const named = (values: readonly MetricValue[], name: (metric: string) => string): readonly MetricValue[] =>
  values.map(([metric, quantity]) => [name(metric), quantity])

const treeScores = (truth: SampleProfile, predicted: SampleProfile): readonly MetricValue[] => {
  const { weighted, unweighted, weightedCami, unweightedCami } = unifrac(truth, predicted)
  return [
    ['weighted_unifrac_error', weighted],
    ['unweighted_unifrac_error', unweighted],
    ['weighted_unifrac_cami', weightedCami],
    ['unweighted_unifrac_cami', unweightedCami],
  ]
}

const warningsOf = (input: ProfileScoringInput): readonly string[] => {
  const { truth, predictions, abundance, samples, options } = input
  const unknown = [...predictions.keys()].filter((sample) => !truth.samples.has(sample))
  return [
    ...unknown.map((sample) => `The truth says nothing about sample ${sample}: it is not scored (no_truth).`),
    ...(abundance === null || abundance === truth.abundance ? [] : [mixedTypes(truth.abundance, abundance)]),
    ...predictionSumWarnings(predictions, samples, options),
  ]
}

const SHARES: Readonly<Record<AbundanceType, string>> = {
  sequence: 'shares of reads',
  taxonomic: 'shares of genome copies',
}

const mixedTypes = (truth: AbundanceType, predicted: AbundanceType): string =>
  `The prediction states ${SHARES[predicted]}, the truth ${SHARES[truth]}: these differ with genome size, so abundance errors say little about the tool. Presence metrics (completeness, purity, F1, Jaccard) hold.`

const comparability = ({ truth, abundance, options }: ProfileScoringInput): Readonly<Record<string, string>> => ({
  benchmark_type: 'diversity-analysis',
  scoring_rules: `profile/${String(RULES_VERSION)}`,
  truth: truth.sha256,
  normalize: String(options.normalize),
  filter: String(options.filter ?? 'none'),
  ranks: options.ranks.length === 0 ? 'all' : [...options.ranks].sort().join(','),
  abundance_type: abundance ?? 'none',
  truth_abundance_type: truth.abundance,
})
