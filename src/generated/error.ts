// Generated from schemas/ by `npm run generate:types`. Do not edit.

/**
 * What every command prints under --json when it fails.
 */
export interface ErrorDocument {
  /**
   * Kind and version of this document.
   */
  schema: 'benchmark.error/1'
  /**
   * What went wrong.
   */
  error: {
    /**
     * Stable code, E_…; the exit status follows from it.
     */
    code: string
    /**
     * What is wrong.
     */
    message: string
    /**
     * What to do next.
     */
    hints: string[]
    /**
     * Where the first finding is, or null.
     */
    location: null | {
      /**
       * Path as the user gave it.
       */
      file: string
      /**
       * From 1.
       */
      line: number | null
      /**
       * From 1.
       */
      column: number | null
    }
    /**
     * Every single thing found wrong.
     */
    findings: {
      /**
       * What is wrong.
       */
      message: string
      /**
       * Where, or null.
       */
      location: null | {
        /**
         * Path as the user gave it.
         */
        file: string
        /**
         * From 1.
         */
        line: number | null
        /**
         * From 1.
         */
        column: number | null
      }
      /**
       * What to do about it.
       */
      hint: string | null
    }[]
  }
}
