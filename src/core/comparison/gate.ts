import type { Change, Comparison, Gate, GateFailure } from './comparison.ts'

/**
 * What CI should do. A new failure stops it always; of the metrics only declared primary ones do: shown to be worse, or
 * deterministic and worse by more than matters. Nothing judged is `undecided`, never `passed`. Where `inconclusive` is to
 * fail, so does every primary metric that is not decided.
 */
export const gateOf = (changes: readonly Change[], inconclusive: Gate['inconclusive'] = 'pass'): Gate => {
  const primary = changes.filter(({ isPrimary }) => isPrimary)
  const failures = changes.filter(isFailure).map(entry)
  const undecided = primary
    .filter(({ verdict }) => verdict === 'inconclusive' || verdict === 'not-comparable')
    .map(entry)
  const isUndecided = primary.length === undecided.length
  const isStrict = inconclusive === 'fail' && (isUndecided || undecided.length > 0)
  const state = failures.length > 0 || isStrict ? 'failed' : isUndecided ? 'undecided' : 'passed'
  return { state, failures, undecided, inconclusive }
}

const isFailure = (change: Change): boolean =>
  change.verdict === 'new-failure' ||
  (change.isPrimary && (change.verdict === 'regressed' || (isLargeExact(change) && change.better === 'baseline')))

/** Whether a deterministic change is one that matters. */
export const isLargeExact = ({ verdict, gates }: Change): boolean =>
  verdict === 'changed-exact' &&
  gates.every(({ gate, isPassed }) => (gate !== 'large-enough' && gate !== 'above-floor') || isPassed === true)

const entry = ({ pipeline, params, metric, level, rank, verdict }: Change): GateFailure => ({
  ...{ pipeline, params, metric, level, rank, verdict },
})

/** One word for the whole comparison, from failures and primary metrics, or from all metrics where none is declared. */
export const overallVerdict = (changes: readonly Change[]): Comparison['verdict'] => {
  const primary = changes.filter(({ isPrimary }) => isPrimary)
  const judged = primary.length > 0 ? primary : changes.filter(({ gates }) => gates.length > 0)
  const has = (isSo: (change: Change) => boolean): boolean => judged.some(isSo)
  if (changes.some(({ verdict }) => verdict === 'new-failure')) return 'new-failure'
  if (judged.length === 0) return changes.some(({ verdict }) => verdict === 'fixed') ? 'fixed' : 'not-comparable'
  if (judged.every(({ verdict }) => verdict === 'not-comparable')) return 'not-comparable'
  const isWorse = has(
    (change) => change.verdict === 'regressed' || (isLargeExact(change) && change.better === 'baseline'),
  )
  const isBetter = has(
    (change) => change.verdict === 'improved' || (isLargeExact(change) && change.better === 'candidate'),
  )
  if (isWorse && isBetter) return 'mixed'
  if (isWorse) return 'regressed'
  if (isBetter) return 'improved'
  if (changes.some(({ verdict }) => verdict === 'fixed')) return 'fixed'
  if (has(({ verdict }) => verdict === 'changed-exact')) return 'changed-exact'
  return judged.every(({ verdict }) => verdict === 'equivalent') ? 'equivalent' : 'inconclusive'
}
