// Generated from schemas/ by `npm run generate:types`. Do not edit.

/**
 * Prints `benchmark dataset fetch --json`.
 */
export interface DatasetFetchDocument {
  /**
   * Kind and version of this document.
   */
  schema: 'benchmark.dataset-fetch/1'
  /**
   * Name for --dataset.
   */
  id: string
  /**
   * Version of the data.
   */
  version: string
  /**
   * unchanged: everything was there already.
   */
  state: 'fetched' | 'unchanged'
  /**
   * Hub or file that describes it.
   */
  from: string
  /**
   * Version of that description; null for a dataset.yaml.
   */
  document_version: number | null
  /**
   * Where the files are.
   */
  folder: string
  /**
   * The dataset.yaml.
   */
  file: string
  /**
   * Size of all files.
   */
  bytes: number
  /**
   * What was read from sources now.
   */
  received_bytes: number
  /**
   * Every file.
   *
   * Items: One file.
   */
  files: {
    /**
     * In the folder.
     */
    path: string
    /**
     * SHA-256.
     */
    sha256: string
    /**
     * Size.
     */
    bytes: number
    /**
     * present: it was in its place; cached: its content was here; fetched: it came from a source.
     */
    outcome: 'present' | 'cached' | 'fetched'
    /**
     * The source that gave it; null when it was here.
     */
    source: string | null
    /**
     * Sources that were tried before.
     *
     * Items: One source.
     */
    failed: {
      /**
       * Source.
       */
      source: string
      /**
       * Why it did not give the file.
       */
      reason: string
    }[]
  }[]
  /**
   * What should be known.
   *
   * Items: One sentence.
   */
  warnings: string[]
}
