// Generated from schemas/ by `npm run generate:types`. Do not edit.

/**
 * `.benchmark/blessings.yaml`: levels that were accepted as the new normal, with who and why.
 */
export interface BlessingsFile {
  /**
   * In the order they were given.
   */
  blessings: BlessingEntry[]
}
/**
 * One accepted level.
 */
export interface BlessingEntry {
  /**
   * id of the run from which on the level counts
   */
  run: string
  /**
   * commit of that run, 40 or 64 hexadecimal digits
   */
  commit?: string
  /**
   * Id of the metric.
   */
  metric: string
  /**
   * Match level; left out: every one.
   */
  level?: string
  /**
   * Taxonomic rank; left out: every one.
   */
  rank?: string
  /**
   * Pipeline; left out: every one.
   */
  pipeline?: string
  /**
   * Why the level is right.
   */
  why: string
  /**
   * Who accepted it.
   */
  by: string
  /**
   * when, UTC, such as 2026-11-23T10:15:02.000Z
   */
  at: string
}
