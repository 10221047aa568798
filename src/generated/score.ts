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
   * With --matches or --explain: what every key was found, missed or wrong by.
   */
  matches?: PredictionMatch[]
  /**
   * With --explain: what is wrong, and the missed gene nearest to it.
   */
  explanations?: PredictionExplanation[]
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
export interface PredictionMatch {
  /**
   * Label of the scored output.
   */
  prediction: string
  /**
   * Sample it is about.
   */
  sample: string
  /**
   * Match level; null for benchmark types without levels.
   */
  level: 'locus' | 'allele' | 'gene' | 'family' | 'drug_class' | 'mechanism' | null
  /**
   * Found, wrong or missed.
   */
  status: 'TP' | 'FP' | 'FN'
  /**
   * What truth and report were compared as.
   */
  key: string
  /**
   * Where the key came from: the step of the name ladder, or the level's own rule.
   */
  rung:
    | 'aro'
    | 'accession'
    | 'ontology_name'
    | 'alias'
    | 'symbol'
    | 'ontology_family'
    | 'family_column'
    | 'family_series'
    | 'ontology_class'
    | 'class_table'
    | 'class_text'
    | 'ontology_mechanism'
    | 'text'
    | 'taxid'
  /**
   * Whether the universe of true negatives contains it; null without a universe.
   */
  in_universe: boolean | null
  /**
   * Gene as the truth writes it; null for what is wrong.
   */
  truth_symbol: string | null
  /**
   * Its line in the truth.
   */
  truth_line: number | null
  /**
   * Gene as the tool writes it, in its surest row; null for what was missed.
   */
  call_symbol: string | null
  /**
   * Line of that row in the report.
   */
  call_line: number | null
  /**
   * Rows of the report that gave this key.
   */
  rows: number
}
export interface PredictionExplanation {
  /**
   * Label of the scored output.
   */
  prediction: string
  /**
   * Sample it is about.
   */
  sample: string
  /**
   * Match level.
   */
  level: 'locus' | 'allele' | 'gene' | 'family' | 'drug_class' | 'mechanism'
  /**
   * FP: a wrong key and the missed gene nearest to it. FN: a missed gene that was reported but left out.
   */
  status: 'FP' | 'FN'
  /**
   * Key of what is explained.
   */
  key: string
  /**
   * Gene as the tool writes it.
   */
  call_symbol: string | null
  /**
   * Its line in the report.
   */
  call_line: number | null
  /**
   * The missed gene; null where none resembles what is wrong.
   */
  truth_symbol: string | null
  /**
   * Its line in the truth.
   */
  truth_line: number | null
  /**
   * How the two differ, or why the call does not count.
   */
  reasons: DifferenceReason[]
}
export interface DifferenceReason {
  /**
   * Kind of difference.
   */
  code:
    | 'same_place'
    | 'elsewhere_on_contig'
    | 'same_name'
    | 'similar_name'
    | 'same_parent'
    | 'same_family'
    | 'same_class'
    | 'other_class'
    | 'left_out'
    | 'unrelated'
  /**
   * The same for people.
   */
  text: string
}
