import type { Score } from '../core/score.ts'
import type { ScoringOptions } from '../core/scoring-options.ts'
import type { OpenTruth } from './scoring/benchmark-scorer.ts'

/** What scoring outputs needs to know, whether a run has just made them or they were found in a folder. */
export interface ScoringContext {
  readonly benchmarkType: string
  readonly scoring: ScoringOptions
  readonly samples: readonly string[]
  readonly truth: OpenTruth | null
}

/** What the outputs of one execution were worth; `failure` when they cannot be scored at all. */
export interface ExecutionScores {
  readonly scores: readonly Score[]
  readonly warnings: readonly string[]
  readonly failure: string | null
  readonly comparability: Readonly<Record<string, string>>
  /** Canonical text of the universe the negatives were counted in. */
  readonly universe: string | null
}
