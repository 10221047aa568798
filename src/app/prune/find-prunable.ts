import { attemptName } from '../../core/execution-name.ts'
import { isContent, isContentFolder, isTemporary, isWhole, setAsideName } from '../../core/prune/prunable-names.ts'
import { type ChosenOutputs, chooseOutputs, hasEnded, type RunWithOutputs } from '../../core/prune/choose-outputs.ts'
import { Problem } from '../../core/problem.ts'
import type { PlannedExecution, RunPlan } from '../../core/plan.ts'
import { RUN_FILES } from '../../core/run-folder.ts'
import { keptPlan } from '../kept-plan.ts'
import type { Attempt, RunFolders, RunStore } from '../ports.ts'
import { vocabularyFolder } from '../vocabulary/vocabulary-cache.ts'
import type { Disk, DiskEntry, HubMirrors } from './prune-ports.ts'
import type { PruneKind } from './prune-result.ts'

const DAY_MS = 86_400_000

/** One file or folder that goes, measured. */
export interface Part {
  readonly path: string
  readonly name: string
  readonly bytes: number
  readonly files: number
  /** The execution whose folder it is, or null. */
  readonly executionId: number | null
  /** It was being removed when its process was killed. */
  readonly isSetAside: boolean
}

/** Parts that go together, because they stand in one folder. */
export interface Prunable {
  readonly kind: PruneKind
  readonly folder: string
  readonly runId: string | null
  readonly parts: readonly Part[]
}

export interface FindDeps {
  readonly store: RunStore
  readonly folders: RunFolders
  readonly disk: Disk
  readonly mirrors: HubMirrors
  /** Whether the project has this hub, or something waits for it, or it was read since. */
  readonly needsHub: (url: string, since: number) => boolean
  /** Absolute folders. */
  readonly root: string
  readonly cacheDir: string
  readonly resultsDir: string
}

export interface FindRequest {
  readonly kinds: ReadonlySet<PruneKind>
  readonly olderThanMs: number
  readonly now: number
}

export interface Found {
  readonly items: readonly Prunable[]
  readonly kept: ChosenOutputs['kept']
  readonly problems: readonly Problem[]
}

/** Everything that may go, measured; what cannot be read or emptied is among the problems. Changes nothing. */
export const findPrunable = (deps: FindDeps, { kinds, olderThanMs, now }: FindRequest): Found => {
  const looker = createLooker(deps.disk)
  const before = now - olderThanMs
  const runs = storedRuns(deps)
  const chosen = chooseOutputs(runs, before)
  const going = new Map(chosen.going.map(({ runId, executions }) => [runId, executions]))
  const partly = new Set(chosen.kept.map(({ runId }) => runId))
  const items: Prunable[] = []
  for (const run of runs) {
    const { runId, plan } = run
    const isOurs = run.state !== 'imported' && hasEnded(run.state) && !run.isActive && !run.isElsewhere
    if (!isOurs || !deps.folders.belongsTo(plan.resultsDir, runId)) continue
    const executions = going.get(runId) ?? NONE
    for (const kind of ['outputs', 'logs'] as const)
      if (kinds.has(kind))
        items.push({ kind, folder: `${plan.resultsDir}/${kind}`, runId, parts: looker.attempts(run, kind, executions) })
    if (kinds.has('logs') && executions.size > 0 && !partly.has(runId))
      items.push(looker.named('logs', `${plan.resultsDir}/logs`, runId, ({ name }) => name === 'runner.log'))
    if (kinds.has('leftovers')) {
      const hasRested = ({ changedAt }: DiskEntry): boolean =>
        changedAt < now - DAY_MS && Date.parse(run.finishedAt ?? '') < now - DAY_MS
      const attempts = new Set(run.executions.flatMap(attemptNames))
      const isScratch = (entry: DiskEntry): boolean => entry.kind === 'folder' && attempts.has(entry.name)
      const isOfRun = ({ name }: DiskEntry): boolean =>
        Object.values(RUN_FILES).some((file) => name.startsWith(`.${file}.`))
      items.push(
        looker.named('leftovers', `${plan.resultsDir}/scratch`, runId, (one) => isScratch(one) && hasRested(one)),
        looker.named(
          'leftovers',
          plan.resultsDir,
          runId,
          (one) => isOldTemporary(one, now) && isOfRun(one) && hasRested(one),
        ),
      )
    }
  }
  if (kinds.has('downloads')) items.push(...downloads(looker, deps.cacheDir, before, now - DAY_MS))
  if (kinds.has('mirrors')) items.push(...mirrors(looker, deps, before))
  if (kinds.has('leftovers'))
    for (const folder of [`${deps.root}/.benchmark`, `${deps.resultsDir}/comparisons`, vocabularyFolder(deps.root)])
      items.push(looker.named('leftovers', folder, null, (entry) => isOldTemporary(entry, now)))
  return {
    items: items.filter(({ parts }) => parts.length > 0),
    kept: kinds.has('outputs') || kinds.has('logs') ? chosen.kept : [],
    problems: looker.problems,
  }
}

