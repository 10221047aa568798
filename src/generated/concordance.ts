// Generated from schemas/ by `npm run generate:types`. Do not edit.

/**
 * What `benchmark score --json` prints without a truth, or with --concordance: tools compared with each other.
 */
export interface ConcordanceDocument {
  /**
   * Kind and version of this document.
   */
  schema: 'benchmark.concordance/1'
  /**
   * For example amr-detection.
   */
  benchmark_type: string
  /**
   * Level to look at first.
   */
  primary_level: string
  /**
   * Labels of what was compared.
   */
  predictions: string[]
  /**
   * Samples it was compared on.
   */
  samples: string[]
  /**
   * Agreement of each pair: mean over the samples where it has a value.
   */
  summary: PairSummary[]
  /**
   * Agreement of each pair on each sample.
   */
  pairs: PairAgreement[]
  /**
   * What all predictions together report of each sample.
   */
  sets: SampleAgreement[]
  /**
   * What the keys of each prediction rest on.
   */
  basis: KeyBasis[]
  /**
   * What two such documents must share for their numbers to be compared.
   */
  comparability: {
    [k: string]: string | undefined
  }
  /**
   * Oddities that did not stop the comparison.
   */
  warnings: string[]
}
export interface PairSummary {
  /**
   * Match level.
   */
  level: 'allele' | 'gene' | 'family' | 'drug_class' | 'mechanism'
  /**
   * One prediction.
   */
  left: string
  /**
   * The other.
   */
  right: string
  /**
   * Shared keys among all keys of the two; null where neither reports any.
   */
  jaccard: number | null
  /**
   * Why there is no value; null when there is one.
   */
  reason: 'undefined_0/0' | null
  /**
   * Samples with a value.
   */
  n: number
  /**
   * All samples.
   */
  n_expected: number
}
export interface PairAgreement {
  /**
   * Match level.
   */
  level: 'allele' | 'gene' | 'family' | 'drug_class' | 'mechanism'
  /**
   * Sample.
   */
  sample: string
  /**
   * One prediction.
   */
  left: string
  /**
   * The other.
   */
  right: string
  /**
   * Keys both report.
   */
  shared: number
  /**
   * Keys only the one reports.
   */
  left_only: number
  /**
   * Keys only the other reports.
   */
  right_only: number
  /**
   * Shared keys among all keys of the two; null where neither reports any.
   */
  jaccard: number | null
  /**
   * Why there is no value; null when there is one.
   */
  reason: 'undefined_0/0' | null
}
export interface SampleAgreement {
  /**
   * Match level.
   */
  level: 'allele' | 'gene' | 'family' | 'drug_class' | 'mechanism'
  /**
   * Sample.
   */
  sample: string
  /**
   * Keys that any prediction reports.
   */
  union: number
  /**
   * Keys that more than half of them report.
   */
  majority: number
  /**
   * Keys that all of them report.
   */
  intersection: number
}
export interface KeyBasis {
  /**
   * Match level.
   */
  level: 'allele' | 'gene' | 'family' | 'drug_class' | 'mechanism'
  /**
   * Label.
   */
  prediction: string
  /**
   * Keys over all samples.
   */
  keys: number
  /**
   * Of these, keys known by their spelling alone.
   */
  by_spelling: number
}
