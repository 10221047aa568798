/** Which stored run is meant, on both sides of a comparison. */
import { isComparable } from '../../core/comparison/comparability.ts'
import { nearest, Problem } from '../../core/problem.ts'
import type { Run, RunHeader, RunState } from '../../core/run.ts'
import { keptPlan } from '../kept-plan.ts'
import type { RunStore } from '../ports.ts'
import { REFERENCE_HINT } from './reference.ts'
import type { TakenReference } from './run-comparison.ts'

/** A baseline, what it was taken to be, and what is worth saying about the choice. */
export interface Chosen {
  readonly run: Run
  readonly reference: TakenReference
  readonly warnings: readonly string[]
}

const FINISHED: ReadonlySet<RunState> = new Set(['completed', 'incomplete', 'imported'])
// Further back than this nobody expects a baseline; each one has to be read.
const MOST_LOOKED_AT = 30

/** Whether a run has come to its end, so that it can stand for its branch. */
export const isFinished = ({ state }: Pick<RunHeader, 'state'>): boolean => FINISHED.has(state)

/** A run that can be compared. Throws `E_INPUT` for one that has not ended. */
export const endedRun = (store: RunStore, reference: string): Run => {
  const runId = store.resolve(reference)
  const { state } = store.header(runId)
  if (state === 'planned' || state === 'running')
    throw new Problem('E_INPUT', `Run ${runId} has not ended yet (${state}).`, {
      hints: [`benchmark status ${runId}`, `If nothing runs any more: benchmark run --resume ${runId}`],
    })
  if (state === 'interrupted')
    throw new Problem('E_INPUT', `Run ${runId} was interrupted; half of it would be compared.`, {
      hints: [`benchmark run --resume ${runId}`],
    })
  return store.run(runId)
}

/** Dataset of a run's plan; null where it has none, or no plan is kept. */
const datasetOf = (store: RunStore, runId: string): string | null => keptPlan(store, runId)?.dataset?.id ?? null

/** The run a user wants to know about: the newest on one of the datasets, where only `latest` is asked for. */
export const candidateRun = (store: RunStore, reference: string, datasets: readonly string[]): Run => {
  if (datasets.length === 0) return endedRun(store, reference)
  const isOn = (runId: string): boolean => datasets.includes(datasetOf(store, runId) ?? '')
  if (reference === 'latest') {
    const found = store.headers().find((header) => isFinished(header) && isOn(header.runId))
    if (found) return store.run(found.runId)
    throw new Problem('E_NOT_FOUND', `No finished run was made on ${datasets.join(' or ')}.`, {
      hints: ['See `benchmark list` and `benchmark dataset list`.'],
    })
  }
  const run = endedRun(store, reference)
  if (!isOn(run.runId))
    throw new Problem(
      'E_INPUT',
      `Run ${run.runId} was made on ${datasetOf(store, run.runId) ?? 'data without a name'}.`,
      {
        hints: [`It is not one on ${datasets.join(' or ')}: leave --dataset out, or name another run.`],
      },
    )
  return run
}

/**
 * The newest finished run of a branch that measures the same in the same way as the candidate; where there is none, the
 * newest of all, so that the answer can say what differs. Null: nothing finished on that branch.
 */
export const newestOnBranch = (
  store: RunStore,
  branch: string,
  candidate: Run,
  asked: string,
  datasets: readonly string[] = [],
): Chosen | null => {
  const onBranch = store
    .headers({ branch })
    .filter((header) => header.runId !== candidate.runId && isFinished(header))
    .filter(({ runId }) => datasets.length === 0 || datasets.includes(datasetOf(store, runId) ?? ''))
  const [newest] = onBranch
  if (!newest) return null
  const reference = { kind: 'branch' as const, name: branch, asked }
  for (const [index, { runId }] of onBranch.slice(0, MOST_LOOKED_AT).entries()) {
    const run = store.run(runId)
    if (!isComparable(run, candidate) || !sharesPipeline(run, candidate)) continue
    const passed = `${index} newer ${index === 1 ? 'run' : 'runs'} of ${branch} ${index === 1 ? 'was' : 'were'} passed over: measured other data or pipelines, or scored otherwise`
    return { run, reference, warnings: index === 0 ? [] : [passed] }
  }
  return { run: store.run(newest.runId), reference, warnings: [] }
}

