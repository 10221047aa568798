import { Problem } from '../../core/problem.ts'
import type { Run } from '../../core/run.ts'
import type { RunStore } from '../ports.ts'
import { branchesOf, type Chosen, endedRun, newestOnBranch, noRunOnBranch, runIfAny } from './choose-runs.ts'
import { REFERENCE_HINT } from './reference.ts'

/** Finds the baseline chosen for a branch and label: its run id, or null when none was set. */
export type FindBaseline = (of: { readonly branch: string | null; readonly label: string | null }) => string | null

interface BaselineDeps {
  readonly store: RunStore
  readonly findBaseline: FindBaseline
}

/** The one run that `run:`, `branch:`, `baseline` or a plain name means. Throws `E_NOT_FOUND` when there is none. */
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
      if (!found) throw noRunOnBranch(store, name)
      return found
    }
    case 'baseline':
      return setBaseline(deps, reference.name, candidate, asked)
    case 'plain':
      return plainName(store, name, candidate, asked, datasets)
  }
}

const namedRun = (store: RunStore, name: string, asked: string): Chosen => {
  const run = endedRun(store, name)
  return { run, reference: { kind: 'run', name: run.label === name ? name : run.runId, asked }, warnings: [] }
}

/** A branch goes before a run of the same name, and it is said. */
const plainName = (
  store: RunStore,
  name: string,
  candidate: Run,
  asked: string,
  datasets: readonly string[],
): Chosen => {
  const onBranch = newestOnBranch(store, name, candidate, asked, datasets)
  const named = runIfAny(store, name)
  if (onBranch) {
    const isOther = named !== null && named !== onBranch.run.runId && named !== candidate.runId
    const both = `${name} is a branch and also names run ${named ?? ''}: the branch was taken; write run:${name} for the other`
    return isOther ? { ...onBranch, warnings: [...onBranch.warnings, both] } : onBranch
  }
  if (named !== null) return namedRun(store, name, asked)
  if (branchesOf(store).includes(name)) throw noRunOnBranch(store, name)
  throw new Problem('E_NOT_FOUND', `There is no finished run on a branch "${name}", and no run of that name.`, {
    hints: [...noRunOnBranch(store, name).hints, REFERENCE_HINT],
  })
}

const setBaseline = (
  { store, findBaseline }: BaselineDeps,
  label: string | null,
  candidate: Run,
  asked: string,
): Chosen => {
  const found = findBaseline({ branch: candidate.branch, label })
  if (found === null)
    throw new Problem(
      'E_NOT_FOUND',
      `No baseline is set${label === null ? '' : ` for the label "${label}"`}${candidate.branch === null ? '' : ` on branch ${candidate.branch}`}.`,
      { hints: ['Choose one with `benchmark baseline set RUN`.', 'Or compare with a run or branch by its name.'] },
    )
  const run = endedRun(store, found)
  return { run, reference: { kind: 'baseline', name: label ?? candidate.branch ?? 'default', asked }, warnings: [] }
}
