// Generated from schemas/ by `npm run generate:types`. Do not edit.

/**
 * What `benchmark import --json` prints when it rebuilds the database from results folders.
 */
export interface RebuildDocument {
  /**
   * Kind and version of this document.
   */
  schema: 'benchmark.rebuild/1'
  /**
   * Runs that are in the database now and were not before.
   *
   * Items: Run id.
   */
  restored: string[]
  /**
   * Runs the database already had.
   *
   * Items: Run id.
   */
  present: string[]
  /**
   * Run folders left out.
   */
  damaged: DamagedRun[]
}
/**
 * A run folder that cannot be read.
 */
export interface DamagedRun {
  /**
   * The run folder.
   */
  path: string
  /**
   * What is wrong with it.
   */
  reason: string
  /**
   * Every single thing found wrong.
   */
  findings: string[]
}
