// Generated from schemas/ by `npm run generate:types`. Do not edit.

/**
 * A dataset.yaml: samples, their input files and their truth, with what every file must hash to.
 */
export interface DatasetFile {
  /**
   * Name for --dataset: letters, digits, dot, dash, underscore.
   */
  id: string
  /**
   * One line for lists and reports.
   */
  title?: string
  /**
   * Raised whenever a file changes; quote it.
   */
  version: string
  /**
   * What the truth is about.
   */
  benchmark_type?: 'amr-detection' | 'diversity-analysis' | 'assembly-quality' | 'binning' | 'pathogen-detection'
  /**
   * SPDX id or name of the licence.
   */
  licence?: string
  /**
   * Where the data come from: DOI, URL, accessions.
   */
  source?: string
  /**
   * How the truth was made: inserted (into simulated data), curated, or tool:NAME@DATABASE, which favours that tool.
   */
  labels?: string
  /**
   * What it is good for, and what not.
   */
  description?: string
  /**
   * Folder the paths start at; default: the folder of this file.
   */
  base?: string
  /**
   * Sample sheet (CSV).
   */
  samplesheet: string
  /**
   * Truth file.
   */
  truth?: string
  /**
   * Written by `benchmark dataset fetch`: the description it was made from.
   */
  fetched?: {
    /**
     * Address of the hub, or the file.
     */
    from: string
    /**
     * Version of that description.
     */
    document_version: number
    /**
     * SHA-256 of that description.
     */
    document_sha256: string
  }
  /**
   * Every file of the dataset; checked by `benchmark dataset verify`.
   *
   * Items: One file.
   */
  files?: {
    /**
     * Where it is.
     */
    path: string
    /**
     * SHA-256 of its content, in lower case hexadecimal digits.
     */
    sha256?: string
    /**
     * Its size.
     */
    bytes?: number
    /**
     * Where `benchmark dataset fetch` gets it: https:, http:, s3:, file: or a path relative to shared storage; tried in order.
     *
     * @maxItems 16
     */
    sources?:
      | []
      | [string]
      | [string, string]
      | [string, string, string]
      | [string, string, string, string]
      | [string, string, string, string, string]
      | [string, string, string, string, string, string]
      | [string, string, string, string, string, string, string]
      | [string, string, string, string, string, string, string, string]
      | [string, string, string, string, string, string, string, string, string]
      | [string, string, string, string, string, string, string, string, string, string]
      | [string, string, string, string, string, string, string, string, string, string, string]
      | [string, string, string, string, string, string, string, string, string, string, string, string]
      | [string, string, string, string, string, string, string, string, string, string, string, string, string]
      | [string, string, string, string, string, string, string, string, string, string, string, string, string, string]
      | [
          string,
          string,
          string,
          string,
          string,
          string,
          string,
          string,
          string,
          string,
          string,
          string,
          string,
          string,
          string
        ]
      | [
          string,
          string,
          string,
          string,
          string,
          string,
          string,
          string,
          string,
          string,
          string,
          string,
          string,
          string,
          string,
          string
        ]
  }[]
}
