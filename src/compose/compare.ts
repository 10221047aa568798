/** Wiring of comparisons: reads stored runs and, for another project, what was read from the hub. */
import { chooseBaseline } from '../core/baseline.ts'
import { compareRuns } from '../app/compare/compare-runs.ts'
import { planComparison, type PlanComparisonRequest, type PlannedComparison } from '../app/compare/plan-comparison.ts'
import type { CompareRequest, RunComparison } from '../app/compare/run-comparison.ts'
import type { RunStore } from '../app/ports.ts'
import { Problem } from '../core/problem.ts'
import { withHistory } from './history.ts'

/** What the wiring takes from the project around it. */
interface CompareContext {
  readonly store: () => Promise<RunStore>
}

/** Compares a stored run with what `request.with` names. */
export const compareStored = async ({ store }: CompareContext, request: CompareRequest): Promise<RunComparison> => {
  const runs = await store()
  return compareRuns(
    {
      store: runs,
      findBaseline: (place) => chooseBaseline(runs.baselines.all(), place)?.runId ?? null,
      sharedRuns: (project) => {
        throw new Problem('E_NOT_FOUND', `Single runs of project ${project} cannot be compared yet.`, {
          hints: ['See where this project stands among all others: --with community, or `benchmark leaderboard`.'],
        })
      },
    },
    request,
  )
}

/** What a comparison like one of a stored run could show. */
export const planStored = async (
  { store }: CompareContext,
  databaseFile: string,
  request: PlanComparisonRequest,
): Promise<PlannedComparison> => {
  const runs = await store()
  return withHistory(databaseFile, (history) => planComparison({ store: runs, history }, request))
}
