// Generated from schemas/ by `npm run generate:types`. Do not edit.

/**
 * What a comparison like one of this run could show, before it costs anything.
 */
export interface PlanPowerDocument {
  /**
   * Kind and version of this document.
   */
  schema: 'benchmark.plan-power/1'
  /**
   * The run whose pipelines, samples and repeats are planned with.
   */
  run_id: string
  power: PlanPower
}
/**
 * What a plan could show in four of five cases, from the spreads of earlier runs.
 */
export interface PlanPower {
  /**
   * Samples it would have.
   */
  samples: number
  /**
   * Repeats it would have.
   */
  repeats: number
  /**
   * Pipelines and parameter sets that would be compared.
   */
  pipelines: number
  /**
   * Primary tests, for which the level is corrected.
   */
  tests: number
  /**
   * Runs on the same truth that spreads come from, newest first.
   */
  earlier_runs: string[]
  /**
   * Fewest with which one of the tests can pass the correction.
   */
  reachable: {
    /**
     * Common samples.
     */
    samples: number
    /**
     * Repeats on each side.
     */
    repeats: number
  }
  /**
   * The primary metrics, most important first.
   */
  metrics: MetricPower[]
}
/**
 * What the plan could show of one metric.
 */
export interface MetricPower {
  /**
   * Id of the metric.
   */
  metric: string
  /**
   * Match level, or null.
   */
  level: string | null
  /**
   * Taxonomic rank, or null.
   */
  rank: string | null
  /**
   * What the test counts.
   */
  what: 'samples' | 'repeats'
  /**
   * Whether effects are shares (0.05 = 5 %) rather than in the unit of the metric.
   */
  relative: boolean
  /**
   * Standard deviation of differences between samples, or of repeats (of logarithms where relative); null = not known.
   */
  spread: number | null
  /**
   * How many repeats, or pairs of pipelines, the spread comes from.
   */
  from: number
  /**
   * Smallest difference shown in four of five cases; null = none, or not known.
   */
  detectable: number | null
  /**
   * Smallest difference that matters; null = not known.
   */
  smallest_effect: number | null
  /**
   * Whether the smallest difference that matters could be shown; null = not known.
   */
  enough: boolean | null
  /**
   * Samples or repeats that would show it; null = not known, or too many to run.
   */
  needed: number | null
  /**
   * Why something is not known or cannot be shown.
   */
  note: string | null
}
