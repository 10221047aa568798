import { baselinePlaceWords, type BaselinePlace, isSamePlace } from '../../core/baseline.ts'
import { Problem } from '../../core/problem.ts'
import type { RunStore } from '../ports.ts'
import { type BaselineChange, baselineEntries } from './set-baseline.ts'

/**
 * Clears the baseline of exactly this place, or all of them; the runs stay. Throws `E_NOT_FOUND` when there is none in
 * that place.
 */
export const clearBaseline = (store: RunStore, place: BaselinePlace | 'all'): BaselineChange => {
  const before = baselineEntries(store)
  const removed = place === 'all' ? before : before.filter((one) => isSamePlace(one, place))
  if (place !== 'all' && removed.length === 0)
    throw new Problem('E_NOT_FOUND', `There is no baseline for ${baselinePlaceWords(place)}.`, {
      hints:
        before.length === 0
          ? ['None is set in this project.']
          : before.map((one) => `There is one for ${baselinePlaceWords(one)}.`),
    })
  for (const one of removed) store.baselines.clear(one)
  return { set: null, removed, baselines: baselineEntries(store) }
}
