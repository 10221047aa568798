import { type Baseline, type BaselinePlace, isSamePlace } from '../../core/baseline.ts'
import { Problem } from '../../core/problem.ts'
import { hasOutputs, type RunHeader } from '../../core/run.ts'
import type { Clock, RunStore } from '../ports.ts'

/** A baseline and the run it is. */
export interface BaselineEntry extends Baseline {
  readonly run: RunHeader
}

/** What a change of baselines did, and what is set afterwards. */
export interface BaselineChange {
  readonly set: BaselineEntry | null
  /** What stood there before and does no longer. */
  readonly removed: readonly BaselineEntry[]
  readonly baselines: readonly BaselineEntry[]
}

/**
 * Makes a run the baseline of a branch and label. Throws `E_NOT_FOUND` for an unknown run and `E_INPUT` for one that has
 * not ended or that nothing can be compared with.
 */
export const setBaseline = (
  { store, clock }: { readonly store: RunStore; readonly clock: Clock },
  { reference, branch, label }: BaselinePlace & { readonly reference: string },
): BaselineChange => {
  const runId = store.resolve(reference)
  refuseUnfinished(store, store.header(runId))
  const before = baselineEntries(store).filter((one) => isSamePlace(one, { branch, label }))
  store.baselines.set({ branch, label, runId, setAt: clock.now().toISOString() })
  const baselines = baselineEntries(store)
  return {
    set: baselines.find((one) => isSamePlace(one, { branch, label })) ?? null,
    removed: before.filter((one) => one.runId !== runId),
    baselines,
  }
}

/** All baselines with their runs, those for every branch first. */
export const baselineEntries = (store: RunStore): readonly BaselineEntry[] =>
  store.baselines.all().map((baseline) => ({ ...baseline, run: store.header(baseline.runId) }))

const refuseUnfinished = (store: RunStore, { runId, state }: RunHeader): void => {
  if (state === 'planned' || state === 'running' || state === 'interrupted')
    throw new Problem('E_INPUT', `Run ${runId} has not ended (${state}): its numbers would still change.`, {
      hints: [
        state === 'running'
          ? `\`benchmark status ${runId}\` shows how far it is.`
          : `\`benchmark run --resume ${runId}\` finishes it.`,
      ],
    })
  if (store.executions(runId).some((one) => !one.warmup && hasOutputs(one.state))) return
  throw new Problem('E_INPUT', `Run ${runId} is no baseline: none of its executions succeeded.`, {
    hints: [`\`benchmark show ${runId}\` says why.`, 'See `benchmark list` for others.'],
  })
}
