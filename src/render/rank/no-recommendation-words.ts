import type { NoRecommendationReason } from '../../core/recommendation/recommend.ts'

const WORDS: Readonly<Record<NoRecommendationReason, string>> = {
  no_results: 'nobody has results here',
  nobody_meets_constraints: 'nobody meets the limits',
  nobody_complete: 'required values are missing everywhere',
  too_few_samples: 'fewer than three samples were measured',
  low_coverage: 'too many of its values are missing',
  nobody_separable: 'these samples tell no candidate from the best',
}

/** Why there is no recommendation, as part of a sentence; a code nobody knows as it is. */
export const noRecommendationWords = (reasons: readonly string[]): string => {
  const known: Readonly<Record<string, string>> = WORDS
  return reasons.map((reason) => known[reason] ?? reason).join('; ')
}
