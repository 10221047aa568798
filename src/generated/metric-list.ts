// Generated from schemas/ by `npm run generate:types`. Do not edit.

/**
 * All metrics, or those of one benchmark type: what `benchmark metric list` prints under --json.
 */
export interface MetricListDocument {
  /**
   * Kind and version of this document.
   */
  schema: 'benchmark.metric-list/1'
  /**
   * The type the list was limited to, or null.
   */
  benchmark_type: string | null
  /**
   * Metrics in the order tables list them.
   */
  metrics: Metric[]
}
/**
 * A defined quantity with its formula and where it comes from.
 */
export interface Metric {
  /**
   * Stable id, the same everywhere.
   */
  id: string
  /**
   * Raised whenever the same input could give another value.
   */
  version: number
  /**
   * Name for people.
   */
  title: string
  /**
   * Other names that are accepted wherever an id is.
   */
  aliases: {
    /**
     * The other name.
     */
    name: string
    /**
     * Match level the name implies, or null.
     */
    level: string | null
  }[]
  /**
   * Group of metrics it belongs to.
   */
  family: 'classification' | 'amr' | 'profile' | 'binning' | 'assembly' | 'pathogen' | 'resources'
  /**
   * Benchmark types it applies to.
   */
  benchmark_types: string[]
  /**
   * What it says, in words.
   */
  definition: string
  /**
   * How it is computed.
   */
  formula: string
  /**
   * Unit of its values.
   */
  unit: string
  /**
   * Which way is better; none marks a descriptive value that is never ranked.
   */
  direction: 'higher' | 'lower' | 'none'
  /**
   * Smallest and largest possible value.
   */
  range: {
    /**
     * Smallest possible value, or null.
     */
    low: number | null
    /**
     * Largest possible value, or null.
     */
    high: number | null
  }
  /**
   * Sort of number: decides how it is formatted and which difference is worth mentioning.
   */
  kind: 'ratio01' | 'correlation' | 'distance' | 'count' | 'time' | 'bytes' | 'length' | 'percent'
  /**
   * When there is no value.
   */
  undefined_when: string
  /**
   * What the number does not see, or what makes it look better or worse than it is.
   */
  weakness: string
  /**
   * Paper, program or rule the formula comes from.
   */
  source: string
  /**
   * How values of samples or executions become one.
   */
  aggregations: ('macro' | 'micro' | 'median' | 'total')[]
}
