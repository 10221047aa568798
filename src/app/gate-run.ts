import { type Violation, violations } from '../core/constraints.ts'
import type { RunPlan } from '../core/plan.ts'
import { hasOutputs, type Run } from '../core/run.ts'

/** What stands against a run; an empty gate is an open one. */
export interface Gate {
  readonly violations: readonly Violation[]
  /** Executions that did not succeed. */
  readonly failed: readonly { readonly pipeline: string; readonly sample: string | null; readonly why: string }[]
  /** Whether this ends the command with status 5. */
  readonly closed: boolean
}

/**
 * Judges a finished run. A pipeline that fails is a result, so it closes the gate only in CI mode, or when nothing
 * at all succeeded; the same holds for constraints.
 */
export const gateRun = (run: Run, plan: RunPlan, mode: RunPlan['mode']): Gate => {
  const measured = run.executions.filter(({ warmup, state }) => !warmup && state !== 'skipped')
  const failed = measured
    .filter(({ state }) => !hasOutputs(state))
    .map(({ pipeline, sample, state, reason }) => ({ pipeline, sample, why: reason ?? state }))
  const broken = violations(plan.evaluation.constraints, run.executions, run.summary, plan.scoring.primaryLevel)
  const nothingWorked = failed.length > 0 && failed.length === measured.length
  return {
    violations: broken,
    failed,
    closed: nothingWorked || (mode === 'ci' && (failed.length > 0 || broken.length > 0)),
  }
}
