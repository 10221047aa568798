/** Everything that changes the scores of a binning besides truth and prediction; all of it is in the comparability key. */
export interface BinningScoringOptions {
  /**
   * Percent of all base pairs in bins: the smallest bins that hold no more than this together do not count for average
   * purity and recovered genomes (AMBER: `-p`). 0 = all bins count.
   */
  readonly minCompletenessShare: number
  /** Genomes left out of the evaluation, with the bins that map to them (AMBER: `-r`, `-k`). */
  readonly removedGenomes: readonly string[]
}

/** As AMBER does without options. */
export const DEFAULT_BINNING_SCORING: BinningScoringOptions = { minCompletenessShare: 0, removedGenomes: [] }