const sharesPipeline = (run: RunHeader, candidate: RunHeader): boolean =>
  run.pipelines.some((name) => candidate.pipelines.includes(name))

/** What tells branches that have no run yet from typing slips. */
export interface BranchDeps {
  readonly store: RunStore
  /** Branches git or the CI system knows of. */
  readonly knownBranches: readonly string[]
}

/** Whether any run was made on a branch. */
export const hasRuns = (store: RunStore, branch: string): boolean => store.headers({ branch, limit: 1 }).length > 0

/** Whether there is such a branch, as far as runs, git and the CI system tell. */
export const isKnownBranch = (deps: BranchDeps, branch: string, candidate: Pick<RunHeader, 'branch'>): boolean =>
  branch === candidate.branch || deps.knownBranches.includes(branch) || hasRuns(deps.store, branch)

const branchesOf = ({ store, knownBranches }: BranchDeps): readonly string[] =>
  [...new Set([...knownBranches, ...store.headers().flatMap(({ branch }) => branch ?? [])])].sort()

/** `E_NO_BASE` for a branch that has no finished run but the candidate, `E_NOT_FOUND` for no such branch. */
export const noRunOnBranch = (
  deps: BranchDeps,
  branch: string,
  candidate: Pick<RunHeader, 'branch' | 'runId'>,
  datasets: readonly string[] = [],
): Problem => {
  if (!isKnownBranch(deps, branch, candidate))
    return new Problem('E_NOT_FOUND', `There is no branch "${branch}", and no run was made on one.`, {
      hints: [...unknownBranchHints(deps, branch), LIST_HINT],
    })
  const others = deps.store
    .headers({ branch })
    .filter(({ runId, state }) => runId !== candidate.runId && FINISHED.has(state))
  if (others.length > 0 && datasets.length > 0)
    return new Problem('E_NO_BASE', `No finished run on the branch "${branch}" was made on ${datasets.join(' or ')}.`, {
      hints: ['Leave --dataset out, or run the benchmark on that branch with it.', LIST_HINT],
    })
  const isItself = deps.store.headers({ branch }).some(({ runId }) => runId === candidate.runId)
  return isItself
    ? new Problem('E_NO_BASE', `Run ${candidate.runId} is the only finished run on the branch "${branch}".`, {
        hints: ['The next run can be compared with it; or name a run of another branch.', LIST_HINT],
      })
    : new Problem('E_NO_BASE', `There is no finished run on the branch "${branch}" yet.`, {
        hints: ['Run the benchmark once on that branch.', LIST_HINT],
      })
}

/** `E_NOT_FOUND` for a plain name that is neither a branch nor a run. */
export const nothingNamed = (deps: BranchDeps, name: string, { branch }: Pick<RunHeader, 'branch'>): Problem =>
  new Problem('E_NOT_FOUND', `There is no branch and no run "${name}".`, {
    hints: [
      ...unknownBranchHints(deps, name),
      ...(branch === null ? ['The branch of this run is not known: git or the CI system tells it.'] : []),
      REFERENCE_HINT,
    ],
  })

const LIST_HINT = 'benchmark list shows every run with its branch.'

const unknownBranchHints = (deps: BranchDeps, branch: string): readonly string[] => {
  const near = nearest(branch, branchesOf(deps))
  return near.length > 0
    ? near.map((name) => `Did you mean "${name}"?`)
    : [`If the branch is elsewhere: git fetch origin ${branch}`]
}

/** How many runs before the newest one a reference by position means; null for every other reference. */
export const stepsBack = (reference: string): number | null => {
  const [all, steps = '0'] = /^latest(?:~(\d{1,9}))?$/.exec(reference) ?? []
  return all === undefined ? null : Number(steps)
}

/** The run of that id, label or position, or null when there is none; other refusals are thrown. */
export const runIfAny = (store: RunStore, reference: string): string | null => {
  try {
    return store.resolve(reference)
  } catch (cause) {
    if (cause instanceof Problem && cause.code === 'E_NOT_FOUND') return null
    throw cause
  }
}
