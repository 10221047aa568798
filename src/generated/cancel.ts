// Generated from schemas/ by `npm run generate:types`. Do not edit.

/**
 * What `benchmark cancel --json` prints.
 */
export interface CancelDocument {
  /**
   * Kind and version of this document.
   */
  schema: 'benchmark.cancel/1'
  /**
   * Id of the run.
   */
  run_id: string
  /**
   * asked: its runner was told to stop; cancelled: nobody was running it.
   */
  outcome: 'asked' | 'cancelled'
  /**
   * Processes that could not be ended.
   */
  survivors: number[]
}
