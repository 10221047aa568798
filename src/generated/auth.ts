// Generated from schemas/ by `npm run generate:types`. Do not edit.

/**
 * The token for a hub; never the token itself, unless --get-token asked for it.
 */
export interface AuthDocument {
  /**
   * Kind and version of this document.
   */
  schema: 'benchmark.auth/1'
  /**
   * URL or folder of the hub, without credentials.
   */
  hub: string
  /**
   * Scheme, host and port it is bound to; null: this hub needs none.
   */
  origin: string | null
  /**
   * What was done.
   */
  action: 'stored' | 'removed' | 'shown' | 'status' | 'confirmed'
  /**
   * Whether there is a token.
   */
  found: boolean
  /**
   * Where it is from.
   */
  source: string | null
  /**
   * Where a token is from that is not sent to this hub, because nobody confirmed on this machine that it may be.
   */
  withheld: string | null
  /**
   * First eight digits of its SHA-256.
   */
  fingerprint: string | null
  /**
   * The token, with --get-token.
   */
  token: string | null
  /**
   * Whether the hub took it; null: it was not asked or could not be reached.
   */
  accepted: boolean | null
  /**
   * Key that signs runs of this project.
   */
  key_id: string | null
}
