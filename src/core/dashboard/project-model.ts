import type { CommunityPlace } from '../community/community-statistics.ts'
import type { Parameters } from '../pipeline.ts'
import type { BoardName } from './board-model.ts'
import type { SeriesPoint } from './site-history.ts'
import type { SiteSeries } from './site-run.ts'

// JSON of `api/v1/projects/<project>.json`. The words of the sections are those of the original design.

/** A number that is there, or why not. */
export type Maybe<T> = (T & { readonly reason: null }) | { readonly reason: string }

export interface BestPipeline extends BoardName {
  readonly category: string
  readonly dataset: string
  readonly rank: number
  readonly rank_low: number | null
  readonly rank_high: number | null
  readonly of: number
  readonly score: number
  readonly run_id: string
  /** Other candidates of the project whose rank intervals reach this one's. */
  readonly tied_with: readonly BoardName[]
  readonly tied_with_best: boolean
  /** Fewer than five samples. */
  readonly provisional: boolean
}

export interface AveragePerformance {
  readonly metric: string
  readonly level: string | null
  readonly rank: string | null
  readonly pipeline: string
  /** Geometric mean of ratios to the baseline; above 1 is better, whatever the direction of the metric. */
  readonly ratio: number
  readonly datasets: readonly {
    readonly dataset: string
    readonly baseline: number
    readonly value: number
    readonly ratio: number
    readonly baseline_run: string
    readonly run_id: string
  }[]
  /** Datasets of the project, those included. */
  readonly of_datasets: number
}

export interface ProjectTrend {
  readonly pipeline: string
  readonly params: string
  readonly dataset: string
  readonly series: SiteSeries
  /** Change over 90 days, in the unit. */
  readonly slope_per_90_days: number
  readonly low: number
  readonly high: number
  readonly n: number
  readonly from: string
  readonly to: string
  readonly direction: 'better' | 'worse' | 'no clear trend'
}

export interface HistorySeriesModel {
  readonly key: string
  readonly pipeline: string
  readonly params: string
  readonly dataset: string
  readonly series: SiteSeries
  readonly is_primary: boolean
  readonly state: string
  readonly reasons: readonly string[]
  readonly points: readonly SeriesPoint[]
  readonly shifts: readonly ShiftModel[]
  /** Runs from which on the pipeline read another content of a database: it is judged anew from there. */
  readonly restarts: readonly {
    readonly run_id: string
    readonly at: string
    readonly database: string
    /** Digest, or `none`. */
    readonly before: string
    readonly after: string
  }[]
}

/** A step from one level to another. */
export interface ShiftModel {
  /** The first run at the new level and the last one before it, with their commits where known. */
  readonly run_id: string
  readonly at: string
  readonly commit: string | null
  readonly version: string | null
  readonly before_run_id: string | null
  readonly before_commit: string | null
  readonly before: number
  readonly after: number
  readonly shift: number
  readonly is_relative: boolean
  readonly turn: string
  readonly p: number
  readonly is_current: boolean
  readonly is_confirmed: boolean
}

/** A shift for the worse that is still there. */
export interface Regression extends ShiftModel {
  readonly id: string
  readonly project: string
  readonly pipeline: string
  readonly params: string
  readonly dataset: string
  readonly series: SiteSeries
}

interface BaselineChange {
  readonly metric: string
  readonly level: string | null
  readonly rank: string | null
  readonly unit: string
  readonly direction: string
  readonly is_primary: boolean
  readonly n_common: number
  readonly baseline: number | null
  readonly candidate: number | null
  readonly effect: number | null
  readonly effect_scale: string
  readonly low: number | null
  readonly high: number | null
  readonly p_adjusted: number | null
  readonly verdict: string
  readonly note: string | null
}

export interface VsBaseline {
  readonly pipeline: string
  readonly params: Parameters
  readonly dataset: string
  /** `set`: by `baseline set` here; `tagged`: a run with the tag or label `baseline`; `first`: the oldest comparable run. */
  readonly chosen_as: 'set' | 'tagged' | 'first'
  readonly baseline: { readonly run_id: string; readonly at: string; readonly version: string | null }
  readonly candidate: { readonly run_id: string; readonly at: string; readonly version: string | null }
  readonly verdict: string
  /** Pipelines and parameter sets that both runs have; what is shown is the one that got worse most, else changed most. */
  readonly of_variants: number
  readonly changes: readonly BaselineChange[]
  readonly not_comparable: readonly string[]
}

export interface VsCommunity {
  readonly dataset: string
  readonly group_size: number
  readonly anonymous_counted: boolean
  readonly places: readonly CommunityPlace[]
}

export interface CoverageCell {
  readonly pipeline: string
  readonly dataset: string
  readonly runs: number
  readonly newest: string | null
  /** Days before the project's newest run. */
  readonly age_days: number | null
  /** Why there is no result that counts; null where there is one. */
  readonly reason: string | null
}

/** A card of advice. */
export interface Card {
  readonly action: string
  readonly evidence: string
  /** Null: nothing can be expected of it that was measured. */
  readonly effect: string | null
  readonly assumptions: string
  readonly confidence: string
  readonly verify: string
  /** Share of the costs of a sample that is saved, with its 95 % interval where there is one; null: nothing is saved. */
  readonly saved: { readonly share: number; readonly low: number | null; readonly high: number | null } | null
  readonly candidate: BoardName | null
}

export interface ProjectModel {
  readonly schema: 'benchmark.dashboard-project/1'
  readonly project: string
  readonly benchmark_types: readonly string[]
  readonly owner: string | null
  readonly homepage: string | null
  readonly is_local: boolean
  readonly first: string | null
  readonly newest: string | null
  /** The board its places are on. */
  readonly board: { readonly category: string; readonly dataset: string } | null
  readonly sections: {
    readonly overview: {
      readonly totalRuns: {
        readonly all: number
        readonly valid: number
        readonly excluded: readonly { readonly reason: string; readonly runs: number }[]
      }
      readonly bestPipeline: Maybe<BestPipeline>
      readonly avgPerformance: Maybe<AveragePerformance>
      readonly trend: Maybe<ProjectTrend>
    }
    readonly comparison: {
      readonly vsBaseline: Maybe<VsBaseline>
      readonly vsCommunity: Maybe<VsCommunity>
      readonly vsHistory: { readonly series: readonly HistorySeriesModel[]; readonly left_out: number }
    }
    readonly recommendations: {
      readonly nextSteps: readonly Card[]
      readonly optimizations: readonly Card[]
      readonly costSavings: readonly Card[]
    }
  }
  readonly regressions: readonly Regression[]
  readonly coverage: readonly CoverageCell[]
  readonly recent: readonly {
    readonly run_id: string
    readonly at: string
    readonly pipeline: string
    readonly version: string | null
    readonly params: string
    readonly dataset: string
    readonly state: string
    readonly trust: string
    readonly metric: string | null
    readonly value: number | null
    readonly unit: string | null
  }[]
}
