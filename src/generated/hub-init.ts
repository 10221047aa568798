// Generated from schemas/ by `npm run generate:types`. Do not edit.

/**
 * What was written into a new hub.
 */
export interface HubInitDocument {
  /**
   * Kind and version of this document.
   */
  schema: 'benchmark.hub-init/1'
  /**
   * URL or folder of the hub, without credentials.
   */
  hub: string
  /**
   * Name of the hub.
   */
  name: string
  /**
   * What was there before.
   */
  state: 'created' | 'completed' | 'unchanged'
  /**
   * First commit.
   */
  commit: string | null
  /**
   * Files that were written.
   *
   * Items: Path.
   */
  files: string[]
  /**
   * Id of the key that may change it.
   */
  maintainer_key: string
}
