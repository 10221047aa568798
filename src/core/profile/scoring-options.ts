import type { AbundanceType } from './profile.ts'

/** Everything that changes the scores of a profile besides truth and prediction; all of it is in the comparability key. */
export interface ProfileScoringOptions {
  /** Scale every rank of truth and prediction to 100 first. */
  readonly normalize: boolean
  /** Percentage points of rare taxa to drop from each rank of a prediction; null = none. */
  readonly filter: number | null
  /** Ranks to score; empty = every rank of the truth. */
  readonly ranks: readonly string[]
  /** What predictions in a format of any tool are shares of; null = what the file or its format says. */
  readonly abundance: AbundanceType | null
  /** The same of the truth. */
  readonly truthAbundance: AbundanceType | null
  /** Compare abundances even where the two sides state shares of different things. */
  readonly allowMixedAbundance: boolean
  /** Percentage points added to every taxon before logarithms are taken; null = no Aitchison distance. */
  readonly aitchisonPseudoCount: number | null
}

/** As OPAL does without options: nothing scaled, nothing dropped. */
export const DEFAULT_PROFILE_SCORING: ProfileScoringOptions = {
  normalize: false,
  filter: null,
  ranks: [],
  abundance: null,
  truthAbundance: null,
  allowMixedAbundance: false,
  aitchisonPseudoCount: null,
}
