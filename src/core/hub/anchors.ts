import type { BenchmarkType } from '../benchmark-types.ts'
import { defaultAnchor } from '../ranking/default-anchors.ts'
import type { Anchor as Ends } from '../ranking/utility.ts'

/** Fixed ends of a metric's scale, as a hub's benchmark definition carries them. */
export interface Anchor extends Ends {
  readonly metric: string
  readonly level: string | null
}

/** Anchors of every metric that a benchmark type shows first, and of what it costs. */
export const anchorsOf = (type: BenchmarkType): readonly Anchor[] => {
  const seen = new Set<string>()
  return [...type.primaryMetrics, ...type.tableMetrics].flatMap(({ metric, level }): Anchor[] => {
    const ends = defaultAnchor(metric)
    if (ends === null || seen.has(metric)) return []
    seen.add(metric)
    return [{ metric, level, ...ends }]
  })
}
