// Generated from schemas/ by `npm run generate:types`. Do not edit.

/**
 * What `benchmark baseline set|show|clear --json` print.
 */
export interface BaselineDocument {
  /**
   * Kind and version of this document.
   */
  schema: 'benchmark.baseline/1'
  /**
   * What `set` made the baseline; null for the other commands.
   */
  set: BaselineEntry | null
  /**
   * Baselines that were replaced or cleared; their runs are still there.
   */
  removed: BaselineEntry[]
  /**
   * Those set afterwards; for `show` with a branch or label, the one that counts.
   */
  baselines: BaselineEntry[]
}
/**
 * A baseline and the run it is.
 */
export interface BaselineEntry {
  /**
   * Branch whose runs are held against it; null: any.
   */
  branch: string | null
  /**
   * Label whose runs are held against it; null: any.
   */
  label: string | null
  /**
   * Id of the run.
   */
  run_id: string
  /**
   * When it became the baseline, UTC.
   */
  set_at: string
  /**
   * State of the run.
   */
  state: string
  /**
   * When the run started, UTC.
   */
  started_at: string
  /**
   * Label of the run itself.
   */
  run_label: string | null
  /**
   * Branch the run was made on.
   */
  run_branch: string | null
  /**
   * Commit the run was made on.
   */
  commit: string | null
  /**
   * Pipelines of the run.
   */
  pipelines: string[]
}
