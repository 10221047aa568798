// Generated from schemas/ by `npm run generate:types`. Do not edit.

/**
 * Which pipeline to take, and what stands behind it.
 */
export interface RecommendationDocument {
  /**
   * Kind and version of this document.
   */
  schema: 'benchmark.recommendation/1'
  /**
   * Benchmark type.
   */
  category: string
  /**
   * Hub the shared runs are from; null: own runs only.
   */
  hub: string | null
  /**
   * When it was read last.
   */
  synced_at: string | null
  /**
   * What everybody was measured on.
   *
   * Items: Id and version.
   */
  datasets: string[]
  /**
   * The choice; null: the data cannot say.
   */
  recommended: RecommendationChoice | null
  /**
   * Why there is none.
   *
   * Items: Code.
   */
  why: string[]
  /**
   * Who would be first.
   */
  leading: RecommendationChoice | null
  /**
   * What decided.
   */
  decided_by: string | null
  /**
   * What to expect of the first.
   */
  expected_metrics: RecommendationMetric[]
  /**
   * Its advantages over the runner-up.
   */
  reasons: RecommendationDifference[]
  /**
   * What is given up.
   */
  concessions: RecommendationDifference[]
  /**
   * How much it rests on.
   */
  evidence: RecommendationEvidence | null
  /**
   * The next one.
   */
  runner_up: RecommendationChoice | null
  /**
   * Who constraints keep out.
   */
  excluded: RecommendationExclusion[]
  /**
   * What would change it.
   */
  changes: RecommendationChange[]
  /**
   * The pipeline in use.
   */
  current: RecommendationCandidate | null
  /**
   * What to do next.
   */
  next_steps: RecommendationStep[]
  /**
   * Better parameters of the pipeline in use.
   */
  optimizations: RecommendationOptimization[]
  /**
   * What switching would save.
   */
  cost_savings: RecommendationCostSaving[]
  /**
   * Prices that were taken.
   */
  prices: RecommendationPrices | null
  /**
   * What a reader should know.
   *
   * Items: Code or sentence.
   */
  warnings: string[]
}
/**
 * One candidate.
 */
export interface RecommendationChoice {
  /**
   * Project; null: not told.
   */
  project: string | null
  /**
   * Pipeline.
   */
  pipeline: string
  /**
   * Its version.
   */
  version: string | null
  /**
   * Parameter set.
   */
  params: {
    [k: string]: string | number | boolean | undefined
  }
  /**
   * Place.
   */
  rank: number
  /**
   * Best place (95 %).
   */
  rank_low: number | null
  /**
   * Worst place (95 %).
   */
  rank_high: number | null
  /**
   * Score.
   */
  score: number
  /**
   * Share of similar weightings under which it is first.
   */
  near_weights_first: number
  /**
   * Share of all weightings.
   */
  any_weights_first: number
  use: RecommendationUse
  /**
   * Cost of one sample, in the currency of the prices.
   */
  cost: number | null
}
/**
 * Mean use for one sample.
 */
export interface RecommendationUse {
  /**
   * Wall time in hours.
   */
  wall_hours: number | null
  /**
   * Processor hours.
   */
  cpu_hours: number | null
  /**
   * Memory times time.
   */
  memory_gb_hours: number | null
  /**
   * Samples.
   */
  samples: number
}
/**
 * What to expect (a summary).
 */
export interface RecommendationMetric {
  /**
   * Metric.
   */
  metric: string
  /**
   * Match level.
   */
  level: string | null
  /**
   * Taxonomic rank.
   */
  rank: string | null
  /**
   * Mean over samples.
   */
  value: number | null
  /**
   * Why there is none.
   */
  reason: string | null
  /**
   * Unit.
   */
  unit: string
  /**
   * Which way is better.
   */
  direction: 'higher' | 'lower' | 'none'
  /**
   * Samples with a value.
   */
  n: number
  /**
   * Samples it applies to.
   */
  n_expected: number
  /**
   * Lower end of the 95 % interval.
   */
  low: number | null
  /**
   * Upper end.
   */
  high: number | null
  method: RecommendationBasis
}
/**
 * How a number was made.
 */
export interface RecommendationBasis {
  /**
   * Method.
   */
  method: string
  /**
   * Draws, permutations or values it rests on.
   */
  n: number
  /**
   * Samples it rests on.
   */
  m: number
  /**
   * Degrees of freedom.
   */
  df: number | null
  /**
   * Confidence or significance level.
   */
  level: number | null
  /**
   * What must hold for it to be right.
   */
  assumption: string | null
  /**
   * Seed of the random numbers.
   */
  seed: string | null
  /**
   * What limits it.
   *
   * Items: Code.
   */
  warnings: string[]
}
/**
 * What one metric adds to a lead.
 */
export interface RecommendationDifference {
  /**
   * Metric.
   */
  metric: string
  /**
   * Match level.
   */
  level: string | null
  /**
   * Taxonomic rank.
   */
  rank: string | null
  /**
   * Unit.
   */
  unit: string
  /**
   * Which way is better.
   */
  direction: 'higher' | 'lower' | 'none'
  /**
   * Share of the score.
   */
  weight: number
  /**
   * Its mean.
   */
  of_candidate: number | null
  /**
   * The other's mean.
   */
  of_other: number | null
  /**
   * Part of the lead.
   */
  contribution: number
}
/**
 * How much it rests on.
 */
