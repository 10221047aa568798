// Generated from schemas/ by `npm run generate:types`. Do not edit.

/**
 * Prints `benchmark pipeline check --json`.
 */
export interface PipelineCheckDocument {
  /**
   * Kind and version of this document.
   */
  schema: 'benchmark.pipeline-check/1'
  /**
   * Whether everything checked can be run.
   */
  ready: boolean
  /**
   * Those of the configuration, or the catalogue.
   *
   * Items: One pipeline.
   */
  pipelines: {
    /**
     * Name of the pipeline.
     */
    name: string
    /**
     * Points of its sweep.
     *
     * Items: One parameter set.
     */
    params: {
      /**
       * Value of the parameter.
       */
      [k: string]: string | number | boolean | undefined
    }[]
    /**
     * Whether it can be run here now.
     */
    ready: boolean
    /**
     * Declared version, or what the tool says.
     */
    version: string | null
    /**
     * Programs it needs.
     *
     * Items: One program.
     */
    programs: {
      /**
       * Name of the program.
       */
      name: string
      /**
       * Where it is; null = not on the PATH.
       */
      path: string | null
    }[]
    /**
     * Databases it needs.
     *
     * Items: One database.
     */
    databases: {
      /**
       * Name of the database.
       */
      name: string
      /**
       * Where it is; null = nowhere.
       */
      path: string | null
      /**
       * Places that were looked at.
       *
       * Items: A path.
       */
      tried: string[]
    }[]
    /**
     * Why it is not ready.
     *
     * Items: One problem.
     */
    problems: {
      /**
       * What is missing.
       */
      message: string
      /**
       * What to do about it.
       */
      hint: string
    }[]
  }[]
}
