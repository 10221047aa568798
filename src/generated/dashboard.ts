// Generated from schemas/ by `npm run generate:types`. Do not edit.

/**
 * A static site that was built or renewed.
 */
export interface DashboardDocument {
  /**
   * Kind and version of this document.
   */
  schema: 'benchmark.dashboard/1'
  /**
   * Folder of the site.
   */
  output: string
  /**
   * Address of its first page on this machine.
   */
  url: string
  /**
   * Hub whose runs are in it, without credentials; null: none was read.
   */
  hub: string | null
  /**
   * Whether runs of this machine are in it, private ones too.
   */
  includes_own_runs: boolean
  /**
   * Projects with pages.
   */
  projects: number
  /**
   * Runs in its tables.
   */
  runs: number
  /**
   * HTML pages.
   */
  pages: number
  /**
   * Files of the site.
   */
  files: number
  /**
   * Files that were written.
   */
  written: number
  /**
   * Files that were there as they should be.
   */
  unchanged: number
  /**
   * Files of an earlier build that are not part of the site any more.
   */
  removed: number
  /**
   * Size of all files together.
   */
  bytes: number
}
