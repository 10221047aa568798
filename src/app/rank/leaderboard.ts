/** The leaderboard of a benchmark type. */
import { hardConstraintsOf } from '../../core/ranking/hard-constraints.ts'
import { rankCategory, type RankDeps, type RankedField } from './rank-category.ts'

/** What is asked of a leaderboard. */
export interface LeaderboardRequest {
  readonly category: string
  readonly datasets: readonly string[]
  readonly includeUnknown: boolean
}

/** Everybody with comparable results, by score; who breaks a constraint of the project is shown apart. */
export const leaderboard = (deps: RankDeps, request: LeaderboardRequest): RankedField =>
  rankCategory(deps, {
    ...request,
    constraints: (type, level) => hardConstraintsOf(deps.config.evaluation.constraints, type, level),
  })
