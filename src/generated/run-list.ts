// Generated from schemas/ by `npm run generate:types`. Do not edit.

/**
 * What `benchmark list --json` prints: stored runs, newest first.
 */
export interface RunListDocument {
  /**
   * Kind and version of this document.
   */
  schema: 'benchmark.run-list/1'
  /**
   * Runs that match the filters; more than are listed when a limit applied.
   */
  total: number
  /**
   * Newest first.
   */
  runs: RunHeader[]
}
/**
 * A run without its executions.
 */
export interface RunHeader {
  /**
   * Id of the run.
   */
  run_id: string
  /**
   * Project it belongs to.
   */
  project: string | null
  /**
   * For example amr-detection.
   */
  benchmark_type: string
  /**
   * completed: everything succeeded; incomplete: some executions did not; interrupted: can be resumed.
   */
  state: 'planned' | 'running' | 'completed' | 'incomplete' | 'interrupted' | 'cancelled' | 'imported'
  /**
   * UTC.
   */
  started_at: string
  /**
   * UTC; null while it has not ended.
   */
  finished_at: string | null
  /**
   * Name given by the user.
   */
  label: string | null
  /**
   * Tags given by the user.
   */
  tags: string[]
  /**
   * Branch of the project.
   */
  branch: string | null
  /**
   * Commit of the project.
   */
  commit: string | null
  /**
   * Names of its pipelines.
   */
  pipelines: string[]
  /**
   * Ids of its samples.
   */
  samples: string[]
}
