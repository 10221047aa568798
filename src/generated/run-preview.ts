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
  /**
   * What to know before starting.
   */
  warnings: string[]
}
