import type { PipelineAdvice } from '../../../app/rank/recommend-pipeline.ts'
import { withSixDigits } from '../../../core/ranking/six-digits.ts'
import type { PossibleChange } from '../../../core/recommendation/changes.ts'
import type { ResourceUse } from '../../../core/recommendation/cost.ts'
import type { WeightedDifference } from '../../../core/recommendation/differences.ts'
import type { Choice, Recommendation } from '../../../core/recommendation/recommend.ts'
import type { Saving } from '../../../core/recommendation/saving.ts'
import type { RecommendationDocument } from '../../../generated/recommendation.ts'
import { mixedDatabaseText } from '../../rank/candidate-text.ts'
import { basisDocument, candidateOf, fieldOf, trustOf } from './parts.ts'

/** `benchmark.recommendation/1` */
export const toRecommendationDocument = (advice: PipelineAdvice): RecommendationDocument => {
  const { field, recommendation: of, current, optimizations, costSavings, nextSteps } = advice
  return withSixDigits<RecommendationDocument>({
    schema: 'benchmark.recommendation/1',
    category: field.category,
    ...fieldOf(field),
    recommended: of.recommended && choiceOf(of.recommended),
    why: [...of.why],
    leading: of.leading && choiceOf(of.leading),
    decided_by: of.decidedBy,
    expected_metrics: of.expectedMetrics.map(
      ({ metric, level, rank, value, unit, direction, n, nExpected, low, high, applies, basis }) => ({
        metric,
        level,
        rank,
        value,
        reason: value !== null ? null : applies ? 'not_measured' : 'not_applicable',
        unit,
        direction,
        n,
        n_expected: nExpected,
        low,
        high,
        method: basisDocument(basis),
      }),
    ),
    reasons: of.reasons.map(differenceOf),
    concessions: of.concessions.map(differenceOf),
    evidence: evidenceOf(of),
    runner_up: of.runnerUp && choiceOf(of.runnerUp),
    excluded: of.excluded.map(({ candidate, constraint, limit, value }) => ({
      ...candidateOf(candidate),
      constraint,
      limit,
      value,
    })),
    changes: of.changes.map(changeOf),
    current: current && candidateOf(current.candidate),
    next_steps: nextSteps.map(({ code, message, evidence }) => ({ code, message, evidence: { ...evidence } })),
    optimizations: optimizations.map((one) => ({
      kind: one.kind,
      from: candidateOf(one.from),
      to: candidateOf(one.to),
      differences: one.differences.map(differenceOf),
      saving: one.saving && savingOf(one.saving),
      equivalent_in: [...one.equivalentIn],
      not_shown_in: [...one.notShownIn],
      basis: basisDocument(one.basis),
    })),
    cost_savings: (costSavings?.savings ?? []).map((one) => ({
      from: candidateOf(one.from),
      to: candidateOf(one.to),
      saving: savingOf(one.saving),
      score_difference: one.scoreDifference,
      quality: one.quality,
      samples: one.samples,
      equivalent_in: [...one.equivalentIn],
      not_shown_in: [...one.notShownIn],
    })),
    prices: of.prices && {
      cpu_hour: of.prices.cpuHour,
      memory_gb_hour: of.prices.memoryGbHour,
      currency: of.prices.currency,
      date: of.prices.date,
      source: of.prices.source,
    },
    warnings: [...of.warnings, ...field.mixedDatabases.map(mixedDatabaseText)],
  })
}

const useOf = ({ wallHours, cpuHours, memoryGbHours, samples }: ResourceUse) => ({
  wall_hours: wallHours,
  cpu_hours: cpuHours,
  memory_gb_hours: memoryGbHours,
  samples,
})

const choiceOf = (choice: Choice): NonNullable<RecommendationDocument['recommended']> => ({
  ...candidateOf(choice.candidate),
  rank: choice.rank,
  rank_low: choice.rankLow,
  rank_high: choice.rankHigh,
  score: choice.score,
  near_weights_first: choice.nearWeightsFirst,
  any_weights_first: choice.anyWeightsFirst,
  use: useOf(choice.use),
  cost: choice.cost,
})

const differenceOf = (one: WeightedDifference) => ({
  metric: one.metric,
  level: one.level,
  rank: one.rank,
  unit: one.unit,
  direction: one.direction,
  weight: one.weight,
  of_candidate: one.ofCandidate,
  of_other: one.ofOther,
  contribution: one.contribution,
})

const savingOf = ({ before, after, costBefore, costAfter, share, interval, noInterval }: Saving) => ({
  before: useOf(before),
  after: useOf(after),
  cost_before: costBefore,
  cost_after: costAfter,
  share,
  low: interval?.low ?? null,
  high: interval?.high ?? null,
  no_interval: noInterval,
})

const evidenceOf = ({ evidence }: Recommendation): RecommendationDocument['evidence'] =>
  evidence && {
    samples: evidence.samples,
    datasets: evidence.datasets,
    runs: evidence.runs,
    coverage: evidence.coverage,
    trust: trustOf(evidence.trust),
    oldest: evidence.oldest,
    newest: evidence.newest,
    age_days: evidence.ageDays,
    provisional: evidence.provisional,
    ranked: evidence.ranked,
    tied: evidence.tied,
    bases: evidence.bases.map(basisDocument),
  }

const changeOf = (change: PossibleChange): RecommendationDocument['changes'][number] => {
  const none = {
    ...{ metric: null, level: null, from: null, to: null, constraint: null, limit: null, value: null },
    ...{ score: null, missing: null, samples: null, needed: null },
  }
  const base = { ...none, kind: change.kind, rival: candidateOf(change.rival) }
  switch (change.kind) {
    case 'weight':
      return { ...base, metric: change.metric, level: change.level, from: change.from, to: change.to }
    case 'constraint':
      return {
        ...base,
        constraint: change.constraint,
        limit: change.limit,
        value: change.value,
        score: change.score,
      }
    case 'missing_values':
      return { ...base, missing: change.missing, score: change.best }
    case 'more_samples':
      return { ...base, samples: change.samples, needed: change.needed }
  }
}
