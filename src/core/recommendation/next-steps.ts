import type { RankedEntry, Ranking } from '../ranking/rank-candidates.ts'
import { samplesNeeded } from './differences.ts'
import type { Optimization } from './optimizations.ts'
import type { Recommendation } from './recommend.ts'

/** Something worth doing next, the most useful first, and the facts it rests on. */
export interface NextStep {
  readonly code:
    | 'share_results'
    | 'complete_results'
    | 'look_at_failures'
    | 'review_constraints'
    | 'add_samples'
    | 'take_recommended'
    | 'try_parameters'
    | 'decide_weights'
    | 'look_at_metrics'
    | 'measure_again'
    | 'establish_trust'
  /** One sentence for people. */
  readonly message: string
  /** The same facts for programs. */
  readonly evidence: Readonly<Record<string, string | number | null>>
}

/** What the steps are drawn from. */
export interface NextStepsRequest {
  readonly ranking: Ranking
  readonly recommendation: Recommendation
  /** The candidate in use, when it is ranked. */
  readonly current: RankedEntry | null
  readonly optimizations: readonly Optimization[]
}

const OLD_DAYS = 180
/** A change of a weight by less than this decides by a guess. */
const SMALL_CHANGE = 0.05

/** Next steps that follow from a ranking and its recommendation; an empty list when nothing is open. */
export const nextStepsOf = (request: NextStepsRequest): readonly NextStep[] => [
  ...coverageSteps(request),
  ...choiceSteps(request),
  ...robustnessSteps(request),
]

const coverageSteps = ({ ranking }: NextStepsRequest): readonly NextStep[] => {
  const steps: NextStep[] = []
  const all = [...ranking.entries, ...ranking.unranked, ...ranking.excluded]
  if (all.length === 0)
    steps.push({
      code: 'share_results',
      message: 'No results count on this board yet: run the benchmark on its datasets.',
      evidence: { datasets: ranking.board.datasets.length, ignored_rows: ranking.ignoredRows.trust },
    })
  const [incomplete] = ranking.unranked
  if (incomplete && incomplete.missing.length > 0) {
    const samples = new Set(incomplete.missing.map(({ dataset, sample }) => JSON.stringify([dataset, sample]))).size
    steps.push({
      code: 'complete_results',
      message: `${incomplete.candidate.pipeline} is not ranked: it lacks required values of ${plural(samples, 'sample')}.`,
      evidence: {
        pipeline: incomplete.candidate.pipeline,
        missing_values: incomplete.missing.length,
        missing_samples: samples,
        coverage: incomplete.coverage,
        candidates: ranking.unranked.length,
      },
    })
  }
  const failing = all.filter(({ successRate }) => successRate !== null && successRate < 1)
  const [worst] = failing.sort((left, right) => (left.successRate ?? 1) - (right.successRate ?? 1))
  if (worst)
    steps.push({
      code: 'look_at_failures',
      message: `${percent(1 - (worst.successRate ?? 1))} of the executions of ${worst.candidate.pipeline} failed.`,
      evidence: { pipeline: worst.candidate.pipeline, success_rate: worst.successRate, candidates: failing.length },
    })
  return steps
}

const choiceSteps = ({ ranking, recommendation, current, optimizations }: NextStepsRequest): readonly NextStep[] => {
  const steps: NextStep[] = []
  const [excluded] = recommendation.excluded
  if (excluded && ranking.entries.length === 0)
    steps.push({
      code: 'review_constraints',
      message: `No candidate meets the constraints; ${excluded.constraint} already keeps out ${excluded.candidate.pipeline}.`,
      evidence: {
        constraint: excluded.constraint,
        limit: excluded.limit,
        value: excluded.value,
        candidates: ranking.excluded.length,
      },
    })
  const [first, second] = ranking.entries
  if (first && second?.tiedWithBest === true) {
    const samples = ranking.table.samples.length
    const needed = samplesNeeded(ranking, first.position, second.position)
    if (needed !== null && needed > samples)
      steps.push({
        code: 'add_samples',
        message: `These ${plural(samples, 'sample')} cannot tell the first two apart; a difference like theirs would show with about ${String(needed)}.`,
        evidence: { samples, needed, p: second.pAgainstBest },
      })
  }
  const { recommended } = recommendation
  if (recommended && current && recommended.key !== current.key)
    steps.push({
      code: 'take_recommended',
      message: `${recommended.candidate.pipeline} scores higher than what is in use, or as high at lower cost.`,
      evidence: {
        pipeline: recommended.candidate.pipeline,
        score: recommended.score,
        current_score: current.score,
        decided_by: recommendation.decidedBy,
      },
    })
  const [optimization] = optimizations
  if (optimization)
    steps.push({
      code: 'try_parameters',
      message:
        optimization.kind === 'dominates'
          ? `Other parameters of ${optimization.to.pipeline} are nowhere worse and somewhere better.`
          : `Other parameters of ${optimization.to.pipeline} are as good and ${percent(optimization.saving?.share ?? 0)} cheaper.`,
      evidence: {
        pipeline: optimization.to.pipeline,
        params: JSON.stringify(optimization.to.params),
        kind: optimization.kind,
        saved_share: optimization.saving?.share ?? null,
      },
    })
  return steps
}

const robustnessSteps = ({ ranking, recommendation }: NextStepsRequest): readonly NextStep[] => {
  const steps: NextStep[] = []
  const change = ranking.smallestWeightChange
  if (change !== null && Math.abs(change.to - change.from) < SMALL_CHANGE)
    steps.push({
      code: 'decide_weights',
      message: `A weight of ${percent(change.to)} instead of ${percent(change.from)} for ${change.metric} would change the winner.`,
      evidence: { metric: change.metric, level: change.level, from: change.from, to: change.to },
    })
  const [apart] = ranking.agreements
    .filter(({ tauB }) => tauB !== null && tauB < 0.7)
    .sort((left, right) => (left.tauB ?? 1) - (right.tauB ?? 1))
  if (apart)
    steps.push({
      code: 'look_at_metrics',
      message: 'Common ranking rules disagree on this field: look at the metrics one by one.',
      evidence: { rules: apart.rules.join(', '), kendall_tau_b: apart.tauB },
    })
  const evidence = recommendation.evidence
  if (evidence && evidence.ageDays > OLD_DAYS)
    steps.push({
      code: 'measure_again',
      message: `The newest result of the first candidate is ${plural(evidence.ageDays, 'day')} old.`,
      evidence: { age_days: evidence.ageDays, newest: evidence.newest },
    })
  if (ranking.ignoredRows.trust > 0)
    steps.push({
      code: 'establish_trust',
      message: `${plural(ranking.ignoredRows.trust, 'value')} did not count because nobody stands behind them.`,
      evidence: { ignored_rows: ranking.ignoredRows.trust },
    })
  return steps
}

const plural = (count: number, noun: string): string => `${String(count)} ${noun}${count === 1 ? '' : 's'}`

const percent = (share: number): string => `${String(Number((share * 100).toPrecision(3)))} %`
