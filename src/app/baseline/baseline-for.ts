import { type Baseline, type BaselinePlace, chooseBaseline } from '../../core/baseline.ts'
import { Problem } from '../../core/problem.ts'
import type { RunStore } from '../ports.ts'

/**
 * The baseline that runs of a branch with a label are held against, in the order of `chooseBaseline`: branch and label,
 * branch, label, the project's default. Throws `E_NOT_FOUND` when none is set.
 */
export const baselineFor = (store: Pick<RunStore, 'baselines'>, place: BaselinePlace): Baseline => {
  const all = store.baselines.all()
  const found = chooseBaseline(all, place)
  if (found !== null) return found
  const { branch, label } = place
  const wanted = [
    ...(branch === null ? [] : [` for branch ${branch}`]),
    ...(label === null ? [] : [` with label ${label}`]),
  ]
  throw new Problem(
    'E_NOT_FOUND',
    all.length === 0
      ? 'No baseline is set in this project.'
      : `There is no baseline${wanted.join('')}, and no default one.`,
    {
      hints: [
        'Set one with `benchmark baseline set RUN`, for example `benchmark baseline set latest`.',
        ...(all.length === 0 ? [] : ['`benchmark baseline show` lists those that are set.']),
      ],
    },
  )
}
