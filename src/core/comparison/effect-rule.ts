import type { MetricDefinition, SmallestEffect } from '../metrics/definition.ts'

/** How differences of a metric are taken, and which are too small to act on. */
export interface EffectRule {
  /** `log`: differences of logarithms, told as a share; values of 0 or less fall back to `raw`. */
  readonly scale: 'raw' | 'log'
  readonly smallest: SmallestEffect
  /** Absolute difference below which nothing is worth mentioning, in the metric's unit; null = none. */
  readonly floor: number | null
  /** What the floor is held against: the difference of sums over the common samples, or of the largest. */
  readonly floorOf: 'total' | 'largest'
  /** Whether equal repeats show that it is deterministic; equal clock readings do not. */
  readonly mayBeExact: boolean
}

/** What a project declares about its metrics, by metric id. */
export interface EffectOptions {
  /** Smallest differences of interest: in the unit of a `raw` metric, a share (0.05) of any other. */
  readonly smallestEffects?: Readonly<Record<string, number>>
  readonly floors?: Readonly<Record<string, number>>
}

const POINT_ZERO_ONE: SmallestEffect = { of: 'unit', value: 0.01 }
const FIVE_PERCENT: SmallestEffect = { of: 'share', value: 0.05 }
const MINUTE = 60
const QUARTER_GIBIBYTE = 256 * 2 ** 20

/**
 * The rule of a metric: 0.01 for what lies between 0 and 1 and as large a part of any other bounded range, 5 % for
 * everything else; floors of 60 s, 256 MiB and one count.
 */
export const effectRule = (metric: MetricDefinition, options: EffectOptions = {}): EffectRule => {
  const isLog = metric.kind === 'time' || metric.kind === 'bytes' || metric.kind === 'length'
  const usual = metric.smallestEffect ?? usualSmallest(metric)
  const declared = options.smallestEffects?.[metric.id]
  return {
    scale: isLog ? 'log' : 'raw',
    smallest: declared === undefined ? usual : { ...usual, value: declared },
    floor: options.floors?.[metric.id] ?? usualFloor(metric),
    floorOf: metric.id === 'peak_rss_bytes' ? 'largest' : 'total',
    mayBeExact: metric.family !== 'resources' || metric.id === 'output_bytes',
  }
}

const usualSmallest = ({ kind, range: [low, high] }: MetricDefinition): SmallestEffect => {
  if (kind === 'ratio01') return POINT_ZERO_ONE
  if (kind === 'percent') return { of: 'unit', value: 1 }
  if ((kind === 'correlation' || kind === 'distance') && low !== null && high !== null)
    return { of: 'unit', value: (high - low) / 100 }
  return FIVE_PERCENT
}

const usualFloor = ({ kind }: MetricDefinition): number | null =>
  kind === 'time' ? MINUTE : kind === 'bytes' ? QUARTER_GIBIBYTE : kind === 'count' ? 1 : null

/** What the values of two sides say about how large a difference has to be. Means and sums over common samples. */
export interface Sizes {
  readonly baselineMean: number
  readonly candidateMean: number
  /** What the floor is held against, on each side. */
  readonly baselineAmount: number
  readonly candidateAmount: number
  readonly samples: number
}

/** Smallest effects that count, on the scale of the differences; the same whichever side is the baseline. */
export interface Margin {
  /** From the smallest effect of interest. */
  readonly smallest: number
  /** From it and the floor: what lies within it either way is as good as no difference. */
  readonly whole: number
  /** Absolute difference of the amounts, and the floor it must reach; null without a floor. */
  readonly amount: number
  readonly floor: number | null
}

/** The margin of a rule for these values. */
export const marginOf = (rule: EffectRule, scale: 'raw' | 'log', sizes: Sizes): Margin => {
  const { baselineMean, candidateMean, baselineAmount, candidateAmount, samples } = sizes
  const middle = (Math.abs(baselineMean) + Math.abs(candidateMean)) / 2
  const { of, value } = rule.smallest
  const smallest = scale === 'log' ? Math.log1p(value) : of === 'unit' ? value : value * middle
  const amount = Math.abs(candidateAmount - baselineAmount)
  if (rule.floor === null) return { smallest, whole: smallest, amount, floor: null }
  // b - a = 2 √(a b) sinh(ln(b / a) / 2): the floor as a difference of logarithms.
  const reference = Math.sqrt(baselineAmount * candidateAmount)
  const floorOnScale =
    scale === 'raw'
      ? rule.floor / (rule.floorOf === 'total' ? samples : 1)
      : 2 * Math.asinh(rule.floor / (2 * Math.max(reference, Number.MIN_VALUE)))
  return { smallest, whole: Math.max(smallest, floorOnScale), amount, floor: rule.floor }
}
