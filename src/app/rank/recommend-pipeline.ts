/** Which pipeline to take, from own and shared runs, and what else follows from them. */
import type { Evaluation } from '../../core/plan.ts'
import { hardConstraintsOf } from '../../core/ranking/hard-constraints.ts'
import type { MetricSeries } from '../../core/ranking/observation.ts'
import type { RankedEntry } from '../../core/ranking/rank-candidates.ts'
import { type CostSavings, costSavingsOf } from '../../core/recommendation/cost-savings.ts'
import { type NextStep, nextStepsOf } from '../../core/recommendation/next-steps.ts'
import { type Optimization, optimizationsOf } from '../../core/recommendation/optimizations.ts'
import { noRecommendation, type Recommendation, recommend } from '../../core/recommendation/recommend.ts'
import type { Clock } from '../ports.ts'
import { rankCategory, type RankDeps, type RankedField } from './rank-category.ts'

/** Limits in place of the configuration's; what is not given stays as configured. */
export interface RecommendationWish {
  /** Default: the type of the project. */
  readonly category?: string
  readonly datasets?: readonly string[]
  readonly includeUnknown?: boolean
  readonly maxRuntimeSeconds?: number
  readonly maxMemoryBytes?: number
  /** Metric (id, alias or metric@level) to the smallest or largest acceptable mean. */
  readonly minimums?: Readonly<Record<string, number>>
  readonly maximums?: Readonly<Record<string, number>>
  /** The pipeline in use, for what switching would bring; default: the best of the project's own. */
  readonly current?: string
}

/** An answer with the field it rests on. */
export interface PipelineAdvice {
  readonly field: RankedField
  readonly recommendation: Recommendation
  /** What is compared with: the pipeline in use, when it is ranked. */
  readonly current: RankedEntry | null
  readonly optimizations: readonly Optimization[]
  readonly costSavings: CostSavings | null
  readonly nextSteps: readonly NextStep[]
}

const COSTS: readonly MetricSeries[] = ['wall_seconds', 'cpu_seconds', 'peak_rss_bytes'].map((metric) => ({
  metric,
  level: null,
  rank: null,
}))

/** Recommends under constraints, or says why not. The day is that of the clock. */
export const recommendPipeline = (
  deps: RankDeps & { readonly clock: Pick<Clock, 'now'> },
  wish: RecommendationWish,
): PipelineAdvice => {
  const { config, clock } = deps
  const constraints = constraintsOf(config.evaluation.constraints, wish)
  const field = rankCategory(deps, {
    category: wish.category ?? config.project.type,
    datasets: wish.datasets ?? [],
    includeUnknown: wish.includeUnknown ?? false,
    constraints: (type, level) => hardConstraintsOf(constraints, type, level),
    alsoRead: COSTS,
  })
  const { ranking } = field
  const { prices } = config
  if (ranking === null)
    return {
      field,
      recommendation: { ...noRecommendation(['no_results']), prices },
      current: null,
      optimizations: [],
      costSavings: null,
      nextSteps: [
        {
          code: 'share_results',
          message:
            'Nobody has results of this type here yet: run the benchmark, or read the hub with benchmark sync. The demonstration of benchmark test counts only where it is asked for: --dataset amr-embedded.',
          evidence: { datasets: field.datasets.length, ignored_rows: 0 },
        },
      ],
    }
  const recommendation = recommend({ ranking, prices, asOf: clock.now().toISOString() })
  const current = currentOf(field, ranking.entries, wish.current)
  const optimizations = current === null ? [] : optimizationsOf(ranking, current, prices)
  return {
    field,
    recommendation,
    current,
    optimizations,
    costSavings: current && costSavingsOf(ranking, current, prices),
    nextSteps: nextStepsOf({ ranking, recommendation, current, optimizations }),
  }
}

const constraintsOf = (configured: Evaluation['constraints'], wish: RecommendationWish): Evaluation['constraints'] => ({
  maxRuntimeSeconds: wish.maxRuntimeSeconds ?? configured.maxRuntimeSeconds,
  maxMemoryBytes: wish.maxMemoryBytes ?? configured.maxMemoryBytes,
  minimums: { ...configured.minimums, ...wish.minimums },
  maximums: { ...configured.maximums, ...wish.maximums },
})

/** The pipeline in use: the one named, else the best of those this machine ran. */
const currentOf = (
  { runs }: RankedField,
  entries: readonly RankedEntry[],
  named: string | undefined,
): RankedEntry | null => {
  const mine = new Set(runs.filter(({ origin }) => origin === 'own').map(({ runId }) => runId))
  const isMine = ({ rows }: RankedEntry): boolean => rows.some(({ runId }) => mine.has(runId))
  const called = (entry: RankedEntry): boolean => named === undefined || entry.candidate.pipeline === named
  return (
    entries.find((entry) => called(entry) && isMine(entry)) ??
    (named === undefined ? null : (entries.find(called) ?? null))
  )
}
