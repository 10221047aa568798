// Generated from schemas/ by `npm run generate:types`. Do not edit.

/**
 * hub.json: what a hub is and who keeps it.
 */
export interface HubConfigDocument {
  /**
   * Kind and version of this document.
   */
  schema: 'benchmark.hub/1'
  /**
   * Name of the hub.
   */
  name: string
  /**
   * Title for people.
   */
  title: string
  /**
   * Who can read it: documents wider than this are never sent, narrower ones never taken.
   */
  audience: 'community' | 'public'
  /**
   * Layout of the tree.
   */
  layout: 'month-files/1'
  /**
   * Counts from 1; a squash starts the next one.
   */
  epoch: number
  /**
   * Last commit of the epoch before, which this history replaces; null in the first.
   */
  previous_head: string | null
  /**
   * Grows with every change.
   */
  version: number
  /**
   * Of the hashes of erased run ids, hexadecimal.
   */
  salt: string
  limits: HubLimits
  /**
   * Keys that may change the registry.
   *
   * @minItems 1
   * @maxItems 64
   */
  maintainers: [HubKey, ...HubKey[]]
  /**
   * By a key of the version before, or a maintainer; the first version by one of its own keys.
   *
   * @minItems 1
   * @maxItems 32
   */
  signatures: [HubSignature, ...HubSignature[]]
}
/**
 * What a push may bring.
 */
export interface HubLimits {
  /**
   * Largest run.
   */
  run_bytes: number
  /**
   * Largest closed month of a project.
   */
  segment_bytes: number
  /**
   * Most files in one folder.
   */
  folder_entries: number
  /**
   * Most projects.
   */
  projects: number
  /**
   * Most new runs of one project in one day.
   */
  runs_per_project_per_day: number
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
