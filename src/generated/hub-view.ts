// Generated from schemas/ by `npm run generate:types`. Do not edit.

/**
 * What was written as folders and files.
 */
export interface HubViewDocument {
  /**
   * Kind and version of this document.
   */
  schema: 'benchmark.hub-view/1'
  /**
   * URL or folder of the hub, without credentials.
   */
  hub: string
  /**
   * Where it was written.
   */
  folder: string
  /**
   * Files written.
   */
  written: number
  /**
   * Files that were there with the same bytes.
   */
  unchanged: number
  /**
   * Files of an earlier view that are gone.
   */
  removed: number
}
