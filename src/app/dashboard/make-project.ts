/** Everything a site says of one project. */
import type { BoardName } from '../../core/dashboard/board-model.ts'
import { communityPlaces } from '../../core/community/community-statistics.ts'
import { compare } from '../../core/comparison/compare.ts'
import type { ComparedRun } from '../../core/comparison/comparison.ts'
import {
  averagePerformance,
  baselineOf,
  coverageOf,
  projectTrend,
  recentRuns,
  totalRuns,
} from '../../core/dashboard/overview.ts'
import type {
  BestPipeline,
  HistorySeriesModel,
  Maybe,
  ProjectModel,
  Regression,
  ShiftModel,
  VsBaseline,
  VsCommunity,
} from '../../core/dashboard/project-model.ts'
import { columnKey } from '../../core/dashboard/columns.ts'
import { datasetText, paramsText } from '../../core/dashboard/shard.ts'
import { projectHistory, type SiteHistory } from '../../core/dashboard/site-history.ts'
import { excludedBecause, type SiteRun } from '../../core/dashboard/site-run.ts'
import { findBenchmarkType } from '../../core/benchmark-types.ts'
import type { RankedEntry } from '../../core/ranking/rank-candidates.ts'
import { withSixDigits } from '../../core/ranking/six-digits.ts'
import type { PriceTable } from '../../core/recommendation/cost.ts'
import { adviseProject } from './advise-project.ts'
import type { RankedBoard } from './make-board.ts'

/** What is known of a project, and the board it stands on. */
export interface ProjectRequest {
  readonly project: string
  readonly isLocal: boolean
  readonly owner: string | null
  readonly homepage: string | null
  /** In the order of time. */
  readonly runs: readonly SiteRun[]
  /** Null: nothing of it is comparable with anything. */
  readonly ranked: RankedBoard | null
  readonly prices: PriceTable | null
  readonly compared: (run: SiteRun) => ComparedRun | null
  readonly sha256: (text: string) => string
}

export const makeProject = (request: ProjectRequest): ProjectModel => {
  const { project, runs, ranked, prices } = request
  const { histories, leftOut } = projectHistory(runs)
  const best = bestOf(request)
  const pipeline =
    best.entry?.candidate.pipeline ?? runs.filter((run) => excludedBecause(run) === null).at(-1)?.pipeline
  const ranking = ranked?.field.ranking ?? null
  const overviewTrend = projectTrend(histories)
  const series = histories.map((history) => toSeries(history))
  const drawn = new Set(drawnSeries(series, overviewTrend))
  return withSixDigits<ProjectModel>({
    schema: 'benchmark.dashboard-project/1',
    project,
    benchmark_types: [...new Set(runs.map(({ benchmarkType }) => benchmarkType))].sort(),
    ...{ owner: request.owner, homepage: request.homepage, is_local: request.isLocal },
    ...{ first: runs[0]?.startedAt ?? null, newest: runs.at(-1)?.startedAt ?? null },
    board: ranked && { category: ranked.board.category, dataset: datasetText(ranked.board.dataset) },
    sections: {
      overview: {
        totalRuns: totalRuns(runs),
        bestPipeline: best.model,
        avgPerformance: pipeline === undefined ? { reason: 'no run counts yet' } : averagePerformance(runs, pipeline),
        trend: overviewTrend,
      },
      comparison: {
        vsBaseline: vsBaseline(request),
        vsCommunity: vsCommunity(request),
        vsHistory: {
          series: series.map((one) => ({ ...one, points: drawn.has(one) ? one.points.slice(-MOST_POINTS) : [] })),
          left_out: leftOut,
        },
      },
      recommendations:
        ranking === null
          ? { nextSteps: [], optimizations: [], costSavings: [] }
          : adviseProject(ranking, best.entry, prices, ranked?.board.as_of ?? ''),
    },
    regressions: histories
      .flatMap((history, index) => regressionsOf(request, history, series[index]))
      .sort((left, right) => (left.at === right.at ? (left.id < right.id ? -1 : 1) : left.at < right.at ? 1 : -1)),
    coverage: coverageOf(runs),
    recent: recentRuns(runs),
  })
}

/** Series whose points are kept for figures, and the newest so many of them; all points are in the tables of runs. */
const MOST_DRAWN = 6
const MOST_POINTS = 40

/** Open regressions first, then what the trend is about, then primary metrics. */
const drawnSeries = (
  series: readonly HistorySeriesModel[],
  trend: ProjectModel['sections']['overview']['trend'],
): readonly HistorySeriesModel[] => {
  const urgency = (one: HistorySeriesModel): number => {
    if (one.shifts.some(({ turn, is_current, is_confirmed }) => turn === 'worse' && is_current && is_confirmed))
      return 0
    const isTrend =
      'series' in trend &&
      trend.pipeline === one.pipeline &&
      trend.params === one.params &&
      trend.dataset === one.dataset &&
      columnKey(trend.series) === columnKey(one.series)
    if (isTrend) return 1
    return one.shifts.length > 0 ? 2 : one.is_primary ? 3 : 4
  }
  return [...series].sort((left, right) => urgency(left) - urgency(right)).slice(0, MOST_DRAWN)
}

