import { mean } from './correlation.ts'
import { normalCdf, normalQuantile } from './normal.ts'
import type { RandomSource } from './random.ts'

/** Means of `count` samples drawn with replacement. */
export const bootstrapMeans = (values: readonly number[], count: number, random: RandomSource): readonly number[] =>
  Array.from({ length: count }, () => {
    let sum = 0
    for (let draw = 0; draw < values.length; draw++) sum += values[Math.floor(random() * values.length)] ?? 0
    return sum / values.length
  })

/** An interval and which bootstrap gave it. */
export interface BootstrapInterval {
  readonly low: number
  readonly high: number
  readonly method: 'bca_bootstrap' | 'percentile_bootstrap'
}

/**
 * Interval of a mean from its bootstrap replicates, bias-corrected and accelerated (Efron, J. Am. Stat. Assoc. 82
 * (1987) 171). Where the correction is not defined (all replicates on one side of the mean) plain percentiles.
 */
export const bootstrapInterval = (
  values: readonly number[],
  replicates: readonly number[],
  confidence: number,
): BootstrapInterval => {
  const sorted = [...replicates].sort((left, right) => left - right)
  const tail = (1 - confidence) / 2
  const share = shareBelow(sorted, mean(values))
  if (share <= 0 || share >= 1)
    return { low: percentile(sorted, tail), high: percentile(sorted, 1 - tail), method: 'percentile_bootstrap' }
  const bias = normalQuantile(share)
  const acceleration = accelerationOf(values)
  const corrected = (p: number): number => {
    const shifted = bias + normalQuantile(p)
    return normalCdf(bias + shifted / (1 - acceleration * shifted))
  }
  return {
    low: percentile(sorted, corrected(tail)),
    high: percentile(sorted, corrected(1 - tail)),
    method: 'bca_bootstrap',
  }
}

/** Share of replicates below a value; those equal to it count half. */
const shareBelow = (sorted: readonly number[], value: number): number => {
  const below = sorted.filter((replicate) => replicate < value).length
  const equal = sorted.filter((replicate) => replicate === value).length
  return (below + equal / 2) / sorted.length
}

/** Skewness of the leave-one-out means, / 6. */
const accelerationOf = (values: readonly number[]): number => {
  const total = values.reduce((sum, value) => sum + value, 0)
  const leftOut = values.map((value) => (total - value) / (values.length - 1))
  const centre = mean(leftOut)
  const squares = leftOut.reduce((sum, value) => sum + (centre - value) ** 2, 0)
  const cubes = leftOut.reduce((sum, value) => sum + (centre - value) ** 3, 0)
  return squares === 0 ? 0 : cubes / (6 * squares ** 1.5)
}

/** Quantile of sorted values, linear between neighbours (Hyndman and Fan type 7). */
export const percentile = (sorted: readonly number[], p: number): number => {
  const at = p * (sorted.length - 1)
  const below = sorted[Math.floor(at)]
  const above = sorted[Math.ceil(at)]
  if (below === undefined || above === undefined)
    throw new RangeError(`No quantile ${String(p)} of ${sorted.length} values`)
  return below + (above - below) * (at - Math.floor(at))
}
