import { makeScore } from '../metrics/make-score.ts'
import { missing, type Quantity, type Reason, type Score } from '../score.ts'
import {
  type AbundanceComparison,
  abundanceComparison,
  abundanceWarnings,
  comparesAbundances,
} from './abundance-type.ts'
import { betaScores } from './beta-scores.ts'
import type { ProfileTruth, SampleProfile, StatedAbundance } from './profile.ts'
import { type MetricValue, rankScores } from './rank-scores.ts'
import { byImportance, RANKS } from './ranks.ts'
import type { ProfileScoringOptions } from './scoring-options.ts'
import { predictionSumWarnings } from './sum-warnings.ts'
import { taxonomyWarnings } from './taxonomy-warnings.ts'
import { unifrac } from './unifrac.ts'
import { ranksOfLineages, withRanks } from './unstated-ranks.ts'
import { type Variant, variantsOf, variantSuffixes } from './variants.ts'

/** Raised whenever the same input could give another number. */
const RULES_VERSION = 3

/** Everything that decides the scores of one prediction (one tool, one parameter set) against one truth. */
export interface ProfileScoringInput {
  readonly truth: ProfileTruth
  /** A profile without taxa = ran and found nothing; null or no entry = no sign that the tool ran. */
  readonly predictions: ReadonlyMap<string, SampleProfile | null>
  /** What the prediction's percentages are shares of; null when nothing says. */
  readonly abundance: StatedAbundance
  readonly samples: readonly string[]
  readonly options: ProfileScoringOptions
}

export interface ProfileScoring {
  /**
   * Per sample and rank (null: over the whole tree), then for all samples together (`sample` null) per rank; every
   * metric, with a reason where it has no value.
   */
  readonly scores: readonly Score[]
  readonly comparability: Readonly<Record<string, string>>
  readonly warnings: readonly string[]
}

/**
 * Scores taxonomic profiles as OPAL does, each sample and each rank of the truth on its own, the most telling ranks
 * first, then how the samples differ from each other. The truth is never filtered; with a filter, the values before it
 * are kept under names of their own.
 */
export const scoreProfiles = (asked: ProfileScoringInput): ProfileScoring => {
  const { truth, options, samples } = asked
  const placed = withRanks(asked.predictions, ranksOfLineages(truth.samples.values()), UNSURE)
  const input = { ...asked, predictions: placed.profiles }
  const scores: Score[] = []
  const ranks = ranksToScore(input)
  const comparison = abundanceComparison(truth.abundance, input.abundance, options)
  const add = (of: ScoredPlace, values: readonly MetricValue[]): void => {
    for (const [metric, quantity] of values)
      scores.push(makeScore(`${metric}${of.suffix}`, of, reasoned(metric, quantity, of, comparison)))
  }
  const compared: Variant[] = []
  for (const sample of samples) {
    const expected = truth.samples.get(sample)
    const found = input.predictions.get(sample) ?? undefined
    const reason = expected === undefined ? 'no_truth' : found === undefined ? 'not_run' : null
    for (const variant of variantsOf(expected ?? NOTHING, found ?? NOTHING, options)) {
      const { suffix } = variant
      const isFiltered = options.filter !== null && suffix === ''
      const sure = placed.incomplete.has(sample) ? (isFiltered ? [] : OF_TRUE_TAXA) : null
      for (const rank of ranks) add({ sample, rank, suffix, reason, sure }, rankScores(variant, rank, variant.scaled))
      add({ sample, rank: null, suffix, reason, sure }, treeScores(variant))
      if (reason === null) compared.push(variant)
    }
  }
  const reason = compared.length === 0 ? 'not_run' : null
  const sure = placed.incomplete.size > 0 ? [] : null
  for (const suffix of variantSuffixes(options)) {
    const pairs = compared.filter((variant) => variant.suffix === suffix)
    for (const rank of ranks)
      add({ sample: null, rank, suffix, reason, sure }, betaScores(pairs, rank, options.aitchisonPseudoCount))
  }
  return {
    scores,
    comparability: comparability(input, comparison),
    warnings: [...placed.warnings, ...warningsOf(input, comparison)],
  }
}

