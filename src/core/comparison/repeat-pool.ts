import { fromScale, type Scale, steadyMean, toScale } from './difference-scale.ts'
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
      const group = one.isResource ? blockValues(one, 'log') : []
      if (group.length >= 2) pool.set(one.metric, [...(pool.get(one.metric) ?? []), group])
    }
  return pool
}

/**
 * One value for each block: the mean over the samples that every block has, geometric for `log` unless one is 0; none
 * where a block lacks one of the samples asked for.
 */
export const blockValues = (
  { measured }: Pick<SideSeries, 'measured'>,
  scale: Scale,
  samples?: ReadonlySet<string | null>,
): readonly number[] => {
  const blocks = new Map<string, Map<string | null, number>>()
  for (const { block, sample, value } of measured)
    blocks.set(block, (blocks.get(block) ?? new Map<string | null, number>()).set(sample, value))
  const all = [...blocks.values()]
  const common = [...(all[0]?.keys() ?? [])].filter((sample) => all.every((block) => block.has(sample)))
  const wanted = [...(samples ?? common)]
  if (wanted.length === 0 || wanted.some((sample) => !common.includes(sample))) return []
  const used = scale === 'log' && measured.every(({ value }) => value > 0) ? 'log' : 'raw'
  return all.map((block) => fromScale(steadyMean(wanted.map((sample) => toScale(block.get(sample) ?? 0, used))), used))
}
