import type { Quantity, Score } from '../score.ts'
import { metricById } from './registry.ts'

/** A score of a registered metric: unit and direction come from its definition. */
export const makeScore = (
  metric: string,
  of: { readonly sample: string | null; readonly level?: string | null; readonly rank?: string | null },
  quantity: Quantity,
): Score => {
  const { unit, direction } = metricById(metric)
  return { sample: of.sample, metric, level: of.level ?? null, rank: of.rank ?? null, ...quantity, unit, direction }
}
