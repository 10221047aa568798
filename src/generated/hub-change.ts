// Generated from schemas/ by `npm run generate:types`. Do not edit.

/**
 * What a maintenance command changed in the hub.
 */
export interface HubChangeDocument {
  /**
   * Kind and version of this document.
   */
  schema: 'benchmark.hub-change/1'
  /**
   * URL or folder of the hub, without credentials.
   */
  hub: string
  /**
   * Command.
   */
  action: 'compact' | 'retain' | 'erase' | 'squash' | 'register' | 'publish'
  /**
   * Commit; null where nothing was to do.
   */
  commit: string | null
  /**
   * Files written.
   */
  changed: number
  /**
   * Files removed.
   */
  removed: number
  /**
   * Runs concerned.
   */
  runs: number
  /**
   * What to know.
   *
   * Items: One sentence.
   */
  notes: string[]
}
