// Generated from schemas/ by `npm run generate:types`. Do not edit.

/**
 * Prints `benchmark dataset add --json`.
 */
export interface DatasetAddedDocument {
  /**
   * Kind and version of this document.
   */
  schema: 'benchmark.dataset-added/1'
  /**
   * Name for --dataset.
   */
  id: string
  /**
   * Version.
   */
  version: string
  /**
   * What became of the file.
   */
  state: 'created' | 'replaced' | 'unchanged'
  /**
   * The dataset.yaml.
   */
  file: string
  /**
   * Files of the dataset, hashed.
   *
   * Items: One file.
   */
  files: {
    /**
     * Where it is.
     */
    path: string
    /**
     * What it must hash to.
     */
    sha256: string | null
    /**
     * What size it must have.
     */
    bytes: number | null
  }[]
  /**
   * What could be better.
   *
   * Items: A warning.
   */
  warnings: string[]
  /**
   * The document for a hub, if one was asked for.
   */
  manifest: string | null
}
