// Generated from schemas/ by `npm run generate:types`. Do not edit.

/**
 * registry/datasets/<dataset>/dataset.json: a dataset, where its files are and what they must hash to.
 */
export interface HubDatasetDocument {
  /**
   * Kind and version of this document.
   */
  schema: 'benchmark.hub-dataset/1'
  /**
   * Id.
   */
  id: string
  /**
   * Title.
   */
  title: string
  /**
   * In words.
   */
  description: string | null
  /**
   * Version of the data.
   */
  dataset_version: string
  /**
   * Grows with every change of this document.
   */
  version: number
  /**
   * Benchmark type.
   */
  benchmark_type: string
  /**
   * Licence.
   */
  licence: string | null
  /**
   * Where it is from.
   */
  source: string | null
  /**
   * How the labels of its truth were made.
   */
  labels: string | null
  /**
   * Number of samples.
   */
  samples: number
  /**
   * Path of the sample sheet among the files.
   */
  samplesheet: string
  /**
   * Path of the truth among the files, or null.
   */
  truth: string | null
  /**
   * Every file.
   *
   * @minItems 1
   * @maxItems 20000
   */
  files: [HubDatasetFile, ...HubDatasetFile[]]
  /**
   * By a key of the version before, or a maintainer; the first version by one of its own keys.
   *
   * @minItems 1
   * @maxItems 32
   */
  signatures: [HubSignature, ...HubSignature[]]
}
/**
 * A file of a dataset.
 */
export interface HubDatasetFile {
  /**
   * Relative to the dataset folder, forward slashes.
   */
  path: string
  /**
   * Digest.
   */
  sha256: string
  /**
   * Size.
   */
  bytes: number
  /**
   * Where it can be had: https:, http:, s3:, file: or a path relative to the shared storage; tried in order.
   *
   * @minItems 1
   * @maxItems 16
   *
   * Items: Source.
   */
  sources:
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
}
/**
 * Who stands behind this version of the document.
 */
export interface HubSignature {
  /**
   * Key.
   */
  key_id: string
  /**
   * Signature over the canonical document without signatures, base64url.
   */
  sig: string
}
