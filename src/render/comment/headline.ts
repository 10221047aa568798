import type { Change, Comparison } from '../../core/comparison/comparison.ts'
import { isLargeExact } from '../../core/comparison/gate.ts'
import { changeName, effectText } from '../compare/change-text.ts'
import { countText } from '../rank/candidate-text.ts'
import type { CommentState, CommentSubject, Words } from './comment.ts'
import { bySeverity } from './severity.ts'

interface Headline {
  readonly state: CommentState
  readonly words: Words
}

/** The verdict in one line: what is worse or better, by how much, and how many more. */
export const headlineOf = ({ comparison: of, absent, gate }: CommentSubject): Headline => {
  const failed = gate?.failed ?? []
  const violations = gate?.violations ?? []
  if (of === null) {
    if (failed.length > 0 && gate?.closed === true)
      return { state: 'failed', words: [`Run failed: ${countText(failed.length, 'execution')} without a result`] }
    return { state: 'not-comparable', words: [`Not compared: ${absent?.why ?? 'there is nothing to compare with'}`] }
  }
  const found = strictLine(of.comparison, verdictLine(of.comparison))
  // The comment must not look better than the gate.
  if (gate?.closed !== true || CLOSES.has(found.state)) return found
  if (failed.length > 0)
    return { state: 'failed', words: [`${countText(failed.length, 'execution')} without a result; `, ...found.words] }
  const [first] = violations
  if (!first) return found
  const limit = [`${first.constraint} of `, { name: first.pipeline }, more(violations.length - 1), '; ']
  return {
    state: 'regression',
    words: [`${countText(violations.length, 'limit')} not kept: `, ...limit, ...found.words],
  }
}

/** Where what is undecided stops a change, that comes first: nothing may look better than the gate. */
const strictLine = ({ gate }: Comparison, found: Headline): Headline => {
  if (gate.state !== 'failed' || gate.failures.length > 0) return found
  const [first, ...rest] = gate.undecided
  const what: Words =
    first === undefined
      ? ['no primary metric is declared']
      : [`${changeName(first)} of `, { name: first.pipeline }, more(rest.length)]
  const state = found.state === 'not-comparable' ? found.state : 'too-little-data'
  return { state, words: ['Undecided, which stops this change: ', ...what, '; ', ...found.words] }
}

const CLOSES: ReadonlySet<CommentState> = new Set(['regression', 'mixed', 'failed'])

const verdictLine = (comparison: Comparison): Headline => {
  const { verdict } = comparison
  const changes = [...comparison.changes].sort(bySeverity)
  const primary = changes.filter(({ isPrimary }) => isPrimary)
  const judged = primary.length > 0 ? primary : changes
  const worse = judged.filter(isWorse)
  const better = judged.filter(isBetter)
  const others = otherWorse(changes, judged)
  switch (verdict) {
    case 'new-failure': {
      const failures = changes.filter((change) => change.verdict === 'new-failure')
      return { state: 'failed', words: ['New failure: ', ...named(failures, 'fails now'), more(failures.length - 1)] }
    }
    case 'regressed':
      return { state: 'regression', words: ['Regression detected: ', ...named(worse), more(worse.length - 1)] }
    case 'mixed':
      return {
        state: 'mixed',
        words: [
          'Better and worse: ',
          ...named(worse),
          more(worse.length - 1),
          ` (${countText(better.length, 'improvement')})`,
        ],
      }
    case 'improved':
      return {
        state: 'improvement',
        words: ['Improvement detected: ', ...named(better), more(better.length - 1), ...others],
      }
    case 'fixed': {
      const fixed = changes.filter((change) => change.verdict === 'fixed')
      return {
        state: 'improvement',
        words: ['Fixed: ', ...named(fixed, 'works now'), more(fixed.length - 1), ...others],
      }
    }
    case 'equivalent':
      return { state: 'no-change', words: ['No detectable change', ...others] }
    case 'changed-exact': {
      const exact = judged.filter((change) => change.verdict === 'changed-exact')
      return { state: 'no-change', words: ['Changed by less than matters: ', ...named(exact), ...others] }
    }
    case 'inconclusive':
      return { state: 'too-little-data', words: ['Too little data to tell', ...neededWords(judged), ...others] }
    case 'not-comparable':
      return { state: 'not-comparable', words: ['Not comparable', ...keyWords(comparison)] }
  }
}

const isWorse = (change: Change): boolean =>
  change.verdict === 'regressed' || (isLargeExact(change) && change.better === 'baseline')
const isBetter = (change: Change): boolean =>
  change.verdict === 'improved' || (isLargeExact(change) && change.better === 'candidate')

const named = ([first]: readonly Change[], words?: string): Words => {
  if (!first) return ['see below']
  const effect = words ?? (first.effect === null ? '' : effectText(first.effect, first))
  return [`${changeName(first)} ${effect} in `, { name: first.pipeline }]
}

const more = (count: number): string => (count > 0 ? ` and ${String(count)} more` : '')

/** What got worse without being important enough to decide. */
const otherWorse = (changes: readonly Change[], judged: readonly Change[]): Words => {
  const others = changes.filter((change) => change.verdict === 'regressed' && !judged.includes(change))
  return others.length === 0 ? [] : ['; less important and worse: ', ...named(others), more(others.length - 1)]
}

const neededWords = (judged: readonly Change[]): Words => {
  const most = judged.reduce<Change['needed']>((best, { needed }) => {
    if (needed === null || needed.forSmallestEffect === null) return best
    return best === null || needed.forSmallestEffect > (best.forSmallestEffect ?? 0) ? needed : best
  }, null)
  if (most === null || most.forSmallestEffect === null) return []
  const what = most.what === 'samples' ? 'sample' : 'repeat'
  return [`: about ${countText(most.forSmallestEffect, what)} would`]
}

const keyWords = ({ notComparable: [first, ...rest] }: Comparison): Words =>
  first ? [': another ', { name: first.key }, more(rest.length)] : []
