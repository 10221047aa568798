import type { Parameters } from '../core/pipeline.ts'
import type { PlannedExecution, RunPlan } from '../core/plan.ts'
import { type Execution, type ExecutionState, hasOutputs, isFinal } from '../core/run.ts'
import { type DurationSample, estimateRemaining } from '../core/schedule/eta.ts'
import { parameterKey } from '../core/schedule/matrix.ts'
import { seededRandom } from '../core/stats/random.ts'
import type { RunProgress } from './run-events.ts'
import type { Clock, RunStore } from './ports.ts'

/** Follows a run from inside the runner. Times are monotonic: a clock jump moves nothing. */
export interface ProgressTracker {
  started(execution: PlannedExecution): void
  ended(execution: PlannedExecution, state: ExecutionState, wallSeconds: number | null): void
  now(waiting: readonly PlannedExecution[]): RunProgress
}

/** The ETA is renewed at most this often: simulating it for every event would cost more than short jobs do. */
const ETA_EVERY_MS = 900

export const createProgress = (
  deps: { readonly store: RunStore; readonly clock: Clock },
  plan: RunPlan,
  known: ReadonlyMap<number, Execution>,
): ProgressTracker => {
  const history: DurationSample[] = durationHistory(deps.store, plan)
  const running = new Map<number, { execution: PlannedExecution; since: number }>()
  let done = [...known.values()].filter(({ state }) => isFinal(state)).length
  let failed = [...known.values()].filter(({ state }) => isFailure(state)).length
  let eta: RunProgress['eta'] = null
  let etaAt = -Infinity

  return {
    started: (execution) => void running.set(execution.id, { execution, since: deps.clock.monotonic() }),
    ended: (execution, state, wallSeconds) => {
      running.delete(execution.id)
      if (!isFinal(state)) return
      done++
      if (isFailure(state)) failed++
      if (wallSeconds !== null && state !== 'cached') history.unshift({ ...cellOf(execution), wallSeconds })
    },
    now: (waiting) => {
      const at = deps.clock.monotonic()
      const active = [...running.values()].map(({ execution, since }) => ({
        execution,
        elapsedSeconds: (at - since) / 1000,
      }))
      if (at - etaAt >= ETA_EVERY_MS) {
        etaAt = at
        eta = estimateRemaining({
          waiting: waiting.filter(({ skip }) => skip === null).map(cellOf),
          running: active.map(({ execution, elapsedSeconds }) => ({ ...cellOf(execution), elapsedSeconds })),
          history,
          maxParallel: plan.maxParallel,
          random: seededRandom(plan.seed),
        })
      }
      return { done, total: plan.executions.length, failed, running: active, eta }
    },
  }
}

/** Durations of earlier executions of the plan's pipelines on this project, newest first. */
export const durationHistory = (store: RunStore, plan: RunPlan): DurationSample[] =>
  [...new Set(plan.pipelines.map(({ name }) => name))].flatMap((pipeline) =>
    store.durations(pipeline).map(({ params, sample, wallSeconds }) => ({
      pipeline,
      cell: parameterKey(pipeline, JSON.parse(params) as Parameters),
      sample,
      wallSeconds,
    })),
  )

/** How the ETA tells executions apart. */
export const cellOf = (
  execution: Pick<PlannedExecution, 'pipeline' | 'params' | 'sample'>,
): Omit<DurationSample, 'wallSeconds'> => ({
  pipeline: execution.pipeline,
  cell: parameterKey(execution.pipeline, execution.params),
  sample: execution.sample,
})

const isFailure = (state: ExecutionState): boolean => isFinal(state) && !hasOutputs(state) && state !== 'skipped'
