// Generated from schemas/ by `npm run generate:types`. Do not edit.

/**
 * What `benchmark history bless --json` prints.
 */
export interface BlessingListDocument {
  /**
   * Kind and version of this document.
   */
  schema: 'benchmark.blessing-list/1'
  /**
   * Where blessings are kept, in the project.
   */
  file: string
  /**
   * Whether .benchmark/.gitignore keeps the file out of the repository.
   */
  ignored_by_git: boolean
  /**
   * What was accepted now.
   */
  added: BlessedLevel[]
  /**
   * What was taken back or replaced.
   */
  removed: BlessedLevel[]
  /**
   * Everything that the file holds afterwards.
   */
  blessings: BlessedLevel[]
}
/**
 * A level that was accepted.
 */
export interface BlessedLevel {
  /**
   * Id of the run.
   */
  run: string
  /**
   * Commit of that run: where a database has not got the run, its first run of this commit counts.
   */
  commit: string | null
  /**
   * Id of the metric.
   */
  metric: string
  /**
   * Match level; null: every one.
   */
  level: string | null
  /**
   * Taxonomic rank; null: every one.
   */
  rank: string | null
  /**
   * Pipeline; null: every one.
   */
  pipeline: string | null
  /**
   * Why it is right.
   */
  why: string
  /**
   * Who accepted it.
   */
  by: string
  /**
   * When, UTC.
   */
  at: string
}
