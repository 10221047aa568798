// Generated from schemas/ by `npm run generate:types`. Do not edit.

/**
 * Prints `benchmark dataset show --json`.
 */
export interface DatasetDetailsDocument {
  /**
   * Kind and version of this document.
   */
  schema: 'benchmark.dataset-details/1'
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
   * Where the data come from.
   */
  source: string | null
  /**
   * How the truth was made.
   */
  labels: string | null
  /**
   * What it is good for.
   */
  description: string | null
  /**
   * Sample sheet.
   */
  samplesheet: string
  /**
   * Truth file.
   */
  truth: string | null
  /**
   * The dataset.yaml; null before it is fetched.
   */
  file: string | null
  /**
   * Files of the dataset.
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
    /**
     * Where it can be fetched.
     *
     * Items: Source.
     */
    sources: string[]
  }[]
  /**
   * Samples of the sheet; none before it is fetched.
   *
   * Items: One sample.
   */
  samples: {
    /**
     * Sample id.
     */
    id: string
    /**
     * Group.
     */
    group: string | null
    /**
     * Forward reads.
     */
    fastq_1: string | null
    /**
     * Reverse reads.
     */
    fastq_2: string | null
    /**
     * Contigs.
     */
    fasta: string | null
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
