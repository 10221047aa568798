/** Wiring of comparisons: reads stored runs and, for another project, what was read from the hub. */
import { chooseBaseline } from '../core/baseline.ts'
import { checkBase } from '../app/compare/check-base.ts'
import type { BaselineDeps } from '../app/compare/choose-baseline.ts'
import { hasRuns } from '../app/compare/choose-runs.ts'
import { parseReference } from '../app/compare/reference.ts'
import { compareRuns } from '../app/compare/compare-runs.ts'
import { planComparison, type PlanComparisonRequest, type PlannedComparison } from '../app/compare/plan-comparison.ts'
import type { CompareRequest, RunComparison } from '../app/compare/run-comparison.ts'
import { chooseShared, demandProject } from '../app/compare/choose-shared.ts'
import type { ConfigSource, RunStore } from '../app/ports.ts'
import type { RunPlan } from '../core/plan.ts'
import type { SharedRunReads } from '../app/compare/shared-ports.ts'
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
  context: CompareContext,
  databaseFile: string,
  request: CompareRequest,
): Promise<RunComparison> => {
  const deps = await baselineDeps(context, request.with)
  return withShared(context, databaseFile, request, (shared) =>
    compareRuns(
      { ...deps, sharedRuns: (project, candidate) => chooseShared(shared().reads, shared().hub, project, candidate) },
      request,
    ),
  )
}

/** Refuses a base that a run of this plan could never be held against. */
export const checkBaseOf = async (
  context: CompareContext,
  databaseFile: string,
  asked: string,
  plan: RunPlan,
): Promise<void> => {
  const [{ openDatabaseForReading }, { createReadingStore }] = await Promise.all([
    import('../store/open.ts'),
    import('../store/run-queries.ts'),
  ])
  // Opened apart: before the first run there is no database, and the store of the project must not remember that.
  const runs = createReadingStore(openDatabaseForReading(databaseFile))
  try {
    const deps = await baselineDeps({ ...context, store: () => Promise.resolve(runs) }, asked)
    await withShared(context, databaseFile, { with: asked }, (shared) =>
      checkBase(
        { ...deps, demandProject: (project) => void demandProject(shared().reads, shared().hub, project) },
        asked,
        plan,
      ),
    )
  } finally {
    runs.close()
  }
}

const baselineDeps = async ({ store, root }: CompareContext, asked: string): Promise<BaselineDeps> => {
  const runs = await store()
  const reference = parseReference(asked)
  const name = reference.kind === 'branch' || reference.kind === 'plain' ? reference.name : null
  // Git is asked only where no run tells that there is such a branch.
  const isOpen = name !== null && !hasRuns(runs, name)
  return {
    store: runs,
    knownBranches: isOpen ? await branchesOf(root) : [],
    findBaseline: (place) => chooseBaseline(runs.baselines.all(), place)?.runId ?? null,
    baselineLabels: () => runs.baselines.all().flatMap(({ label }) => label ?? []),
  }
}

const branchesOf = async (root: string): Promise<readonly string[]> =>
  (await import('../exec/git-context.ts')).createGitContext(root, process.env).branches()

type Shared = () => { readonly reads: SharedRunReads; readonly hub: string | null }

/** Opens what was read from the hub, where a project of it is meant, for as long as the answer takes. */
const withShared = async <T>(
  { root, config }: CompareContext,
  databaseFile: string,
  request: CompareRequest,
  answer: (shared: Shared) => T,
): Promise<T> => {
  const isShared = request.with.trim().startsWith('project:')
  const opened = isShared ? await openShared(databaseFile) : null
  const hubUrl = request.hub ?? (isShared ? (await config()).load().centralHub?.url : undefined) ?? null
  const hub = hubUrl === null ? null : hubAddress(hubUrl, request.hub === undefined ? root : process.cwd())
  try {
    return answer(() => {
      if (opened === null) throw new Error('Shared runs are read for projects of a hub only')
      return { reads: opened.reads, hub }
    })
  } finally {
    opened?.close()
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
