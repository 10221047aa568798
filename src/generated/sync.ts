// Generated from schemas/ by `npm run generate:types`. Do not edit.

/**
 * What was read from a hub.
 */
export interface SyncDocument {
  /**
   * Kind and version of this document.
   */
  schema: 'benchmark.sync/1'
  /**
   * URL or folder of the hub, without credentials.
   */
  hub: string
  /**
   * Last commit of the hub; null: it is empty.
   */
  head: string | null
  /**
   * Runs that are new here.
   */
  added: number
  /**
   * Runs that are gone: erased or expired.
   */
  removed: number
  /**
   * What was not taken in, and why.
   */
  quarantined: QuarantinedPath[]
  /**
   * What came over the wire.
   */
  bytes_received: number
  /**
   * Own runs that had waited and are in the hub now.
   *
   * Items: Run id.
   */
  delivered: string[]
  /**
   * Own runs that still wait.
   */
  queued: number
  /**
   * What else a user should know.
   *
   * Items: One sentence.
   */
  notes: string[]
}
/**
 * A path and why it was not taken in.
 */
export interface QuarantinedPath {
  /**
   * Path in the hub.
   */
  path: string
  /**
   * Why.
   */
  reason: string
}
