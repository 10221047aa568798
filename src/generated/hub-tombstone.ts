// Generated from schemas/ by `npm run generate:types`. Do not edit.

/**
 * registry/tombstones/<aa>/<hash>.json: a run that was erased, without naming it.
 */
export interface HubTombstoneDocument {
  /**
   * Kind and version of this document.
   */
  schema: 'benchmark.hub-tombstone/1'
  /**
   * SHA-256 of the salt of hub.json and the run id.
   */
  hash: string
  /**
   * Why.
   */
  reason: 'request' | 'legal' | 'mistake' | 'abuse'
  /**
   * Day, UTC.
   */
  erased_on: string
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
