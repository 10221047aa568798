import type { Measured } from './sides.ts'

/** Whether a metric is deterministic here, and whether it is the same on both sides. */
export interface Exactness {
  readonly isExact: boolean
  /** No common sample differs. */
  readonly isIdentical: boolean
  readonly warnings: readonly string[]
}

/**
 * A metric is exact when a sample measured at least twice on a side always came out the same there, and no sample came
 * out different. One value on the other side is then enough. What was declared exact and is not is worth a warning.
 */
export const exactnessOf = (
  baseline: readonly Measured[],
  candidate: readonly Measured[],
  { mayBeExact, isAssumed }: { readonly mayBeExact: boolean; readonly isAssumed: boolean },
): Exactness => {
  const [before, after] = [valuesBySample(baseline), valuesBySample(candidate)]
  const repeated = [...before.values(), ...after.values()].filter(({ count }) => count >= 2)
  const varies = repeated.some(({ values }) => values.size > 1)
  const isExact = !varies && (isAssumed || (mayBeExact && repeated.length > 0))
  const common = [...before].flatMap(([sample, { values }]) => {
    const other = after.get(sample)
    return other === undefined ? [] : [[...values, ...other.values]]
  })
  return {
    isExact,
    isIdentical: common.length > 0 && common.every((values) => new Set(values).size === 1),
    warnings: isAssumed && varies ? ['declared deterministic, but repeats of the same sample differ'] : [],
  }
}

interface Repeated {
  readonly values: Set<number>
  count: number
}

const valuesBySample = (measured: readonly Measured[]): ReadonlyMap<string | null, Repeated> => {
  const samples = new Map<string | null, Repeated>()
  for (const { sample, value } of measured) {
    const found = samples.get(sample) ?? { values: new Set<number>(), count: 0 }
    found.values.add(value)
    found.count++
    samples.set(sample, found)
  }
  return samples
}
