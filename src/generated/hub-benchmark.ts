// Generated from schemas/ by `npm run generate:types`. Do not edit.

/**
 * registry/benchmarks/<type>/benchmark.json: what a benchmark type measures and how it is ranked.
 */
export interface HubBenchmarkDocument {
  /**
   * Kind and version of this document.
   */
  schema: 'benchmark.hub-benchmark/1'
  /**
   * Benchmark type.
   */
  type: string
  /**
   * Title.
   */
  title: string
  /**
   * In words.
   */
  description: string
  /**
   * Grows with every change.
   */
  version: number
  /**
   * Metrics of the type.
   *
   * @maxItems 1000
   */
  metrics: HubBenchmarkMetric[]
  /**
   * Level that counts, or null where there are none.
   */
  match_level: string | null
  /**
   * Most important first.
   *
   * @maxItems 32
   */
  primary_metrics: HubMetricChoice[]
  /**
   * Worst and best value of a metric: 0 and 1 of its utility.
   *
   * @maxItems 64
   */
  anchors: HubAnchor[]
  /**
   * Metric to weight.
   */
  weights: {
    [k: string]: number | undefined
  }
  /**
   * Datasets it is measured on.
   *
   * @maxItems 1000
   *
   * Items: Id.
   */
  datasets: string[]
  /**
   * By a key of the version before, or a maintainer; the first version by one of its own keys.
   *
   * @minItems 1
   * @maxItems 32
   */
  signatures: [HubSignature, ...HubSignature[]]
}
/**
 * A metric.
 */
export interface HubBenchmarkMetric {
  /**
   * Its id.
   */
  id: string
  /**
   * Version of its definition.
   */
  version: number
  /**
   * Unit.
   */
  unit: string
  /**
   * Which way is better.
   */
  direction: 'higher' | 'lower' | 'none'
}
/**
 * A metric at a match level.
 */
export interface HubMetricChoice {
  /**
   * Its id.
   */
  metric: string
  /**
   * Match level, or null.
   */
  level: string | null
}
/**
 * Fixed ends of a scale.
 */
export interface HubAnchor {
  /**
   * Metric.
   */
  metric: string
  /**
   * Match level.
   */
  level: string | null
  /**
   * Utility 0.
   */
  worst: number
  /**
   * Utility 1.
   */
  best: number
  /**
   * How values between are placed.
   */
  scale: 'linear' | 'log'
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
