import { PRUNE_KINDS, type PrunedItem, type PruneKind, type PruneResult } from '../../app/prune/prune-result.ts'
import type { PruneDocument } from '../../generated/prune.ts'

export interface PrunedTotal {
  readonly kind: PruneKind
  readonly count: number
  readonly files: number
  readonly bytes: number
}

/** Sums of what went, by kind; without kinds of which nothing went. */
export const prunedTotals = (items: readonly PrunedItem[]): readonly PrunedTotal[] =>
  PRUNE_KINDS.flatMap((kind) => {
    const own = items.filter((item) => item.kind === kind)
    const sum = (key: 'count' | 'files' | 'bytes'): number => own.reduce((total, item) => total + item[key], 0)
    return own.length === 0 ? [] : [{ kind, count: sum('count'), files: sum('files'), bytes: sum('bytes') }]
  })

/** `benchmark.prune/1`. */
export const toPruneDocument = ({
  isDryRun,
  olderThanMs,
  kinds,
  items,
  kept,
  problems,
}: PruneResult): PruneDocument => ({
  schema: 'benchmark.prune/1',
  dry_run: isDryRun,
  older_than_seconds: olderThanMs / 1000,
  kinds: [...kinds],
  bytes_freed: items.reduce((total, { bytes }) => total + bytes, 0),
  totals: prunedTotals(items).map((total) => ({ ...total })),
  removed: items.map(({ runId, ...item }) => ({ ...item, run_id: runId })),
  kept: kept.map(({ runId, because }) => ({ run_id: runId, because })),
  problems: problems.map(({ code, message, hints }) => ({ code, message, hints: [...hints] })),
})
