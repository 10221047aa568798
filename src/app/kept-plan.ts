import type { RunPlan } from '../core/plan.ts'
import { Problem } from '../core/problem.ts'
import type { RunStore } from './ports.ts'

/** The plan of a stored run, or null for a run that has none (an import, or a database made from results). */
export const keptPlan = (store: Pick<RunStore, 'plan'>, runId: string): RunPlan | null => {
  try {
    return store.plan(runId)
  } catch (cause) {
    if (cause instanceof Problem && cause.code === 'E_NOT_FOUND') return null
    throw cause
  }
}
