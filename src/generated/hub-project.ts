// Generated from schemas/ by `npm run generate:types`. Do not edit.

/**
 * registry/projects/<project>/project.json
 */
export interface HubProjectDocument {
  /**
   * Kind and version of this document.
   */
  schema: 'benchmark.hub-project/1'
  /**
   * Id of the project.
   */
  id: string
  /**
   * Benchmark type.
   */
  type: string
  /**
   * Person or team.
   */
  owner: string | null
  /**
   * Web page or repository.
   */
  homepage: string | null
  /**
   * In words.
   */
  description: string | null
  /**
   * UTC.
   */
  registered_at: string
  /**
   * Grows with every change.
   */
  version: number
  /**
   * Keys that sign its runs.
   *
   * @minItems 1
   * @maxItems 64
   */
  keys: [HubKey, ...HubKey[]]
  /**
   * By a key of the version before, or a maintainer; the first version by one of its own keys.
   *
   * @minItems 1
   * @maxItems 32
   */
  signatures: [HubSignature, ...HubSignature[]]
}
/**
 * A public key and what it is worth.
 */
export interface HubKey {
  /**
   * base32 of the first bytes of the SHA-256 of the raw key.
   */
  key_id: string
  /**
   * Algorithm.
   */
  alg: 'ed25519'
  /**
   * The raw key, base64url.
   */
  public_key: string
  /**
   * revoked: what it signed is not counted any more.
   */
  status: 'active' | 'revoked'
  /**
   * UTC.
   */
  added_at: string
  /**
   * UTC; null while active.
   */
  revoked_at: string | null
  /**
   * Why it was revoked.
   */
  reason: string | null
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
