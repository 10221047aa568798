/** Which way is better. `none` marks descriptive values, which are never ranked. */
export type Direction = 'higher' | 'lower' | 'none'

/** Why a number is missing. Codes are public: they stand in JSON, in the database, in hubs and in tables. */
export const REASONS = [
  'no_truth', // the truth says nothing about this sample
  'no_prediction', // the tool reported nothing this metric could use (for example no depth column)
  'undefined_0/0', // the formula divides nothing by nothing
  'no_universe', // true negatives need a declared universe
  'rank_absent', // the profile lacks this taxonomic rank
  'not_run', // no sign that the tool ran on this sample
  'not_applicable', // the metric does not apply to this kind of data
  'not_measured', // the instrument could not measure it here
  'too_few', // fewer values than the method needs
  'not_reached', // what is asked for lies outside of what was tried
] as const
export type Reason = (typeof REASONS)[number]

/** A number, or the reason why there is none. Never NaN, never a silent 0. */
export type Quantity =
  { readonly value: number; readonly reason: null } | { readonly value: null; readonly reason: Reason }

/** One metric of one sample (`sample` null: of the whole dataset) at one match level or taxonomic rank. */
export type Score = Quantity & {
  readonly sample: string | null
  readonly metric: string
  readonly level: string | null
  readonly rank: string | null
  readonly unit: string
  readonly direction: Direction
}

/** How per-sample scores became one number. `total` is a sum, `median` is over repeats and samples. */
export type Aggregation = 'macro' | 'micro' | 'median' | 'total'

/** A score over the samples of one pipeline and parameter set. */
export type Summary = Quantity & {
  readonly metric: string
  readonly level: string | null
  readonly rank: string | null
  readonly unit: string
  readonly direction: Direction
  /** Samples (or executions, for resources) with a value, and how many there should have been. */
  readonly n: number
  readonly nExpected: number
  /** 95 % interval, or nulls where n does not allow one. */
  readonly low: number | null
  readonly high: number | null
  /** The aggregation and, when there is an interval, how it was made. */
  readonly method: { readonly aggregation: Aggregation; readonly interval: string | null }
}

/** A value. Throws on NaN and infinities: those are bugs of the caller, never results. */
export const known = (value: number): Quantity => {
  if (!Number.isFinite(value)) throw new RangeError(`A score must be a finite number, not ${String(value)}`)
  return { value, reason: null }
}

/** No value, and why. */
export const missing = (reason: Reason): Quantity => ({ value: null, reason })

/** `numerator / denominator`, or `undefined_0/0` where the denominator is 0. */
export const ratio = (numerator: number, denominator: number): Quantity =>
  denominator === 0 ? missing('undefined_0/0') : known(numerator / denominator)
