import type { Change, Comparison, Verdict } from '../../core/comparison/comparison.ts'

const COSTS: ReadonlySet<string> = new Set(['wall_seconds', 'peak_rss_bytes'])
const FINDINGS: ReadonlySet<Verdict> = new Set(['improved', 'regressed', 'changed-exact', 'new-failure', 'fixed'])
const MOST_OTHERS = 12

/** The changes a reader sees first, and how the others came out. */
export interface ShownChanges {
  readonly shown: readonly Change[]
  /** Verdict -> how many of those that are not shown; those that cannot be compared are told elsewhere. */
  readonly others: ReadonlyMap<Verdict, number>
}

/**
 * Failures, primary metrics, runtime and memory, and of all others what was found to differ. With `all`: everything.
 */
export const shownChanges = ({ changes }: Comparison, all: boolean): ShownChanges => {
  const isFirst = ({ gates, isPrimary, metric, verdict }: Change): boolean =>
    verdict !== 'not-comparable' && (gates.length === 0 ? verdict !== 'equivalent' : isPrimary || COSTS.has(metric))
  const hasPrimary = changes.some(({ isPrimary }) => isPrimary)
  const candidates = changes.filter((change) => !isFirst(change) && change.verdict !== 'not-comparable')
  const findings = candidates.filter(({ verdict, gates }) => gates.length > 0 && (FINDINGS.has(verdict) || !hasPrimary))
  const extra = new Set(findings.slice(0, MOST_OTHERS))
  const shown = all ? changes : changes.filter((change) => isFirst(change) || extra.has(change))
  const others = new Map<Verdict, number>()
  for (const change of changes)
    if (!shown.includes(change) && change.verdict !== 'not-comparable' && change.gates.length > 0)
      others.set(change.verdict, (others.get(change.verdict) ?? 0) + 1)
  return { shown, others }
}
