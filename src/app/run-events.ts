import type { PlannedExecution, RunPlan } from '../core/plan.ts'
import type { ExecutionState } from '../core/run.ts'
import type { Eta } from '../core/schedule/eta.ts'

/** Where a run stands; what a progress display needs, and nothing it would have to compute. */
export interface RunProgress {
  readonly done: number
  readonly total: number
  readonly failed: number
  readonly running: readonly { readonly execution: PlannedExecution; readonly elapsedSeconds: number }[]
  /** Null while nothing is known about the durations to come. */
  readonly eta: Eta | null
}

/** What the runner tells while it works. */
export type RunEvent =
  | { readonly kind: 'run-started'; readonly plan: RunPlan; readonly progress: RunProgress }
  | { readonly kind: 'execution-started'; readonly execution: PlannedExecution; readonly progress: RunProgress }
  | {
      readonly kind: 'execution-ended'
      readonly execution: PlannedExecution
      readonly state: ExecutionState
      readonly reason: string | null
      readonly wallSeconds: number | null
      readonly progress: RunProgress
    }
  | { readonly kind: 'tick'; readonly progress: RunProgress }
  | { readonly kind: 'note'; readonly text: string }
