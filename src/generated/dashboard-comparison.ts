// Generated from schemas/ by `npm run generate:types`. Do not edit.

/**
 * The best of two projects on a dataset both have results on: `api/v1/compare/<a>/<b>.json` of a dashboard, and `GET /api/v1/benchmark/compare`.
 */
export interface DashboardComparisonDocument {
  /**
   * Kind and version of this document.
   */
  schema: 'benchmark.dashboard-comparison/1'
  /**
   * Benchmark type.
   */
  category: string
  /**
   * Dataset and its version, or what stands for unnamed data.
   */
  dataset: string
  a: DashboardComparisonSide
  b: DashboardComparisonSide1
  /**
   * What is shown of b as a whole.
   */
  verdict: string
  /**
   * One metric each.
   */
  changes: DashboardComparisonChange[]
}
/**
 * What is compared with.
 */
export interface DashboardComparisonSide {
  /**
   * Project.
   */
  project: string
  /**
   * Its best pipeline on the dataset.
   */
  pipeline: string
  /**
   * Version of the pipeline.
   */
  version: string | null
  /**
   * Newest run behind it.
   */
  run_id: string
}
/**
 * What is held against it.
 */
export interface DashboardComparisonSide1 {
  /**
   * Project.
   */
  project: string
  /**
   * Its best pipeline on the dataset.
   */
  pipeline: string
  /**
   * Version of the pipeline.
   */
  version: string | null
  /**
   * Newest run behind it.
   */
  run_id: string
}
/**
 * A metric of both.
 */
export interface DashboardComparisonChange {
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
   * Unit of the values.
   */
  unit: string
  /**
   * Which way is better.
   */
  direction: string
  /**
   * Samples of both.
   */
  n_common: number
  /**
   * Mean of a over common samples.
   */
  a: number | null
  /**
   * Mean of b over common samples.
   */
  b: number | null
  /**
   * b - a, or b / a - 1 where `effect_scale` is relative.
   */
  effect: number | null
  /**
   * Scale of effect, low and high.
   */
  effect_scale: string
  /**
   * Lower end of the interval of the effect.
   */
  low: number | null
  /**
   * Upper end of the interval of the effect.
   */
  high: number | null
  /**
   * Probability by chance, corrected for the number of metrics.
   */
  p_adjusted: number | null
  /**
   * What is shown of b.
   */
  verdict: string
}
