// Generated from schemas/ by `npm run generate:types`. Do not edit.

/**
 * Prints `benchmark dataset list --json`.
 */
export interface DatasetListDocument {
  /**
   * Kind and version of this document.
   */
  schema: 'benchmark.dataset-list/1'
  /**
   * Sorted by id.
   *
   * Items: One dataset.
   */
  datasets: {
    /**
     * Name for --dataset.
     */
    id: string
    /**
     * What it is.
     */
    title: string
    /**
     * Version.
     */
    version: string
    /**
     * What the truth is about.
     */
    benchmark_type: string
    /**
     * Licence.
     */
    licence: string | null
    /**
     * How the truth was made.
     */
    labels: string | null
    /**
     * Truth file; its name in the dataset before it is fetched.
     */
    truth: string | null
    /**
     * The dataset.yaml; null before it is fetched.
     */
    file: string | null
    /**
     * Files listed.
     */
    files: number
    /**
     * Their size together; null when not every size is listed.
     */
    bytes: number | null
    /**
     * Where it is from.
     */
    from: {
      /**
       * builtin: part of this program; project: declared here; fetched: declared elsewhere and fetched; hub: registered there and not fetched.
       */
      kind: 'builtin' | 'project' | 'fetched' | 'hub'
      /**
       * Hub or file that describes it; null for the first two.
       */
      address: string | null
      /**
       * Whether every file that names sources is here.
       */
      fetched: boolean
    }
  }[]
}
