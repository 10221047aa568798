import type { Change, Verdict } from '../../core/comparison/comparison.ts'

const ORDER: readonly Verdict[] = [
  ...(['new-failure', 'regressed', 'changed-exact', 'improved', 'fixed', 'inconclusive'] as const),
  ...(['not-comparable', 'equivalent'] as const),
]

/** The worst first: by verdict, primary metrics before others, then by how large the harm is at least. */
export const bySeverity = (left: Change, right: Change): number =>
  ORDER.indexOf(left.verdict) - ORDER.indexOf(right.verdict) ||
  Number(right.isPrimary) - Number(left.isPrimary) ||
  leastHarm(right) - leastHarm(left) ||
  compareTexts(nameOf(left), nameOf(right))

/**
 * The smallest harm the interval allows, as a multiple of the smallest effect that matters, so that metrics of different
 * units can be ordered; negative for what is better. Without an interval the effect itself.
 */
const leastHarm = ({ direction, low, high, effect, smallestEffect, better }: Change): number => {
  const bound = direction === 'higher' ? high : direction === 'lower' ? low : null
  const signed = bound ?? (effect === null ? 0 : better === 'baseline' ? Math.abs(effect) : -Math.abs(effect))
  const harm = bound !== null && direction === 'higher' ? -signed : signed
  return smallestEffect === null || smallestEffect === 0 ? harm : harm / smallestEffect
}

/** How large an effect is against the smallest that matters; null where there is none to hold it against. */
export const sizeClass = ({ effect, smallestEffect }: Change): 'small' | 'medium' | 'large' | null => {
  if (effect === null || smallestEffect === null || smallestEffect === 0) return null
  const times = Math.abs(effect) / smallestEffect
  return times < 2 ? 'small' : times < 5 ? 'medium' : 'large'
}

/** Findings, and what nothing could be said about although it is important. */
export const isVisible = ({ verdict, isPrimary }: Change): boolean =>
  verdict === 'inconclusive' || verdict === 'not-comparable' ? isPrimary : verdict !== 'equivalent'

/** Whether there is anything to show: a metric that no sample has a value of on either side says nothing. */
export const hasValue = ({ baseline, candidate, isPrimary }: Change): boolean =>
  isPrimary || baseline !== null || candidate !== null

/**
 * One change for each metric of a pipeline, in the given order: at the level of the primary metrics where it is there,
 * else the first. The other levels tend to say the same again.
 */
export const oneLevelEach = (changes: readonly Change[]): readonly Change[] => {
  const levels = new Set(changes.filter(({ isPrimary }) => isPrimary).map(({ level }) => level))
  const chosen = new Map<string, Change>()
  for (const change of changes) {
    const key = JSON.stringify([change.pipeline, change.params, change.metric, change.verdict])
    const before = chosen.get(key)
    if (before === undefined || (!before.isPrimary && levels.has(change.level) && !levels.has(before.level)))
      chosen.set(key, change)
  }
  const kept = new Set(chosen.values())
  return changes.filter((change) => change.isPrimary || kept.has(change))
}

const nameOf = ({ pipeline, params, metric, level, rank }: Change): string =>
  JSON.stringify([pipeline, params, metric, level, rank])

const compareTexts = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0)
