import type { Candidate, MetricSeries } from '../ranking/observation.ts'
import type { RankedEntry, Ranking } from '../ranking/rank-candidates.ts'
import { samplesNeeded } from './differences.ts'

/** One thing that would change a recommendation. */
export type PossibleChange =
  | ({ readonly kind: 'weight'; readonly from: number; readonly to: number; readonly rival: Candidate } & MetricSeries)
  /** Who was excluded and would score higher without this limit. */
  | {
      readonly kind: 'constraint'
      readonly constraint: string
      readonly limit: number
      readonly value: number | null
      readonly rival: Candidate
      readonly score: number
    }
  /** Who is not ranked and could score higher if the missing values were good. */
  | { readonly kind: 'missing_values'; readonly rival: Candidate; readonly missing: number; readonly best: number }
  /** Who is not separable now, and with how many samples a difference like the present one would be found. */
  | { readonly kind: 'more_samples'; readonly rival: Candidate; readonly samples: number; readonly needed: number }

const MOST = 3

/** What would change the choice, at most three of a kind: the smallest change of a weight, limits, gaps, samples. */
export const changesOf = (ranking: Ranking, chosen: RankedEntry): readonly PossibleChange[] => [
  ...weightChange(ranking, chosen),
  ...ranking.excluded
    .flatMap(({ candidate, broken, scoreRange, missing }): PossibleChange[] => {
      const [only, ...more] = broken
      if (!only || more.length > 0 || missing.length > 0 || scoreRange === null || scoreRange.low <= chosen.score)
        return []
      const { constraint, limit, value } = only
      return [{ kind: 'constraint', constraint, limit, value, rival: candidate, score: scoreRange.low }]
    })
    .slice(0, MOST),
  ...ranking.unranked
    .flatMap(({ candidate, missing, scoreRange }): PossibleChange[] =>
      scoreRange !== null && scoreRange.high > chosen.score
        ? [{ kind: 'missing_values', rival: candidate, missing: missing.length, best: scoreRange.high }]
        : [],
    )
    .slice(0, MOST),
  ...ranking.entries
    .filter((entry) => entry !== chosen && entry.tiedWithBest)
    .flatMap((rival): PossibleChange[] => {
      const needed = samplesNeeded(ranking, chosen.position, rival.position)
      const samples = ranking.table.samples.length
      return needed === null || needed <= samples
        ? []
        : [{ kind: 'more_samples', rival: rival.candidate, samples, needed }]
    })
    .slice(0, MOST),
]

const weightChange = (ranking: Ranking, chosen: RankedEntry): readonly PossibleChange[] => {
  const change = ranking.smallestWeightChange
  // It was solved for the first of the ranking.
  if (change === null || ranking.entries[0] !== chosen) return []
  const rival = ranking.entries.find(({ key }) => key === change.rival)
  if (!rival) return []
  const { metric, level, rank, from, to } = change
  return [{ kind: 'weight', metric, level, rank, from, to, rival: rival.candidate }]
}
