// Generated from schemas/ by `npm run generate:types`. Do not edit.

/**
 * Prints `benchmark audit verify --json`.
 */
export interface AuditVerificationDocument {
  /**
   * Kind and version of this document.
   */
  schema: 'benchmark.audit-verification/1'
  /**
   * Nothing was changed, taken out or put in. That the end was cut off shows only against a newest hash noted elsewhere.
   */
  ok: boolean
  /**
   * Entries that are there.
   */
  entries: number
  /**
   * Hash of the newest entry; null where there is none.
   */
  newest: string | null
  /**
   * Every broken link.
   */
  problems: AuditProblem[]
}
export interface AuditProblem {
  /**
   * Number of the entry.
   */
  seq: number
  /**
   * What is wrong with it.
   */
  problem: string
}
