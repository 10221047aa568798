/** Everything that changes the scores of a profile besides truth and prediction; all of it is in the comparability key. */
export interface ProfileScoringOptions {
  /** Scale every rank of truth and prediction to 100 first. */
  readonly normalize: boolean
  /** Percentage points of rare taxa to drop from each rank of a prediction; null = none. */
  readonly filter: number | null
  /** Ranks to score; empty = every rank the truth declares. */
  readonly ranks: readonly string[]
}

/** As OPAL does without options: nothing scaled, nothing dropped. */
export const DEFAULT_PROFILE_SCORING: ProfileScoringOptions = { normalize: false, filter: null, ranks: [] }
