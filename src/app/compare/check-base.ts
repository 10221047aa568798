/** What can be known about a base of comparison before a run starts. */
import type { RunPlan } from '../../core/plan.ts'
import { Problem } from '../../core/problem.ts'
import type { RunHeader } from '../../core/run.ts'
import type { RunStore } from '../ports.ts'
import { baselineOf, type BaselineDeps } from './choose-baseline.ts'
import { checkPipeline } from './choose-pipeline.ts'
import { endedRun, hasRuns, isKnownBranch, noRunOnBranch, nothingNamed, runIfAny, stepsBack } from './choose-runs.ts'
import { parseReference } from './reference.ts'

export interface CheckBaseDeps extends BaselineDeps {
  /** Throws for a project that nothing was read of. */
  readonly demandProject: (project: string) => void
}

/**
 * Throws for a base that a run of this plan could never be held against, as `compareRuns` would after it: nobody should
 * wait hours to learn of a typo. A base of a kind that exists and has no run yet is no fault.
 */
export const checkBase = (deps: CheckBaseDeps, asked: string, plan: RunPlan): void => {
  const { store } = deps
  const reference = parseReference(asked)
  switch (reference.kind) {
    case 'community':
    case 'history':
      throw new Problem('E_USAGE', `A run is not compared with ${reference.kind} while it is made.`, {
        hints: [`Afterwards: benchmark compare --with ${reference.kind}`],
      })
    case 'run':
      return checkRun(store, reference.name, plan)
    case 'branch':
      if (hasRuns(store, reference.name) || isKnownBranch(deps, reference.name, plan)) return
      throw noRunOnBranch(deps, reference.name, plan)
    case 'baseline':
      try {
        baselineOf(deps, reference.name, plan)
      } catch (cause) {
        if (!(cause instanceof Problem) || cause.code !== 'E_NO_BASE') throw cause
      }
      return
    case 'pipeline':
      return checkPipeline(store, reference, plan)
    case 'project':
      return deps.demandProject(reference.name)
    case 'plain':
      if (hasRuns(store, reference.name)) return
      if (stepsBack(reference.name) !== null || runIfAny(store, reference.name) !== null)
        return checkRun(store, reference.name, plan)
      if (!isKnownBranch(deps, reference.name, plan)) throw nothingNamed(deps, reference.name, plan)
  }
}

/** `latest~1` means the run before the one that is to be made, which is the latest now, and may not be there. */
const checkRun = (store: RunStore, name: string, plan: RunPlan): void => {
  const steps = store.has(plan.runId) ? null : stepsBack(name)
  if (steps === 0)
    throw new Problem('E_USAGE', `"${name}" will be the run itself.`, {
      hints: ['The one before it: --compare-with run:latest~1'],
    })
  const now = steps === null ? name : runIfAny(store, `latest~${String(steps - 1)}`)
  if (now !== null) checkPipelines(endedRun(store, now), plan)
}

const checkPipelines = ({ runId, pipelines }: Pick<RunHeader, 'runId' | 'pipelines'>, plan: RunPlan): void => {
  const names = [...new Set(plan.pipelines.map(({ name }) => name))]
  if (runId === plan.runId)
    throw new Problem('E_INPUT', `Run ${runId} would be compared with itself.`, { hints: ['Name another run.'] })
  if (!names.some((name) => pipelines.includes(name)))
    throw new Problem('E_INPUT', `Run ${runId} has no pipeline in common with what is to be run.`, {
      hints: [`It has ${pipelines.join(', ') || 'none'}; to be run: ${names.join(', ')}.`],
    })
}
