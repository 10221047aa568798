import { type AmrScoring, type AmrScoringInput } from './scoring.ts'

/** Scores the calls of one prediction against the truth of an amr-detection dataset. */
export const scoreAmr = (input: AmrScoringInput): AmrScoring => {
  throw new Error(`not written yet: ${String(input.options.levels)}`)
}
