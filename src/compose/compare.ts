/** Wiring of comparisons: reads stored runs and, for another project, what was read from the hub. */
import { compareRuns } from '../app/compare/compare-runs.ts'
import type { CompareRequest, RunComparison } from '../app/compare/run-comparison.ts'
import type { RunStore } from '../app/ports.ts'
import { Problem } from '../core/problem.ts'

/** What the wiring takes from the project around it. */
interface CompareContext {
  readonly store: () => Promise<RunStore>
}

/** Compares a stored run with what `request.with` names. */
export const compareStored = async ({ store }: CompareContext, request: CompareRequest): Promise<RunComparison> =>
  compareRuns(
    {
      store: await store(),
      findBaseline: () => null,
      sharedRuns: (project) => {
        throw new Problem('E_NOT_FOUND', `Nothing of project ${project} was read from a hub.`)
      },
    },
    request,
  )