export interface RecommendationEvidence {
  /**
   * Samples.
   */
  samples: number
  /**
   * Datasets.
   */
  datasets: number
  /**
   * Runs.
   */
  runs: number
  /**
   * Share of expected values.
   */
  coverage: number
  /**
   * Where its runs are from.
   */
  trust: RecommendationTrust[]
  /**
   * Oldest value.
   */
  oldest: string
  /**
   * Newest value.
   */
  newest: string
  /**
   * Days since the newest.
   */
  age_days: number
  /**
   * Fewer than five samples.
   */
  provisional: boolean
  /**
   * Candidates ranked.
   */
  ranked: number
  /**
   * Of them not separable from the best.
   */
  tied: number
  /**
   * How the numbers were made.
   */
  bases: RecommendationBasis[]
}
/**
 * Runs of one kind of source.
 */
export interface RecommendationTrust {
  /**
   * local, owner, unknown-owner or revoked.
   */
  trust: string
  /**
   * Runs.
   */
  runs: number
}
/**
 * Who a constraint keeps out.
 */
export interface RecommendationExclusion {
  /**
   * Project; null: not told.
   */
  project: string | null
  /**
   * Pipeline.
   */
  pipeline: string
  /**
   * Its version.
   */
  version: string | null
  /**
   * Parameter set.
   */
  params: {
    [k: string]: string | number | boolean | undefined
  }
  /**
   * Limit that is not met.
   */
  constraint: string
  /**
   * The limit.
   */
  limit: number
  /**
   * What it has; null: nothing was measured.
   */
  value: number | null
}
/**
 * What would change the choice; keys that do not apply are null.
 */
export interface RecommendationChange {
  /**
   * Kind.
   */
  kind: 'weight' | 'constraint' | 'missing_values' | 'more_samples'
  rival: RecommendationCandidate
  /**
   * Metric of a weight.
   */
  metric: string | null
  /**
   * Its match level.
   */
  level: string | null
  /**
   * Weight now.
   */
  from: number | null
  /**
   * Weight then.
   */
  to: number | null
  /**
   * Constraint.
   */
  constraint: string | null
  /**
   * Its limit.
   */
  limit: number | null
  /**
   * What the rival has.
   */
  value: number | null
  /**
   * Score of the rival, or the best it could have.
   */
  score: number | null
  /**
   * Missing values.
   */
  missing: number | null
  /**
   * Samples now.
   */
  samples: number | null
  /**
   * Samples needed.
   */
  needed: number | null
}
/**
 * A pipeline as one project ran it.
 */
export interface RecommendationCandidate {
  /**
   * Project; null: not told.
   */
  project: string | null
  /**
   * Pipeline.
   */
  pipeline: string
  /**
   * Its version.
   */
  version: string | null
  /**
   * Parameter set.
   */
  params: {
    [k: string]: string | number | boolean | undefined
  }
}
/**
 * Something worth doing.
 */
export interface RecommendationStep {
  /**
   * Code.
   */
  code: string
  /**
   * In words.
   */
  message: string
  /**
   * Facts.
   */
  evidence: {
    [k: string]: string | number | null | undefined
  }
}
/**
 * Better parameters of the pipeline in use.
 */
export interface RecommendationOptimization {
  /**
   * Why.
   */
  kind: 'dominates' | 'equivalent_and_cheaper'
  from: RecommendationCandidate
  to: RecommendationCandidate
  /**
   * Metric by metric.
   */
  differences: RecommendationDifference[]
  /**
   * What it saves.
   */
  saving: RecommendationSaving | null
  /**
   * Shown to be as good in.
   *
   * Items: Metric.
   */
  equivalent_in: string[]
  /**
   * Not shown in.
   *
   * Items: Metric.
   */
  not_shown_in: string[]
  basis: RecommendationBasis
}
/**
 * What one sample costs before and after.
 */
export interface RecommendationSaving {
  before: RecommendationUse
  after: RecommendationUse
  /**
   * Before.
   */
  cost_before: number | null
  /**
   * After.
   */
  cost_after: number | null
  /**
   * Share saved.
   */
  share: number
  /**
   * Lower end of the 95 % interval of the share over samples.
   */
  low: number | null
  /**
   * Upper end of it.
   */
  high: number | null
  /**
   * Why there is no interval; null where there is one.
   */
  no_interval: 'too_few_samples' | 'not_measured_by_sample' | 'too_variable' | null
}
/**
 * What switching would save.
 */
export interface RecommendationCostSaving {
  from: RecommendationCandidate
  to: RecommendationCandidate
  saving: RecommendationSaving
  /**
   * Score of the other minus that of the present one.
   */
  score_difference: number
  /**
   * What is known of its quality.
   */
  quality: 'equivalent' | 'not_separable' | 'better'
  /**
   * Samples.
   */
  samples: number
  /**
   * As good in.
   *
   * Items: Metric.
   */
  equivalent_in: string[]
  /**
   * Not shown in.
   *
   * Items: Metric.
   */
  not_shown_in: string[]
}
/**
 * Prices that were taken.
 */
export interface RecommendationPrices {
  /**
   * Processor hour.
   */
  cpu_hour: number
  /**
   * Gigabyte hour.
   */
  memory_gb_hour: number
  /**
   * Currency.
   */
  currency: string
  /**
   * Day.
   */
  date: string
  /**
   * Where from.
   */
  source: string
}
