// Generated from schemas/ by `npm run generate:types`. Do not edit.

export type PredictionScore = ScoreFields & {
  /**
   * Label of the scored output.
   */
  prediction: string
}
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
export type PredictionSummary = SummaryFields & {
  /**
   * Label of the scored output.
   */
  prediction: string
}

/**
 * What `benchmark score --json` prints: tool outputs scored against a truth.
 */
export interface ScoreDocument {
  /**
   * Kind and version of this document.
   */
  schema: 'benchmark.score/1'
  /**
   * For example amr-detection.
   */
  benchmark_type: string
  /**
   * Scores of single samples.
   */
  values: PredictionScore[]
  /**
   * Scores over all samples of each prediction.
   */
  summary: PredictionSummary[]
  /**
   * What two score documents must share for their numbers to be compared.
   */
  comparability: {
    [k: string]: string | undefined
  }
  /**
   * Oddities that did not stop the scoring.
   */
  warnings: string[]
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