/** What holds whatever else was found: true taxa have a rank, those found beside them may be of an unknown one. */
const OF_TRUE_TAXA: readonly string[] = ['completeness', 'true_positives', 'false_negatives']

/** What scoring must not depend on where taxa of unknown rank were found. */
const UNSURE = 'only what does not depend on them has a value'

interface ScoredPlace {
  readonly sample: string | null
  readonly rank: string | null
  /** Ending of the metrics' names. */
  readonly suffix: string
  /** Why nothing of this place has a value. */
  readonly reason: Reason | null
  /** Metrics that taxa of unknown rank do not change, where there are such; null = there are none. */
  readonly sure: readonly string[] | null
}

const reasoned = (
  metric: string,
  quantity: Quantity,
  { reason, sure }: ScoredPlace,
  comparison: AbundanceComparison,
): Quantity => {
  if (reason !== null) return missing(reason)
  if (quantity.reason === 'no_truth') return quantity
  if (comparison === 'left_out' && comparesAbundances(metric)) return missing('not_applicable')
  return sure === null || sure.includes(metric) ? quantity : missing('rank_absent')
}

const NOTHING: SampleProfile = { ranks: [], taxa: [] }

/** The ranks asked for, else those the truth declares or has taxa at. */
const ranksToScore = ({ truth, samples, options }: ProfileScoringInput): readonly string[] => {
  if (options.ranks.length > 0) return byImportance([...new Set(options.ranks)])
  const profiles = samples.flatMap((sample) => truth.samples.get(sample) ?? [])
  const declared = profiles.flatMap(({ ranks }) => ranks)
  const used = new Set(profiles.flatMap(({ taxa }) => taxa.map(({ rank }) => rank)))
  return byImportance([...new Set([...declared, ...RANKS.filter((rank) => used.has(rank))])])
}

const treeScores = ({ truth, predicted }: Variant): readonly MetricValue[] => {
  const { weighted, unweighted, weightedCami, unweightedCami } = unifrac(truth, predicted)
  return [
    ['weighted_unifrac_error', weighted],
    ['unweighted_unifrac_error', unweighted],
    ['weighted_unifrac_cami', weightedCami],
    ['unweighted_unifrac_cami', unweightedCami],
  ]
}

const warningsOf = (input: ProfileScoringInput, comparison: AbundanceComparison): readonly string[] => {
  const { truth, predictions, abundance, samples, options } = input
  const unknown = [...predictions.keys()].filter((sample) => !truth.samples.has(sample))
  return [
    ...unknown.map((sample) => `The truth says nothing about sample ${sample}: it is not scored (no_truth).`),
    ...abundanceWarnings(truth.abundance, abundance, comparison),
    ...(abundance === 'presence' ? [] : predictionSumWarnings(predictions, samples, options)),
    ...taxonomyWarnings(truth.samples, predictions, samples),
  ]
}

const comparability = (
  { truth, abundance, options }: ProfileScoringInput,
  comparison: AbundanceComparison,
): Readonly<Record<string, string>> => ({
  benchmark_type: 'diversity-analysis',
  scoring_rules: `profile/${String(RULES_VERSION)}`,
  truth: truth.sha256,
  normalize: String(options.normalize),
  filter: String(options.filter ?? 'none'),
  ranks: options.ranks.length === 0 ? 'all' : [...options.ranks].sort().join(','),
  abundance_type: abundance ?? 'undeclared',
  truth_abundance_type: truth.abundance,
  abundance_comparison: comparison,
  log_base: 'e',
  aitchison_pseudo_count: String(options.aitchisonPseudoCount ?? 'none'),
})
