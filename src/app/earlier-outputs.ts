import type { Execution } from '../core/run.ts'
import type { Files, ReusableExecution, RunStore } from './ports.ts'

/** What became of the measurement an execution could take over. */
type EarlierOutput =
  | { readonly state: 'there'; readonly execution: ReusableExecution }
  /** Its outputs are not in their folder any more. */
  | { readonly state: 'gone'; readonly execution: ReusableExecution }
  | { readonly state: 'none' }

export type FindEarlierOutput = (outputKey: string, repeat: number) => EarlierOutput

const NONE: EarlierOutput = { state: 'none' }

/**
 * Finds outputs of earlier runs for the executions of one run. The n-th repeat takes the n-th measurement whose outputs
 * are there: one measurement must not be counted twice, so the order stays what it was when it was first looked at.
 */
export const earlierOutputs = (
  { store, files }: { readonly store: Pick<RunStore, 'reusable'>; readonly files: Pick<Files, 'exists'> },
  runId: string,
  known: Iterable<Pick<Execution, 'cachedFrom'>> = [],
): FindEarlierOutput => {
  // An earlier part of this run may have counted others.
  const taken = new Set([...known].flatMap(({ cachedFrom }) => (cachedFrom ? [placeOf(cachedFrom)] : [])))
  const seen = new Map<
    string,
    { readonly there: readonly ReusableExecution[]; readonly gone: readonly ReusableExecution[] }
  >()
  return (outputKey, repeat) => {
    let found = seen.get(outputKey)
    if (found === undefined) {
      const all = store.reusable(outputKey, runId)
      const there = all.filter(({ outputsDir }) => files.exists(outputsDir))
      found = { there, gone: all.filter((one) => !there.includes(one)) }
      seen.set(outputKey, found)
    }
    const { there, gone } = found
    const nth = there[repeat - 1]
    if (nth !== undefined && !taken.has(placeOf(nth))) return { state: 'there', execution: nth }
    const missed = gone.at(-1)
    return missed === undefined ? NONE : { state: 'gone', execution: missed }
  }
}

const placeOf = ({ runId, executionId }: Pick<ReusableExecution, 'runId' | 'executionId'>): string =>
  `${runId} ${executionId}`

/** Why outputs that could have been reused are not there, in one line. */
export const whyGone = (
  store: Pick<RunStore, 'pruned'>,
  { runId, executionId }: Pick<ReusableExecution, 'runId' | 'executionId'>,
): string => {
  const at = store.pruned(runId).get(executionId)
  return at === undefined
    ? `the outputs of run ${runId} are not in their folder any more`
    : `the outputs of run ${runId} were removed by \`benchmark prune\` on ${at.slice(0, 10)}`
}
