import type { ScoreDocument } from '../generated/score.ts'
import type { AmrExplanation } from '../core/amr/scoring.ts'
import type { Match } from '../core/match.ts'
import type { Score, Summary } from '../core/score.ts'
import { toSnakeCase } from './key-case.ts'

/** What a score document is made of. */
export interface ScoreContent {
  readonly benchmarkType: string
  readonly values: readonly (Score & { readonly prediction: string })[]
  readonly summary: readonly (Summary & { readonly prediction: string })[]
  readonly comparability: Readonly<Record<string, string>>
  readonly warnings: readonly string[]
  /** Left out of the document where there are none to show. */
  readonly matches?: readonly (Match & { readonly prediction: string })[]
  readonly explanations?: readonly (AmrExplanation & { readonly prediction: string })[]
}

/** `benchmark.score/1`. */
export const toScoreDocument = (content: ScoreContent): ScoreDocument => {
  const { benchmarkType, values, summary, comparability, warnings, matches, explanations } = content
  const details = { ...(matches && { matches }), ...(explanations && { explanations }) }
  return {
    schema: 'benchmark.score/1',
    ...(toSnakeCase({ benchmarkType, values, summary, comparability, warnings, ...details }, VERBATIM) as object),
  } as ScoreDocument
}

const VERBATIM = new Set(['comparability'])
