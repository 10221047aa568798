import { nearest, Problem } from '../../core/problem.ts'
import type { Run, RunHeader } from '../../core/run.ts'
import {
  type BranchDeps,
  type Chosen,
  endedRun,
  isKnownBranch,
  newestOnBranch,
  noRunOnBranch,
  nothingNamed,
  runIfAny,
  stepsBack,
} from './choose-runs.ts'

/** Finds the baseline chosen for a branch and label: its run id, or null when none was set. */
type FindBaseline = (of: { readonly branch: string | null; readonly label: string | null }) => string | null

export interface BaselineDeps extends BranchDeps {
  readonly findBaseline: FindBaseline
  /** Labels baselines were set for. */
  readonly baselineLabels: () => readonly string[]
}

/**
 * The one run that `run:`, `branch:`, `baseline` or a plain name means. Throws `E_NOT_FOUND` for a name of nothing, and
 * `E_NO_BASE` where there is such a thing and no run of it yet.
 */
export const chooseBaseline = (
  deps: BaselineDeps,
  reference: { readonly kind: 'run' | 'branch' | 'baseline' | 'plain'; readonly name: string | null },
  candidate: Run,
  asked: string,
  datasets: readonly string[] = [],
): Chosen => {
  const { store } = deps
  const name = reference.name ?? ''
  switch (reference.kind) {
    case 'run':
      return namedRun(store, name, asked)
    case 'branch': {
      const found = newestOnBranch(store, name, candidate, asked, datasets)
      if (!found) throw noRunOnBranch(deps, name, candidate, datasets)
      return found
    }
    case 'baseline': {
      const { run, name: taken } = baselineOf(deps, reference.name, candidate)
      return { run, reference: { kind: 'baseline', name: taken, asked }, warnings: [] }
    }
    case 'plain':
      return plainName(deps, name, candidate, asked, datasets)
  }
}

const namedRun = (store: BranchDeps['store'], name: string, asked: string): Chosen => {
  const steps = stepsBack(name)
  if (steps !== null && runIfAny(store, name) === null)
    throw new Problem('E_NO_BASE', `There is no run ${String(steps)} before the newest one.`, {
      hints: ['The next run can be compared with this one.', 'benchmark list shows every run.'],
    })
  const run = endedRun(store, name)
  return { run, reference: { kind: 'run', name: run.label === name ? name : run.runId, asked }, warnings: [] }
}

/** A branch goes before a run of the same name, and it is said. */
const plainName = (
  deps: BranchDeps,
  name: string,
  candidate: Run,
  asked: string,
  datasets: readonly string[],
): Chosen => {
  const { store } = deps
  const onBranch = newestOnBranch(store, name, candidate, asked, datasets)
  const named = runIfAny(store, name)
  if (onBranch) {
    const isOther = named !== null && named !== onBranch.run.runId && named !== candidate.runId
    const both = `${name} is a branch and also names run ${named ?? ''}: the branch was taken; write run:${name} for the other`
    return isOther ? { ...onBranch, warnings: [...onBranch.warnings, both] } : onBranch
  }
  if (named !== null || stepsBack(name) !== null) return namedRun(store, name, asked)
  throw isKnownBranch(deps, name, candidate)
    ? noRunOnBranch(deps, name, candidate, datasets)
    : nothingNamed(deps, name, candidate)
}

/**
 * The baseline of a branch and label. Throws `E_NO_BASE` where none was set, and `E_NOT_FOUND` for a label that no run and
 * no baseline has.
 */
export const baselineOf = (
  { store, findBaseline, baselineLabels }: BaselineDeps,
  label: string | null,
  candidate: Pick<RunHeader, 'branch' | 'label'>,
): { readonly run: Run; readonly name: string } => {
  const found = findBaseline({ branch: candidate.branch, label })
  if (found !== null) return { run: endedRun(store, found), name: label ?? candidate.branch ?? 'default' }
  const labels = [candidate, ...store.headers()].flatMap((one) => one.label ?? [])
  const known = new Set([...baselineLabels(), ...labels])
  const isKnown = label === null || known.has(label)
  throw new Problem(
    isKnown ? 'E_NO_BASE' : 'E_NOT_FOUND',
    `No baseline is set${label === null ? '' : ` for the label "${label}"`}${candidate.branch === null ? '' : ` on branch ${candidate.branch}`}${isKnown ? '' : ', and no run has that label'}.`,
    {
      hints: [
        ...(isKnown ? [] : nearest(label, known).map((near) => `Did you mean "baseline:${near}"?`)),
        'Choose one with `benchmark baseline set RUN`.',
        'Or compare with a run or branch by its name.',
      ],
    },
  )
}
