import type { Bounds } from '../stats/t-interval.ts'
import type { Statistic } from './comparison.ts'
import type { Scale } from './difference-scale.ts'

/** What the data say about one difference, before anything is decided. Numbers are on the scale of the differences. */
export interface Evidence {
  readonly scale: Scale
  /** What a further value would be of. */
  readonly unitOfAnalysis: 'samples' | 'repeats'
  /** Null without a common sample. */
  readonly difference: number | null
  /** Levels of both sides, on the scale. */
  readonly baseline: number | null
  readonly candidate: number | null
  /** 95 %, and 90 % for equivalence. */
  readonly outer: Bounds | null
  readonly inner: Bounds | null
  readonly p: number | null
  /** Standard deviation of the differences (samples) or of repeats; null = unknown. */
  readonly spread: number | null
  readonly shift: { readonly shift: number; readonly bounds: Bounds | null } | null
  /** Why nothing could be tested; null when something was. */
  readonly lacking: string | null
  readonly statistic: Statistic
}

/** Confidence of the interval shown, and of the one equivalence looks at (two one-sided tests at 5 %). */
export const LEVEL = 0.95
export const EQUIVALENCE_LEVEL = 0.9

/** A statistic of which only some parts apply. */
export const statistic = (of: Pick<Statistic, 'method'> & Partial<Statistic>): Statistic => ({
  n: null,
  m: null,
  df: null,
  level: null,
  assumption: null,
  seed: null,
  warnings: [],
  ...of,
})
