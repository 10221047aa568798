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
     * Truth file.
     */
    truth: string | null
    /**
     * The dataset.yaml.
     */
    file: string
    /**
     * Files listed.
     */
    files: number
    /**
     * Their size together; null when not every size is listed.
     */
    bytes: number | null
  }[]
}
