// Generated from schemas/ by `npm run generate:types`. Do not edit.

/**
 * A ranking of pipelines on fixed scales.
 */
export interface LeaderboardDocument {
  /**
   * Kind and version of this document.
   */
  schema: 'benchmark.leaderboard/1'
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
   * Version of the hub's definition; null: built in.
   */
  definition_version: number | null
  /**
   * Whose weights count.
   */
  weights_from: 'configuration' | 'definition'
  /**
   * What counts, and how.
   */
  scales: LeaderboardScale[]
  /**
   * Ranked candidates, the best first.
   */
  entries: LeaderboardEntry[]
  /**
   * Ranked candidates before --limit.
   */
  total: number
  /**
   * Candidates without a place.
   */
  unranked: LeaderboardUnranked[]
  /**
   * Agreement of this and other common rules.
   */
  agreements: LeaderboardAgreement[]
  /**
   * Smallest change of one weight that changes the first place.
   */
  smallest_weight_change: LeaderboardWeightChange | null
  /**
   * Whether candidates differ at all; null below ten samples.
   */
  overall: LeaderboardOverall | null
  /**
   * How the numbers were made, by kind.
   */
  bases: {
    [k: string]: LeaderboardBasis | undefined
  }
  /**
   * Seed of everything drawn.
   */
  seed: string | null
  /**
   * What a reader should know.
   *
   * Items: Code or sentence.
   */
  warnings: string[]
}
/**
 * A metric of the board.
 */
export interface LeaderboardScale {
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
   * Share of the score.
   */
  weight: number
  /**
   * Without it nobody is ranked.
   */
  required: boolean
  /**
   * Worth 0.
   */
  worst: number
  /**
   * Worth 1.
   */
  best: number
  /**
   * How values between are placed.
   */
  scale: 'linear' | 'log'
  /**
   * Smallest difference of interest.
   */
  smallest_difference: number
}
/**
 * A candidate with a place.
 */
export interface LeaderboardEntry {
  /**
   * Place.
   */
  rank: number
  /**
   * Best place it may have (95 %).
   */
  rank_low: number | null
  /**
   * Worst place it may have (95 %).
   */
  rank_high: number | null
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
   * Score, 0 to 1.
   */
  score: number
  /**
   * Lower end of its 95 % interval.
   */
  score_low: number | null
  /**
   * Upper end.
   */
  score_high: number | null
  /**
   * Samples with values.
   */
  n_samples: number
  /**
   * Share of the expected values that are there.
   */
  coverage: number
  /**
   * Too few samples to rely on the place.
   */
  provisional: boolean
  /**
   * These samples cannot tell it from the best.
   */
  tied_with_best: boolean
  /**
   * Adjusted p against the best.
   */
  p_against_best: number | null
  /**
   * Share of similar weightings under which it is first.
   */
  near_weights_first: number
  /**
   * Share of all weightings under which it is first.
   */
  any_weights_first: number
  /**
   * Whether somebody is better in everything: dominated, or not (front).
   */
  pareto: 'front' | 'borderline' | 'dominated'
  /**
   * Share of the draws in which nobody is.
   */
  pareto_share: number
  second_opinion: LeaderboardOpinion
  /**
   * Share of its executions that succeeded.
   */
  success_rate: number | null
  /**
   * Metrics that do not apply to it.
   *
   * Items: Metric.
   */
  renormalised: string[]
  /**
   * Runs behind it.
   */
  runs: number
  /**
   * Where its runs are from.
   */
  trust: LeaderboardTrust[]
  /**
   * Date of its oldest value.
   */
  oldest: string
  /**
   * Date of its newest value.
   */
  newest: string
  /**
   * Its metrics.
   */
  metrics: LeaderboardFigure[]
}
/**
 * Places under other rules.
 */
export interface LeaderboardOpinion {
  /**
   * By points.
   */
  borda_rank: number
  /**
   * By sum of positions.
   */
  positions_rank: number
  /**
   * By geometric mean of ratios.
   */
  ratio_rank: number
}
/**
 * Runs of one kind of source.
 */
export interface LeaderboardTrust {
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
 * A metric of a candidate.
 */
export interface LeaderboardFigure {
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
   * Mean.
   */
  value: number | null
  /**
   * Samples with a value.
   */
  n: number
  /**
   * Samples it applies to.
   */
  n_expected: number
  /**
   * Worth, 0 at the worst end and 1 at the best.
   */
  utility: number | null
}
/**
 * A candidate without a place.
 */
export interface LeaderboardUnranked {
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
   * Why.
   */
  reason: 'missing_required' | 'nothing_applies' | 'constraint' | 'scored_differently'
  /**
   * Samples with values.
   */
  n_samples: number
  /**
   * Share of the expected values that are there.
   */
  coverage: number
  /**
   * Required values it lacks.
   */
  missing: LeaderboardMissing[]
  /**
   * Constraints it does not meet.
   */
  broken: LeaderboardBroken[]
  /**
   * Score if what is missing were worst.
   */
  score_low: number | null
  /**
   * Score if it were best.
   */
  score_high: number | null
}
/**
 * A required value that is not there.
 */
export interface LeaderboardMissing {
  /**
   * Metric.
   */
  metric: string
  /**
   * Match level.
   */
  level: string | null
  /**
   * Dataset.
   */
  dataset: string
  /**
   * Sample.
   */
  sample: string | null
  /**
   * Why.
   */
  reason: string
}
/**
 * A limit that is not met.
 */
export interface LeaderboardBroken {
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
 * Agreement of two rules.
 */
export interface LeaderboardAgreement {
  /**
   * The two.
   *
   * Items: Rule.
   */
  rules: string[]
  /**
   * Kendall's tau-b.
   */
  tau_b: number | null
}
/**
 * A change of one weight.
 */
export interface LeaderboardWeightChange {
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
   * Weight now.
   */
  from: number
  /**
   * Weight at which the other is level.
   */
  to: number
}
/**
 * Friedman's test.
 */
export interface LeaderboardOverall {
  /**
   * Statistic.
   */
  statistic: number
  /**
   * Degrees of freedom.
   */
  df: number
  /**
   * p.
   */
  p: number
}
/**
 * How a number was made.
 */
export interface LeaderboardBasis {
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
