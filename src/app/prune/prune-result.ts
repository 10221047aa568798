import type { KeptBecause } from '../../core/prune/choose-outputs.ts'
import type { Problem } from '../../core/problem.ts'

/** What can be removed, in the order it is told. `logs` only when asked for. */
export const PRUNE_KINDS = ['outputs', 'logs', 'downloads', 'mirrors', 'leftovers'] as const
export type PruneKind = (typeof PRUNE_KINDS)[number]

/** Something that went, or would go. */
export interface PrunedItem {
  readonly kind: PruneKind
  /** Absolute: the folder it stands in, or the thing itself. */
  readonly path: string
  readonly runId: string | null
  /** Executions, files of the cache, mirrors or leftovers. */
  readonly count: number
  readonly files: number
  readonly bytes: number
}

export interface PruneResult {
  readonly isDryRun: boolean
  readonly kinds: readonly PruneKind[]
  readonly olderThanMs: number
  readonly items: readonly PrunedItem[]
  /** Old runs of which outputs or logs stay, and why. */
  readonly kept: readonly { readonly runId: string; readonly because: KeptBecause }[]
  /** What could not be removed, or not even looked at. */
  readonly problems: readonly Problem[]
}
