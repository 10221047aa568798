import { type Difference, differences, incomparable } from '../core/comparison/difference.ts'
import { Problem } from '../core/problem.ts'
import type { RunStore } from './ports.ts'

export interface RunDifferences {
  readonly baseline: string
  readonly candidate: string
  /** Keys that differ though they must not; then there are no differences to show. */
  readonly notComparable: readonly string[]
  readonly differences: readonly Difference[]
}

/** Differences of a run to a branch's newest finished run, or to a named run. Comparing different truths is refused. */
export const compareWith = (store: RunStore, runId: string, reference: string): RunDifferences => {
  const baselineId = baselineOf(store, runId, reference)
  const [baseline, candidate] = [store.run(baselineId), store.run(runId)]
  const notComparable = incomparable(baseline, candidate)
  return {
    baseline: baselineId,
    candidate: runId,
    notComparable,
    differences: notComparable.length > 0 ? [] : differences(baseline, candidate),
  }
}

const baselineOf = (store: RunStore, runId: string, reference: string): string => {
  const branch = reference.replace(/^branch:/, '')
  const onBranch = store
    .headers()
    .find(
      (header) =>
        header.branch === branch &&
        header.runId !== runId &&
        (header.state === 'completed' || header.state === 'incomplete'),
    )
  if (onBranch) return onBranch.runId
  try {
    return store.resolve(reference.replace(/^run:/, ''))
  } catch (cause) {
    if (!(cause instanceof Problem)) throw cause
    throw new Problem('E_NOT_FOUND', `There is no finished run on a branch "${branch}", and no run of that name.`, {
      hints: ['Run the benchmark once on that branch first.', 'benchmark list shows every run with its branch.'],
      cause,
    })
  }
}
