import { steadyMean } from './difference-scale.ts'
import type { PipelineSide, SideSeries } from './sides.ts'

/** Groups of repeats by metric: one for each configuration measured at least twice, and those stored from before. */
export const repeatPool = (
  sides: readonly PipelineSide[],
  stored: Readonly<Record<string, readonly (readonly number[])[]>>,
): ReadonlyMap<string, readonly (readonly number[])[]> => {
  const pool = new Map<string, (readonly number[])[]>()
  for (const [metric, groups] of Object.entries(stored)) pool.set(metric, [...groups])
  for (const { series } of sides)
    for (const one of series.values()) {
      const group = one.isResource ? blockValues(one) : []
      if (group.length >= 2) pool.set(one.metric, [...(pool.get(one.metric) ?? []), group])
    }
  return pool
}

/** One value for each block: the geometric mean over the samples that every block has (arithmetic where one is 0). */
const blockValues = ({ measured }: SideSeries): readonly number[] => {
  const blocks = new Map<string, Map<string | null, number>>()
  for (const { block, sample, value } of measured)
    blocks.set(block, (blocks.get(block) ?? new Map<string | null, number>()).set(sample, value))
  const all = [...blocks.values()]
  const common = [...(all[0]?.keys() ?? [])].filter((sample) => all.every((block) => block.has(sample)))
  if (common.length === 0) return []
  const isPositive = measured.every(({ value }) => value > 0)
  return all.map((block) => {
    const values = common.map((sample) => block.get(sample) ?? 0)
    return isPositive ? Math.exp(steadyMean(values.map(Math.log))) : steadyMean(values)
  })
}
