// Generated from schemas/ by `npm run generate:types`. Do not edit.

/**
 * What `benchmark run --dry-run --json` prints: the matrix of a run that has not started.
 */
export interface RunPreviewDocument {
  /**
   * Kind and version of this document.
   */
  schema: 'benchmark.run-preview/1'
  /**
   * Which benchmark the run belongs to.
   */
  benchmark_type: string
  /**
   * How the executions are ordered.
   */
  order: 'blocks' | 'sequential' | 'random'
  /**
   * Seed of the order; the same seed gives the same order.
   */
  seed: number
  /**
   * Executions at a time.
   */
  max_parallel: number
  /**
   * Measured executions of each cell.
   */
  repeats: number
  /**
   * Unmeasured executions of each pipeline beforehand.
   */
  warmup: number
  /**
   * Folder the results would go to.
   */
  results_dir: string
  /**
   * In the order they would start.
   */
  executions: {
    /**
     * Position in the run.
     */
    id: number
    /**
     * Name of the pipeline.
     */
    pipeline: string
    /**
     * The parameter set.
     */
    params: {
      [k: string]: string | number | boolean | undefined
    }
    /**
     * Null: the whole sample sheet at once.
     */
    sample: string | null
    /**
     * Which repeat, from 1.
     */
    repeat: number
    /**
     * Whether it only warms up caches.
     */
    warmup: boolean
    /**
     * What would become of it.
     */
    fate: 'run' | 'cached' | 'skipped' | 'impossible'
    /**
     * The reason, when it would not run.
     */
    why: string | null
    /**
     * The command, word by word.
     */
    argv: string[]
  }[]
  /**
   * Programs that are not installed.
   */
  missing_programs: {
    /**
     * Who needs them.
     */
    pipeline: string
    /**
     * Names.
     */
    programs: string[]
  }[]
  /**
   * Expected duration, or null when some pipeline has never run here.
   */
  eta_seconds: null | {
    /**
     * Median of the simulated ends.
     */
    p50: number
    /**
     * Nine of ten simulated ends come before this.
     */
    p90: number
  }
  power: PlanPower
  /**
   * What to know before starting.
   */
  warnings: string[]
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
