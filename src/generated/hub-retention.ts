// Generated from schemas/ by `npm run generate:types`. Do not edit.

/**
 * registry/policy/retention.json
 */
export interface HubRetentionDocument {
  /**
   * Kind and version of this document.
   */
  schema: 'benchmark.hub-retention/1'
  /**
   * Grows with every change.
   */
  version: number
  /**
   * Days a closed month of single runs is kept.
   */
  raw_days: number
  /**
   * Days frozen aggregates are kept.
   */
  aggregated_days: number
  /**
   * What becomes of it afterwards.
   */
  archive: string
  /**
   * By a key of the version before, or a maintainer; the first version by one of its own keys.
   *
   * @minItems 1
   * @maxItems 32
   */
  signatures: [HubSignature, ...HubSignature[]]
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
