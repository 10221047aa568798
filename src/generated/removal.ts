// Generated from schemas/ by `npm run generate:types`. Do not edit.

/**
 * What `benchmark remove --json` prints.
 */
export interface RemovalDocument {
  /**
   * Kind and version of this document.
   */
  schema: 'benchmark.removal/1'
  /**
   * In the order given.
   */
  removed: RemovedRun[]
}
/**
 * A run that is gone.
 */
export interface RemovedRun {
  /**
   * Id of the run.
   */
  run_id: string
  /**
   * Its results folder, or null where none was known.
   */
  results_dir: string | null
  /**
   * Whether the folder was deleted too.
   */
  files_removed: boolean
}
