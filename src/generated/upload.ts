// Generated from schemas/ by `npm run generate:types`. Do not edit.

/**
 * What became of the runs that were to be shared.
 */
export interface UploadDocument {
  /**
   * Kind and version of this document.
   */
  schema: 'benchmark.upload/1'
  /**
   * URL or folder of the hub, without credentials.
   */
  hub: string
  /**
   * Runs that are in the hub now.
   *
   * Items: Run id.
   */
  uploaded: string[]
  /**
   * Runs that wait for the next exchange.
   *
   * Items: Run id.
   */
  queued: string[]
  /**
   * Runs that are not shared, and why.
   */
  rejected: RejectedRun[]
  /**
   * What they are shared as; null where they differ or nothing is new.
   */
  visibility: 'community' | 'public' | 'private' | null
  /**
   * Last commit of the hub, when it was reached.
   */
  head: string | null
  /**
   * What went over the wire.
   */
  bytes_sent: number
  /**
   * What else a user should know.
   *
   * Items: One sentence.
   */
  notes: string[]
}
/**
 * A run and why it is not shared.
 */
export interface RejectedRun {
  /**
   * Run id.
   */
  run_id: string
  /**
   * Why.
   */
  reason: string
}
