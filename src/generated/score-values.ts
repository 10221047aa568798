// Generated from schemas/ by `npm run generate:types`. Do not edit.

/**
 * One metric of one sample.
 */
export type Score = ScoreFields
/**
 * Why there is no value; null when there is one.
 */
export type Reason =
  | 'no_truth'
  | 'no_prediction'
  | 'undefined_0/0'
  | 'no_universe'
  | 'rank_absent'
  | 'not_run'
  | 'not_applicable'
  | 'not_measured'
  | 'too_few'
  | 'not_reached'
  | null
/**
 * Which way is better; none marks a descriptive value that is never ranked.
 */
export type Direction = 'higher' | 'lower' | 'none'
/**
 * One metric over all samples.
 */
export type Summary = SummaryFields

/**
 * How a single score and a summary of scores look in every document that holds them.
 */
export interface ScoreValues {
  score: Score
  summary: Summary
}
/**
 * Fields of a score, for documents that add their own.
 */
export interface ScoreFields {
  /**
   * Sample id, or null for the dataset as a whole.
   */
  sample: string | null
  /**
   * Metric id, for example sensitivity.
   */
  metric: string
  /**
   * Match level, for example gene, or null.
   */
  level: string | null
  /**
   * Taxonomic rank, or null.
   */
  rank: string | null
  /**
   * The number, or null with a reason.
   */
  value: number | null
  reason: Reason
  /**
   * Unit of the value.
   */
  unit: string
  direction: Direction
}
/**
 * Fields of a summary, for documents that add their own.
 */
export interface SummaryFields {
  /**
   * Metric id, for example sensitivity.
   */
  metric: string
  /**
   * Match level, for example gene, or null.
   */
  level: string | null
  /**
   * Taxonomic rank, or null.
   */
  rank: string | null
  /**
   * The aggregated number, or null with a reason.
   */
  value: number | null
  reason: Reason
  /**
   * Unit of the value.
   */
  unit: string
  direction: Direction
  /**
   * Samples (or executions) that had a value.
   */
  n: number
  /**
   * Samples (or executions) there should have been.
   */
  n_expected: number
  /**
   * Lower end of the 95 % interval, or null.
   */
  low: number | null
  /**
   * Upper end of the 95 % interval, or null.
   */
  high: number | null
  method: SummaryMethod
}
/**
 * How the per-sample scores became one number.
 */
export interface SummaryMethod {
  /**
   * macro: mean over samples; micro: formula on summed counts; median; total: sum.
   */
  aggregation: 'macro' | 'micro' | 'median' | 'total'
  /**
   * How low and high were made, or null.
   */
  interval: string | null
}
