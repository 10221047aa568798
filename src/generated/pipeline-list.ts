// Generated from schemas/ by `npm run generate:types`. Do not edit.

/**
 * Prints `benchmark pipeline list --json`.
 */
export interface PipelineListDocument {
  /**
   * Kind and version of this document.
   */
  schema: 'benchmark.pipeline-list/1'
  /**
   * Sorted by name.
   *
   * Items: One pipeline.
   */
  pipelines: {
    /**
     * Name on the command line.
     */
    name: string
    /**
     * What it is.
     */
    title: string
    /**
     * Declared version; null when the tool is asked for it.
     */
    version: string | null
    /**
     * What its outputs are scored as.
     *
     * Items: A benchmark type.
     */
    benchmark_types: string[]
    /**
     * One execution for each sample, or one for all.
     */
    scope: 'sample' | 'dataset'
    /**
     * Files a sample must have.
     *
     * Items: reads_1, reads_2 or fasta.
     */
    needs: string[]
    /**
     * Points of its sweep.
     */
    parameter_sets: number
    /**
     * Whether the configuration of the project lists it.
     */
    configured: boolean
    /**
     * File that declares it.
     */
    source: string
  }[]
}
