// Generated from schemas/ by `npm run generate:types`. Do not edit.

/**
 * What `benchmark prune --json` prints.
 */
export interface PruneDocument {
  /**
   * Kind and version of this document.
   */
  schema: 'benchmark.prune/1'
  /**
   * Whether nothing was removed, and this says what would be.
   */
  dry_run: boolean
  /**
   * Only what is older was looked at; leftovers are at least a day old.
   */
  older_than_seconds: number
  /**
   * What was looked for.
   */
  kinds: ('outputs' | 'logs' | 'downloads' | 'mirrors' | 'leftovers')[]
  /**
   * As the file system counts them; files that have another name elsewhere free nothing.
   */
  bytes_freed: number
  /**
   * Sums by kind; kinds of which nothing went are left out.
   */
  totals: PrunedTotal[]
  /**
   * What went, or would go, one entry for each folder.
   */
  removed: PrunedItem[]
  /**
   * Runs that are old enough, but keep outputs.
   */
  kept: KeptRun[]
  /**
   * What could not be removed or read; the exit status is then 6.
   */
  problems: PruneProblem[]
}
export interface PrunedTotal {
  /**
   * What it was.
   */
  kind: 'outputs' | 'logs' | 'downloads' | 'mirrors' | 'leftovers'
  /**
   * Folders of executions, files of the cache, mirrors or leftovers.
   */
  count: number
  /**
   * Files in them.
   */
  files: number
  /**
   * What that frees.
   */
  bytes: number
}
export interface PrunedItem {
  /**
   * What it was.
   */
  kind: 'outputs' | 'logs' | 'downloads' | 'mirrors' | 'leftovers'
  /**
   * Folder it stood in; of a mirror its own.
   */
  path: string
  /**
   * Run it belonged to, or null.
   */
  run_id: string | null
  /**
   * Folders of executions, files of the cache, mirrors or leftovers.
   */
  count: number
  /**
   * Files in them.
   */
  files: number
  /**
   * What that frees.
   */
  bytes: number
}
export interface KeptRun {
  /**
   * Id of the run.
   */
  run_id: string
  /**
   * active: at work now; unfinished: it can go on; elsewhere: its folder is outside of the project, or behind a link; baseline: later runs are held against it; newest: of a pipeline and parameter set for a sample of a dataset; reused: a kept run took over its outputs.
   */
  because: 'active' | 'unfinished' | 'elsewhere' | 'baseline' | 'newest' | 'reused'
}
export interface PruneProblem {
  /**
   * For example E_STORE.
   */
  code: string
  /**
   * What is wrong.
   */
  message: string
  /**
   * What to do next.
   */
  hints: string[]
}
