// Generated from schemas/ by `npm run generate:types`. Do not edit.

/**
 * registry/policy/anonymisation.json
 */
export interface HubAnonymisationDocument {
  /**
   * Kind and version of this document.
   */
  schema: 'benchmark.hub-anonymisation/1'
  /**
   * Grows with every change.
   */
  version: number
  /**
   * k: contributors that must share a combination of traits.
   */
  group_size: number
  /**
   * Digits metrics are rounded to.
   */
  significant_digits: number
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
