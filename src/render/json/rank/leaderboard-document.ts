import type { RankedField } from '../../../app/rank/rank-category.ts'
import type { Standing } from '../../../core/ranking/rank-candidates.ts'
import { withSixDigits } from '../../../core/ranking/six-digits.ts'
import type { LeaderboardDocument } from '../../../generated/leaderboard.ts'
import { mixedDatabaseText } from '../../rank/candidate-text.ts'
import { candidateOf, fieldOf, trustOf } from './parts.ts'

/** `benchmark.leaderboard/1`. `limit`: entries to keep; 0 keeps all. */
export const toLeaderboardDocument = (field: RankedField, limit: number): LeaderboardDocument => {
  const { ranking } = field
  const entries = ranking?.entries ?? []
  return withSixDigits<LeaderboardDocument>({
    schema: 'benchmark.leaderboard/1',
    category: field.category,
    ...fieldOf(field),
    definition_version: field.definition,
    weights_from: field.weightsFrom,
    scales: (ranking?.board.metrics ?? []).map(({ metric, level, rank, weight, required, anchor, sesoi }) => ({
      metric,
      level,
      rank,
      weight,
      required,
      worst: anchor.worst,
      best: anchor.best,
      scale: anchor.scale,
      smallest_difference: sesoi,
    })),
    entries: entries.slice(0, limit === 0 ? undefined : limit).map((entry) => ({
      rank: entry.rank,
      rank_low: entry.interval?.rankLow ?? null,
      rank_high: entry.interval?.rankHigh ?? null,
      ...candidateOf(entry.candidate),
      score: entry.score,
      score_low: entry.interval?.scoreLow ?? null,
      score_high: entry.interval?.scoreHigh ?? null,
      n_samples: entry.nSamples,
      coverage: entry.coverage,
      provisional: entry.provisional,
      tied_with_best: entry.tiedWithBest,
      p_against_best: entry.pAgainstBest,
      near_weights_first: entry.nearWeights.first,
      any_weights_first: entry.anyWeights.first,
      pareto: entry.pareto.place,
      pareto_share: entry.pareto.share,
      second_opinion: {
        borda_rank: entry.secondOpinion.bordaRank,
        positions_rank: entry.secondOpinion.positionsRank,
        ratio_rank: entry.secondOpinion.ratioRank,
      },
      success_rate: entry.successRate,
      renormalised: [...entry.renormalised],
      ...tailOf(entry),
    })),
    total: entries.length,
    unranked: unrankedOf(field),
    agreements: (ranking?.agreements ?? []).map(({ rules, tauB }) => ({ rules: [...rules], tau_b: tauB })),
    smallest_weight_change: weightChangeOf(field),
    overall: ranking?.overall
      ? { statistic: ranking.overall.statistic, df: ranking.overall.df, p: ranking.overall.p }
      : null,
    bases: basesOf(field),
    seed: ranking?.seed ?? null,
    warnings: [...(ranking?.warnings ?? []), ...field.mixedDatabases.map(mixedDatabaseText)],
  })
}

const tailOf = ({ runs, trust, oldest, newest, figures }: Standing) => ({
  runs,
  trust: trustOf(trust),
  oldest,
  newest,
  metrics: figures.map(({ metric, level, rank, unit, direction, weight, value, n, nExpected, utility }) => ({
    metric,
    level,
    rank,
    unit,
    direction,
    weight,
    value,
    n,
    n_expected: nExpected,
    utility,
  })),
})

const unrankedOf = ({ ranking, notComparable }: RankedField): LeaderboardDocument['unranked'] => {
  const common = ({ candidate, nSamples, coverage, missing, scoreRange }: Standing) => ({
    ...candidateOf(candidate),
    n_samples: nSamples,
    coverage,
    missing: missing.map(({ metric, level, dataset, sample, reason }) => ({ metric, level, dataset, sample, reason })),
    score_low: scoreRange?.low ?? null,
    score_high: scoreRange?.high ?? null,
  })
  return [
    ...(ranking?.excluded ?? []).map((entry) => ({
      ...common(entry),
      reason: 'constraint' as const,
      broken: entry.broken.map(({ constraint, limit, value }) => ({ constraint, limit, value })),
    })),
    ...(ranking?.unranked ?? []).map((entry) => ({ ...common(entry), reason: entry.reason, broken: [] })),
    ...notComparable.map(({ run, reason }) => ({
      ...candidateOf(run),
      reason,
      n_samples: 0,
      coverage: 0,
      missing: [],
      broken: [],
      score_low: null,
      score_high: null,
    })),
  ]
}

const weightChangeOf = ({ ranking }: RankedField): LeaderboardDocument['smallest_weight_change'] => {
  const change = ranking?.smallestWeightChange
  if (!change) return null
  const { metric, level, rank, from, to } = change
  return { metric, level, rank, from, to }
}

const basesOf = ({ ranking }: RankedField): LeaderboardDocument['bases'] => {
  if (!ranking?.bases) return {}
  const { ranks, tieGroup, weights, pareto, secondOpinions } = ranking.bases
  const named = { ranks, tie_group: tieGroup, weights, pareto, second_opinions: secondOpinions }
  return Object.fromEntries(
    Object.entries(named).map(([name, basis]) => [name, { ...basis, warnings: [...basis.warnings] }]),
  )
}
