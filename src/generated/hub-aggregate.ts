// Generated from schemas/ by `npm run generate:types`. Do not edit.

/**
 * warehouse/aggregated/by_* /<key>/<month>.json: what is left of runs that expired.
 */
export interface HubAggregateDocument {
  /**
   * Kind and version of this document.
   */
  schema: 'benchmark.hub-aggregate/1'
  /**
   * Dimension.
   */
  by: 'pipeline' | 'dataset' | 'metric'
  /**
   * Its value as a path: slug and digest.
   */
  key: string
  /**
   * Its value.
   */
  name: string
  /**
   * Month of the runs.
   */
  month: string
  /**
   * Runs that went in.
   */
  runs: number
  /**
   * Projects that went in.
   */
  contributors: number
  /**
   * SHA-256 over sorted run_id:content_sha256 lines.
   */
  inputs_root: string
  /**
   * One for each benchmark type, pipeline, dataset and series among them.
   *
   * @maxItems 20000
   */
  rows: HubAggregateRow[]
  /**
   * By a key of the version before, or a maintainer; the first version by one of its own keys.
   *
   * @minItems 1
   * @maxItems 32
   */
  signatures: [HubSignature, ...HubSignature[]]
}
/**
 * Distribution of one series.
 */
export interface HubAggregateRow {
  /**
   * Benchmark type.
   */
  benchmark_type: string
  /**
   * Dataset id.
   */
  dataset: string | null
  /**
   * Pipeline.
   */
  pipeline: string | null
  /**
   * Its version.
   */
  version: string | null
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
   * Values.
   */
  n: number
  /**
   * Mean.
   */
  mean: number
  /**
   * Sum of squared differences from the mean.
   */
  m2: number
  /**
   * Smallest.
   */
  minimum: number
  /**
   * Largest.
   */
  maximum: number
}
/**
 * Who stands behind this version of the document.
 */
export interface HubSignature {
  /**
   * Key.
   */
  key_id: string
  /**
   * Signature over the canonical document without signatures, base64url.
   */
  sig: string
}
