// Generated from schemas/ by `npm run generate:types`. Do not edit.

/**
 * warehouse/results/<project>/<yyyy-mm>.seal.json: a key of the project vouches for the closed month beside it, byte by byte.
 */
export interface HubSealDocument {
  /**
   * Kind and version of this document.
   */
  schema: 'benchmark.hub-seal/1'
  /**
   * Project whose month it is.
   */
  project_id: string
  /**
   * Closed month, UTC.
   */
  month: string
  /**
   * SHA-256 of all bytes of <yyyy-mm>.jsonl.
   */
  segment_sha256: string
  /**
   * Lines of <yyyy-mm>.jsonl.
   */
  runs: number
  signer: SealSigner
  /**
   * Signature over the hub's salt and the canonical document without sig, base64url.
   */
  sig: string
}
/**
 * Who vouches: a key of the project.
 */
export interface SealSigner {
  /**
   * Algorithm.
   */
  alg: 'ed25519'
  /**
   * Id of the public key: base32 of the first bytes of its SHA-256.
   */
  key_id: string
}
