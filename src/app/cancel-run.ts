import { Problem } from '../core/problem.ts'
import { isFinal } from '../core/run.ts'
import { finishRun } from './finish-run.ts'
import type { RunnerIdentity } from './ports.ts'
import type { RunnerDeps } from './runner-deps.ts'

export interface CancelResult {
  readonly runId: string
  /** `asked`: its runner was told and will stop; `cancelled`: nobody was running it, it is cancelled now. */
  readonly outcome: 'asked' | 'cancelled'
  /** Processes of the run that could not be ended. */
  readonly survivors: readonly number[]
  /** Where its runner is, when that is another machine or container; it cannot be looked after from here. */
  readonly elsewhere: string | null
}

export interface CancelOptions {
  /** The machine or container of the runner is gone: nobody is asked, and the project is free again. */
  readonly isGone: boolean
}

/** A runner looks for the request every second, and then has executions to end. */
const LISTENING_MS = 5000
const LOOK_MS = 100

/** Whether the runner that is said to be gone is there after all, and ends its run now that it is asked. */
const givesUp = async ({ store, clock }: RunnerDeps, runId: string): Promise<boolean> => {
  const until = clock.monotonic() + LISTENING_MS
  const isHeld = (): boolean => store.lease.holder()?.runId === runId
  while (isHeld() && clock.monotonic() < until) await clock.sleep(LOOK_MS)
  return !isHeld()
}

/** Stops a run for good. What has finished is kept; what is running is ended and recorded as cancelled. */
export const cancelRun = async (
  deps: RunnerDeps & { readonly interrupt: (runner: RunnerIdentity) => void },
  reference: string,
  { isGone }: CancelOptions,
): Promise<CancelResult> => {
  const { store } = deps
  const runId = store.resolve(reference)
  const { state } = store.header(runId)
  if (state === 'completed' || state === 'incomplete' || state === 'cancelled' || state === 'imported')
    throw new Problem('E_USAGE', `Run ${runId} is already ${state}; there is nothing to cancel.`, {
      hints: [`benchmark remove ${runId} deletes it.`],
    })
  store.lease.requestCancel(runId)
  const holder = store.lease.holder()
  if (holder?.runId === runId && deps.isAlive(holder.runner)) {
    const elsewhere = holder.runner.host === deps.identity.host ? null : holder.runner.host
    if (elsewhere === null || !isGone) {
      // A process number of another machine is somebody else's here; that runner looks for the request every second.
      if (elsewhere === null) deps.interrupt(holder.runner)
      return { runId, outcome: 'asked', survivors: [], elsewhere }
    }
    if (await givesUp(deps, runId)) return { runId, outcome: 'cancelled', survivors: [], elsewhere: null }
    store.lease.release(runId, holder.runner)
  }
  const survivors: number[] = []
  const at = deps.clock.now().toISOString()
  const handles = store.handles(runId)
  for (const { id, state: executionState } of store.executions(runId)) {
    if (isFinal(executionState)) continue
    const handle = handles.get(id)
    const isOutOfReach = isGone && handle?.host !== deps.identity.host
    if (handle && !isOutOfReach) survivors.push(...(await deps.executor.kill(handle)))
    store.transition(runId, id, { state: 'cancelled', at, reason: 'cancelled by the user' })
  }
  finishRun(deps, store.plan(runId), store.executions(runId), 'cancelled', {})
  return { runId, outcome: 'cancelled', survivors, elsewhere: null }
}
