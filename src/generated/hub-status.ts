// Generated from schemas/ by `npm run generate:types`. Do not edit.

/**
 * The hub of this project, and what is known of it here.
 */
export interface HubStatusDocument {
  /**
   * Kind and version of this document.
   */
  schema: 'benchmark.hub-status/1'
  /**
   * URL or folder of the hub, without credentials.
   */
  hub: string
  /**
   * Name of the hub, once it was read.
   */
  name: string | null
  /**
   * Who can read it.
   */
  audience: 'community' | 'public' | null
  /**
   * Epoch of its history.
   */
  epoch: number | null
  /**
   * never-synced: nothing was read yet; diverged: its history was rewritten without a signed new epoch.
   */
  state: 'never-synced' | 'ok' | 'diverged'
  /**
   * Whether it answers now; null: it was not asked.
   */
  reachable: boolean | null
  /**
   * Why it does not.
   */
  problem: string | null
  /**
   * Last commit that was read.
   */
  head: string | null
  /**
   * Its last commit now.
   */
  remote_head: string | null
  /**
   * UTC.
   */
  synced_at: string | null
  /**
   * Runs of it that are here.
   */
  runs: number
  /**
   * Projects among them.
   */
  projects: number
  /**
   * Paths that were not taken in.
   */
  quarantined: number
  /**
   * Own runs by state.
   */
  outbox: {
    [k: string]: number | undefined
  }
  /**
   * Own runs that are not in the hub yet.
   */
  waiting: WaitingRun[]
  /**
   * This project.
   */
  project: string | null
  /**
   * Whether the hub knows this project and its key.
   */
  registration: 'registered' | 'unknown' | 'other-key' | 'no-key' | 'not-read'
  /**
   * Key that signs runs of this project.
   */
  key_id: string | null
  token: TokenStatus
}
/**
 * A run that waits.
 */
export interface WaitingRun {
  /**
   * Run id.
   */
  run_id: string
  /**
   * queued, inflight, held, conflict or rejected.
   */
  state: string
  /**
   * Why.
   */
  reason: string | null
  /**
   * Tries so far.
   */
  attempts: number
  /**
   * Next try, UTC.
   */
  next_at: string | null
}
/**
 * The token for it; never the token itself.
 */
export interface TokenStatus {
  /**
   * Whether there is one.
   */
  found: boolean
  /**
   * Where it is from.
   */
  source: string | null
  /**
   * First eight digits of its SHA-256.
   */
  fingerprint: string | null
}
