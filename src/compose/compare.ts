/** Wiring of comparisons: reads stored runs and, for another project, what was read from the hub. */
import { chooseBaseline } from '../core/baseline.ts'
import { compareRuns } from '../app/compare/compare-runs.ts'
import { planComparison, type PlanComparisonRequest, type PlannedComparison } from '../app/compare/plan-comparison.ts'
import type { CompareRequest, RunComparison } from '../app/compare/run-comparison.ts'
import { chooseShared } from '../app/compare/choose-shared.ts'
import type { ConfigSource, RunStore } from '../app/ports.ts'
import { hubAddress } from './hub-address.ts'
import { withHistory } from './history.ts'

/** What the wiring takes from the project around it. */
interface CompareContext {
  readonly root: string
  readonly config: () => Promise<ConfigSource>
  readonly store: () => Promise<RunStore>
}

/** Compares a stored run with what `request.with` names. */
export const compareStored = async (
  { store, root, config }: CompareContext,
  databaseFile: string,
  request: CompareRequest,
): Promise<RunComparison> => {
  const runs = await store()
  const isShared = request.with.trim().startsWith('project:')
  const shared = isShared ? await openShared(databaseFile) : null
  const hubUrl = request.hub ?? (isShared ? (await config()).load().centralHub?.url : undefined) ?? null
  const hub = hubUrl === null ? null : hubAddress(hubUrl, request.hub === undefined ? root : process.cwd())
  try {
    return compareRuns(
      {
        store: runs,
        findBaseline: (place) => chooseBaseline(runs.baselines.all(), place)?.runId ?? null,
        sharedRuns: (project, candidate) => {
          if (shared === null) throw new Error('Shared runs are read for projects of a hub only')
          return chooseShared(shared.reads, hub, project, candidate)
        },
      },
      request,
    )
  } finally {
    shared?.close()
  }
}

const openShared = async (databaseFile: string) => {
  const [{ openDatabaseForReading }, { createSharedRunReads }] = await Promise.all([
    import('../store/open.ts'),
    import('../store/compare/shared-runs.ts'),
  ])
  const db = openDatabaseForReading(databaseFile)
  return { reads: createSharedRunReads(db), close: () => db.close() }
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
