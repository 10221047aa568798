// Generated from schemas/ by `npm run generate:types`. Do not edit.

/**
 * Prints `benchmark audit list --json`.
 */
export interface AuditListDocument {
  /**
   * Kind and version of this document.
   */
  schema: 'benchmark.audit-list/1'
  /**
   * What was done, newest first.
   */
  entries: AuditEntryDocument[]
}
export interface AuditEntryDocument {
  /**
   * Number of the entry, from 1 without gaps.
   */
  seq: number
  /**
   * When, UTC.
   */
  at: string
  /**
   * Pseudonym of who did it: a key id, or local.
   */
  actor: string
  /**
   * What was done, for example disclose or erase.
   */
  action: string
  /**
   * SHA-256 of what it is about.
   */
  object_hash: string | null
  /**
   * More about it; null where it was erased.
   */
  detail: {
    [k: string]: unknown | undefined
  } | null
  /**
   * SHA-256 over the hash of the entry before and this entry.
   */
  hash: string
}
