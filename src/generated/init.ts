// Generated from schemas/ by `npm run generate:types`. Do not edit.

/**
 * Prints `benchmark init --json`.
 */
export interface InitDocument {
  /**
   * Kind and version of this document.
   */
  schema: 'benchmark.init/1'
  /**
   * Name of the project.
   */
  project: string
  /**
   * Benchmark type.
   */
  type: string
  /**
   * Files of the set-up.
   *
   * Items: One file.
   */
  files: {
    /**
     * The file.
     */
    path: string
    /**
     * What became of it; kept = it was there and is left as it is.
     */
    state: 'created' | 'replaced' | 'unchanged' | 'kept'
  }[]
}