const bestOf = ({
  project,
  ranked,
}: ProjectRequest): { readonly model: Maybe<BestPipeline>; readonly entry: RankedEntry | null } => {
  const ranking = ranked?.field.ranking ?? null
  if (ranked === null || ranking === null) return { model: { reason: 'no run of it can be ranked' }, entry: null }
  const own = ranking.entries.filter(({ candidate }) => candidate.project === project)
  const [entry] = own
  if (!entry) return { model: { reason: 'none of its pipelines has all required values' }, entry: null }
  const shown = ranked.board.entries.find(({ key }) => key === entry.key)
  const tied = own.filter(
    (other) => other !== entry && (other.interval?.rankLow ?? other.rank) <= (entry.interval?.rankHigh ?? entry.rank),
  )
  return {
    entry,
    model: {
      reason: null,
      ...entry.candidate,
      ...{ category: ranked.board.category, dataset: datasetText(ranked.board.dataset) },
      ...{ rank: entry.rank, rank_low: shown?.rank_low ?? null, rank_high: shown?.rank_high ?? null },
      ...{ of: ranking.entries.length, score: entry.score, run_id: shown?.run_id ?? '' },
      tied_with: tied.map(({ candidate }): BoardName => candidate),
      tied_with_best: entry.tiedWithBest,
    },
  }
}

const vsBaseline = ({ runs, ranked, compared }: ProjectRequest): Maybe<VsBaseline> => {
  const onBoard = ranked && datasetText(ranked.board.dataset)
  const valid = runs.filter((run) => excludedBecause(run) === null)
  const pairOf = (of: readonly SiteRun[]) => {
    for (const run of [...of].reverse()) {
      const baseline = baselineOf(run, valid)
      if (baseline !== null) return { run, baseline }
    }
    return null
  }
  const pair = pairOf(valid.filter((run) => datasetText(run.dataset) === onBoard)) ?? pairOf(newestOfEach(valid))
  if (!pair) return { reason: 'no two runs of one pipeline were scored alike on the same samples' }
  const { run, baseline } = pair
  const [candidate, before] = [compared(run), compared(baseline.run)]
  if (candidate === null || before === null) return { reason: 'the executions of these runs are not kept' }
  const primaryMetrics = findBenchmarkType(run.benchmarkType)?.primaryMetrics ?? []
  const found = compare({ baseline: [before], candidate: [candidate], primaryMetrics })
  const at = (of: SiteRun) => ({ run_id: of.runId, at: of.startedAt, version: of.version })
  return {
    reason: null,
    ...{ pipeline: run.pipeline, params: run.params, dataset: datasetText(run.dataset) },
    ...{ chosen_as: baseline.chosenAs, baseline: at(baseline.run), candidate: at(run), verdict: found.verdict },
    changes: found.changes
      .filter((change) => change.pipeline === run.pipeline && paramsText(change.params) === paramsText(run.params))
      .map((change) => ({
        ...{ metric: change.metric, level: change.level, rank: change.rank, unit: change.unit },
        ...{ direction: change.direction, is_primary: change.isPrimary, n_common: change.nCommon },
        ...{ baseline: change.baseline, candidate: change.candidate, effect: change.effect },
        ...{ effect_scale: change.effectScale, low: change.low, high: change.high, p_adjusted: change.pAdjusted },
        ...{ verdict: change.verdict, note: change.note },
      })),
    not_comparable: found.notComparable.map(({ key, forbids }) => `${key} differs: ${forbids} are not compared`),
  }
}

/** The newest run of each pipeline, parameter set and dataset, in the order of time: older ones have no other baseline. */
const newestOfEach = (runs: readonly SiteRun[]): readonly SiteRun[] => [
  ...new Map(runs.map((run) => [JSON.stringify([run.pipeline, run.params, run.dataset, run.setting]), run])).values(),
]

const vsCommunity = ({ project, ranked }: ProjectRequest): Maybe<VsCommunity> => {
  const ranking = ranked?.field.ranking ?? null
  if (ranked === null || ranking === null) return { reason: 'nothing of it is comparable with others' }
  const rows = [...ranking.entries, ...ranking.unranked].flatMap((entry) => entry.rows)
  const mine = rows.filter(({ candidate }) => candidate.project === project)
  if (mine.length === 0) return { reason: 'none of its results stands on the leaderboard' }
  const k = ranked.board.group_size
  return {
    reason: null,
    ...{ dataset: datasetText(ranked.board.dataset), group_size: k, anonymous_counted: false },
    places: communityPlaces(ranking.board.metrics, mine, rows, { k }),
  }
}

const toSeries = ({
  key,
  pipeline,
  params,
  dataset,
  series,
  isPrimary,
  points,
  finding,
}: SiteHistory): HistorySeriesModel => ({
  ...{ key, pipeline, params, dataset, series, is_primary: isPrimary, state: finding.state, reasons: finding.reasons },
  points,
  shifts: finding.shifts.map((shift): ShiftModel => {
    const before = points[shift.index - 1]
    const point = points[shift.index]
    return {
      ...{ run_id: shift.from, at: point?.at ?? '', commit: point?.commit ?? null, version: point?.version ?? null },
      ...{ before_run_id: before?.run_id ?? null, before_commit: before?.commit ?? null },
      ...{ before: shift.before, after: shift.after, shift: shift.shift, is_relative: shift.isRelative },
      ...{ turn: shift.turn, p: shift.p, is_current: shift.isCurrent, is_confirmed: shift.isConfirmed },
    }
  }),
})

const regressionsOf = (
  { project, sha256 }: ProjectRequest,
  history: SiteHistory,
  model: HistorySeriesModel | undefined,
): readonly Regression[] =>
  (model?.shifts ?? [])
    .filter((shift) => shift.turn === 'worse' && shift.is_current && shift.is_confirmed)
    .map((shift) => ({
      ...shift,
      id: sha256(JSON.stringify([project, history.key, columnKey(history.series), shift.run_id])).slice(0, 32),
      ...{ project, pipeline: history.pipeline, params: history.params },
      ...{ dataset: history.dataset, series: history.series },
    }))
