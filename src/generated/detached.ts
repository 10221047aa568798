// Generated from schemas/ by `npm run generate:types`. Do not edit.

/**
 * What `benchmark run --detach --json` prints.
 */
export interface DetachedDocument {
  /**
   * Kind and version of this document.
   */
  schema: 'benchmark.detached/1'
  /**
   * Id of the run.
   */
  run_id: string
}
