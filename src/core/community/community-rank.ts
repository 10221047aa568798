import type { RankedEntry, Ranking } from '../ranking/rank-candidates.ts'
import { type Basis, basisOf } from '../ranking/observation.ts'
import { type CommunityPolicy, type CommunityStatistic, requireK } from './community-statistics.ts'

/** Where the best of one's own candidates stands among the best of every other contributor. */
export interface CommunityRank {
  /** The own candidate with the highest score. */
  readonly entry: RankedEntry
  /** 1 + the number of other contributors with a higher score; null where withheld. */
  readonly rank: number | null
  /** Other contributors and this one. */
  readonly of: number | null
  /** Share of the other contributors that score lower, ties counting half; 0..100. */
  readonly percentile: number | null
  readonly withheld: CommunityStatistic['withheld']
  readonly basis: Basis
}

/**
 * Rank by score, one place for each contributor. Null when none of the own candidates is ranked. Withheld with fewer
 * than k others: the rank would tell what single people have.
 */
export const communityRank = (
  ranking: Ranking,
  mine: readonly string[],
  policy: CommunityPolicy,
): CommunityRank | null => {
  const k = requireK(policy)
  const own = new Set(mine)
  const isMine = ({ rows }: RankedEntry): boolean => rows.some(({ contributor }) => own.has(contributor))
  const entry = ranking.entries.find(isMine)
  if (!entry) return null
  const best = new Map<string, number>()
  for (const { rows, score } of ranking.entries)
    for (const contributor of new Set(rows.map((row) => row.contributor)))
      if (!own.has(contributor)) best.set(contributor, Math.max(best.get(contributor) ?? 0, score))
  const scores = [...best.values()]
  const enough = scores.length >= k
  const better = scores.filter((score) => score > entry.score).length
  const equal = scores.filter((score) => score === entry.score).length
  return {
    entry,
    rank: enough ? 1 + better : null,
    of: enough ? scores.length + 1 : null,
    percentile: enough ? (100 * (scores.length - better - equal / 2)) / scores.length : null,
    withheld: enough ? null : scores.length === 0 ? 'no_values' : 'fewer_than_k',
    basis: basisOf({
      method: 'best_score_of_each_contributor',
      n: enough ? scores.length + 1 : 0,
      m: ranking.table.samples.length,
      warnings: enough ? [] : ['fewer_than_k'],
    }),
  }
}
