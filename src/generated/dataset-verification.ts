// Generated from schemas/ by `npm run generate:types`. Do not edit.

/**
 * Prints `benchmark dataset verify --json`.
 */
export interface DatasetVerificationDocument {
  /**
   * Kind and version of this document.
   */
  schema: 'benchmark.dataset-verification/1'
  /**
   * Name for --dataset.
   */
  id: string
  /**
   * Version.
   */
  version: string
  /**
   * No file is missing or different.
   */
  ok: boolean
  /**
   * Every file of the dataset.
   *
   * Items: One file.
   */
  files: {
    /**
     * Where it is.
     */
    path: string
    /**
     * What is the matter with it.
     */
    state: 'ok' | 'missing' | 'size_differs' | 'content_differs' | 'no_checksum' | 'unlisted'
    /**
     * What the dataset says.
     */
    expected: {
      /**
       * SHA-256.
       */
      sha256: string | null
      /**
       * Size.
       */
      bytes: number | null
    }
    /**
     * What is there; nulls = not looked at.
     */
    actual: {
      /**
       * SHA-256.
       */
      sha256: string | null
      /**
       * Size.
       */
      bytes: number | null
    }
  }[]
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
}
