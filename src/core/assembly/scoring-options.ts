/** Everything that changes the scores of an assembly besides truth and prediction. */
export interface AssemblyScoringOptions {
  /** Contigs shorter than this many bases are left out, except from values that name a length of their own. */
  readonly minContig: number
}

/** As QUAST does without options. */
export const DEFAULT_ASSEMBLY_SCORING: AssemblyScoringOptions = { minContig: 500 }
