import { EXECUTION_STATES, type ExecutionState, isFinal, type RunState } from '../core/run.ts'
import { type Eta, estimateRemaining } from '../core/schedule/eta.ts'
import { seededRandom } from '../core/stats/random.ts'
import type { Clock, RunnerIdentity, RunStore } from './ports.ts'
import { cellOf, durationHistory } from './run-progress.ts'

/** How far a run is. */
export interface RunStatus {
  readonly runId: string
  readonly state: RunState
  /** 0..1: executions in a final state over all of them. */
  readonly progress: number
  readonly eta: Eta | null
  readonly counts: Readonly<Partial<Record<ExecutionState, number>>>
  readonly running: readonly {
    readonly id: number
    readonly pipeline: string
    readonly sample: string | null
    readonly elapsedSeconds: number | null
  }[]
  /** The process that works on it, or null when nobody does. */
  readonly runner: RunnerIdentity | null
}

/** Reads where a run stands; changes nothing, so it may be asked from anywhere at any time. */
export const runStatus = (
  deps: { readonly store: RunStore; readonly clock: Clock; readonly isAlive: (runner: RunnerIdentity) => boolean },
  reference: string,
): RunStatus => {
  const { store } = deps
  const runId = store.resolve(reference)
  const { state } = store.header(runId)
  const executions = store.executions(runId)
  const holder = store.lease.holder()
  const runner = holder?.runId === runId && deps.isAlive(holder.runner) ? holder.runner : null
  const counts: Partial<Record<ExecutionState, number>> = {}
  for (const name of EXECUTION_STATES) {
    const count = executions.filter((execution) => execution.state === name).length
    if (count > 0) counts[name] = count
  }
  const now = deps.clock.now().getTime()
  const running = executions
    .filter((execution) => execution.state === 'running' || execution.state === 'collecting')
    .map(({ id, pipeline, params, sample, startedAt }) => ({
      id,
      pipeline,
      params,
      sample,
      elapsedSeconds: startedAt === null ? null : Math.max(0, (now - Date.parse(startedAt)) / 1000),
    }))
  return {
    runId,
    // A runner that was killed cannot say so itself.
    state: state === 'running' && runner === null ? 'interrupted' : state,
    progress:
      executions.length === 0
        ? 1
        : executions.filter((execution) => isFinal(execution.state)).length / executions.length,
    eta: runner === null ? null : etaOf(store, runId, executions, running),
    counts,
    running,
    runner,
  }
}

const etaOf = (
  store: RunStore,
  runId: string,
  executions: ReturnType<RunStore['executions']>,
  running: readonly {
    id: number
    pipeline: string
    params: (typeof executions)[number]['params']
    sample: string | null
    elapsedSeconds: number | null
  }[],
): Eta | null => {
  const plan = store.plan(runId)
  const planned = new Set(executions.filter(({ state }) => state === 'planned').map(({ id }) => id))
  return estimateRemaining({
    waiting: plan.executions.filter(({ id, skip }) => skip === null && planned.has(id)).map(cellOf),
    running: running.map((job) => ({ ...cellOf(job), elapsedSeconds: job.elapsedSeconds ?? 0 })),
    history: durationHistory(store, plan),
    maxParallel: plan.maxParallel,
    random: seededRandom(plan.seed),
  })
}
