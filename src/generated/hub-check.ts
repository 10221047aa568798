// Generated from schemas/ by `npm run generate:types`. Do not edit.

/**
 * What `benchmark hub check --json` prints: everything wrong with a change of a hub.
 */
export interface HubCheckDocument {
  /**
   * Kind and version of this document.
   */
  schema: 'benchmark.hub-check/1'
  /**
   * Commit before; null: everything was checked.
   */
  base: string | null
  /**
   * Commit that was checked.
   */
  head: string
  /**
   * Whether a finding is an error.
   */
  refused: boolean
  /**
   * Runs that are right and new.
   */
  new_runs: number
  /**
   * Registry documents that are right and new or changed.
   */
  registry_files: number
  /**
   * Paths that are gone.
   */
  removed: number
  /**
   * In path order.
   */
  findings: HubCheckFinding[]
}
/**
 * Something wrong.
 */
export interface HubCheckFinding {
  /**
   * Where; empty for the hub as a whole.
   */
  path: string
  /**
   * Which rule.
   */
  rule:
    | 'unknown-path'
    | 'mode'
    | 'size'
    | 'document'
    | 'month'
    | 'changed'
    | 'removed'
    | 'segment'
    | 'seal'
    | 'signature'
    | 'not-owner'
    | 'revoked'
    | 'unregistered'
    | 'duplicate-run'
    | 'copied-content'
    | 'erased'
    | 'visibility'
    | 'signers'
    | 'version'
    | 'keys'
    | 'name'
    | 'epoch'
    | 'quota'
    | 'furniture'
  /**
   * A warning alone refuses nothing.
   */
  severity: 'error' | 'warning'
  /**
   * In words.
   */
  message: string
  /**
   * Run, where there is one.
   */
  run_id: string | null
}
