import { BEFORE_FILTER } from '../metrics/profile.ts'
import { normalized, withoutTail } from './adjust.ts'
import type { SampleProfile } from './profile.ts'
import type { ProfileScoringOptions } from './scoring-options.ts'

/** The two sides of one sample. */
export interface ProfilePair {
  readonly truth: SampleProfile
  readonly predicted: SampleProfile
}

/** A sample as the options want it compared. */
export interface Variant extends ProfilePair {
  /** Ending of the names of its metrics. */
  readonly suffix: string
  /** The same with every rank of both sides scaled to 100; null where nothing has to be done to these two but that. */
  readonly scaled: ProfilePair | null
}

/** Endings of the variants there are: with a filter, also the one before it. */
export const variantSuffixes = ({ filter }: ProfileScoringOptions): readonly string[] =>
  filter === null ? [''] : ['', BEFORE_FILTER]

/** What is compared of a sample: one variant for each ending, in that order. The truth is never filtered. */
export const variantsOf = (
  truth: SampleProfile,
  predicted: SampleProfile,
  { normalize, filter }: ProfileScoringOptions,
): readonly Variant[] => {
  if (!normalize && filter === null) return [{ truth, predicted, scaled: null, suffix: '' }]
  const scaled: ProfilePair = { truth: normalized(truth), predicted: normalized(predicted) }
  const whole = { ...(normalize ? scaled : { truth, predicted }), scaled }
  if (filter === null) return [{ ...whole, suffix: '' }]
  const filtered = (pair: ProfilePair): ProfilePair => ({ ...pair, predicted: withoutTail(pair.predicted, filter) })
  return [
    { ...filtered(whole), scaled: filtered(scaled), suffix: '' },
    { ...whole, suffix: BEFORE_FILTER },
  ]
}
