/** Which stored run is meant, on both sides of a comparison. */
import { isComparable } from '../../core/comparison/comparability.ts'
import { nearest, Problem } from '../../core/problem.ts'
import type { Run, RunHeader, RunState } from '../../core/run.ts'
import type { RunStore } from '../ports.ts'
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
const datasetOf = (store: RunStore, runId: string): string | null => {
  try {
    return store.plan(runId).dataset?.id ?? null
  } catch (cause) {
    if (cause instanceof Problem && cause.code === 'E_NOT_FOUND') return null
    throw cause
  }
}

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

/** Names of branches runs were made on. */
export const branchesOf = (store: RunStore): readonly string[] =>
  [...new Set(store.headers().flatMap(({ branch }) => branch ?? []))].sort()

/** Throws `E_NOT_FOUND` for a branch without a finished run. */
export const noRunOnBranch = (store: RunStore, branch: string): Problem =>
  new Problem('E_NOT_FOUND', `There is no finished run on the branch "${branch}".`, {
    hints: [
      ...nearest(branch, branchesOf(store)).map((name) => `Did you mean "${name}"?`),
      'Run the benchmark once on that branch first.',
      'benchmark list shows every run with its branch.',
    ],
  })

/** The run of that id, label or position, or null when there is none; other refusals are thrown. */
export const runIfAny = (store: RunStore, reference: string): string | null => {
  try {
    return store.resolve(reference)
  } catch (cause) {
    if (cause instanceof Problem && cause.code === 'E_NOT_FOUND') return null
    throw cause
  }
}