const NONE: ReadonlySet<number> = new Set()

interface StoredRun extends RunWithOutputs {
  readonly finishedAt: string | null
  readonly plan: RunPlan
  readonly executions: readonly (Attempt & Pick<PlannedExecution, 'params'>)[]
}

// A run without a plan was imported from files of somebody else's, which are none of our business.
const storedRuns = ({ store, folders, disk, root, resultsDir }: FindDeps): readonly StoredRun[] => {
  // What a project was copied from, or its runs were imported from, has the same runs in its own folder.
  const isHere = (folder: string): boolean => disk.standsIn(folder, root) || disk.standsIn(folder, resultsDir)
  const baselines = new Set(store.baselines.all().map(({ runId }) => runId))
  const active = store.lease.holder()?.runId
  return store.headers().flatMap((header): StoredRun[] => {
    const { runId, state, startedAt, finishedAt } = header
    const plan = keptPlan(store, runId)
    if (plan === null) return []
    const params = new Map(plan.executions.map((one) => [one.id, one.params]))
    return [
      {
        ...{ runId, state, startedAt, finishedAt, plan },
        isActive: runId === active,
        isBaseline: baselines.has(runId),
        isElsewhere: folders.belongsTo(plan.resultsDir, runId) && !isHere(plan.resultsDir),
        dataset: JSON.stringify([plan.benchmarkType, plan.dataset?.id ?? plan.samplesheet]),
        executions: store.attempts(runId).map((one) => ({ ...one, params: params.get(one.id) ?? {} })),
      },
    ]
  })
}

const attemptNames = (execution: Attempt): readonly string[] =>
  Array.from({ length: execution.attempt }, (_, index) => attemptName(execution, index + 1))

const isOldTemporary = ({ name, kind, changedAt }: DiskEntry, now: number): boolean =>
  kind === 'file' && isTemporary(name) && changedAt < now - DAY_MS

// Content that a dataset has under a name of its own takes no space in the cache.
const downloads = (looker: Looker, cacheDir: string, before: number, yesterday: number): readonly Prunable[] =>
  looker
    .entries(`${cacheDir}/sha256`)
    .filter(({ name, kind }) => kind === 'folder' && isContentFolder(name))
    .map(({ name: folder }) =>
      looker.named(
        'downloads',
        `${cacheDir}/sha256/${folder}`,
        null,
        ({ name, kind, links, changedAt }) =>
          kind === 'file' &&
          isContent(folder, name) &&
          links === 1 &&
          // A fetch that is stalled still has its part open.
          changedAt < (isWhole(name) ? before : Math.min(before, yesterday)),
      ),
    )

const mirrors = (looker: Looker, deps: FindDeps, before: number): readonly Prunable[] =>
  deps.mirrors
    .list()
    .filter(({ url, usedAt }) => usedAt < before && !deps.needsHub(url, before))
    .map(({ path }) => ({ kind: 'mirrors', folder: path, runId: null, parts: looker.measured([{ path }]) }))

type Looker = ReturnType<typeof createLooker>

const createLooker = (disk: Disk) => {
  const problems: Problem[] = []
  const entries = (folder: string): readonly DiskEntry[] => {
    try {
      return disk.list(folder)
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      problems.push(error)
      return []
    }
  }
  const measured = (
    wanted: readonly { readonly path: string; readonly executionId?: number; readonly isSetAside?: boolean }[],
  ): readonly Part[] =>
    wanted.flatMap(({ path, executionId = null, isSetAside = false }) => {
      const { bytes, files, obstacle } = disk.measure(path)
      const name = path.slice(path.lastIndexOf('/') + 1)
      if (obstacle === null) return [{ path, name, bytes, files, executionId, isSetAside }]
      problems.push(obstacle)
      return []
    })
  return {
    problems,
    entries,
    measured,
    /** What stands in a folder under names that are ours. */
    named: (kind: PruneKind, folder: string, runId: string | null, isOne: (entry: DiskEntry) => boolean): Prunable => ({
      kind,
      folder,
      runId,
      parts: measured(
        entries(folder)
          .filter(isOne)
          .map(({ name }) => ({ path: `${folder}/${name}` })),
      ),
    }),
    /** Folders of the attempts at some executions, and those of any that were being removed. */
    attempts: (run: StoredRun, kind: 'outputs' | 'logs', going: ReadonlySet<number>): readonly Part[] => {
      const folder = `${run.plan.resultsDir}/${kind}`
      const here = new Set(entries(folder).flatMap(({ name, kind: what }) => (what === 'folder' ? [name] : [])))
      return measured(
        run.executions.flatMap((execution) =>
          attemptNames(execution).flatMap((name) => [
            ...(going.has(execution.id) && here.has(name)
              ? [{ path: `${folder}/${name}`, executionId: execution.id }]
              : []),
            ...(here.has(setAsideName(name))
              ? [{ path: `${folder}/${setAsideName(name)}`, executionId: execution.id, isSetAside: true }]
              : []),
          ]),
        ),
      )
    },
  }
}
