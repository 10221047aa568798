/** What a site says of one project from its runs. */
import type { Baseline } from '../../core/baseline.ts'
import { compare } from '../../core/comparison/compare.ts'
import type { Change, ComparedRun } from '../../core/comparison/comparison.ts'
import {
  averagePerformance,
  baselineOf,
  coverageOf,
  projectTrend,
  recentRuns,
  totalRuns,
} from '../../core/dashboard/overview.ts'
import type {
  HistorySeriesModel,
  Maybe,
  ProjectModel,
  Regression,
  ShiftModel,
  VsBaseline,
} from '../../core/dashboard/project-model.ts'
import { columnKey } from '../../core/dashboard/columns.ts'
import { newestThenLargest } from '../../core/dashboard/regression-order.ts'
import { paramsText } from '../../core/dashboard/shard.ts'
import { datasetText } from '../../core/dataset-name.ts'
import { projectHistory, type SiteHistory } from '../../core/dashboard/site-history.ts'
import { excludedBecause, type SiteRun } from '../../core/dashboard/site-run.ts'
import { findBenchmarkType } from '../../core/benchmark-types.ts'
import { withSixDigits } from '../../core/ranking/six-digits.ts'

/** What is known of a project besides its place. */
export interface ProjectRequest {
  readonly project: string
  /** In the order of time. */
  readonly runs: readonly SiteRun[]
  /** Its best pipeline on the board, and what the board is about; null where there is none. */
  readonly best: string | null
  readonly onBoard: string | null
  /** What `baseline set` named on this machine. */
  readonly baselines: readonly Baseline[]
  readonly compared: (run: SiteRun) => ComparedRun | null
  readonly sha256: (text: string) => string
}

type Sections = ProjectModel['sections']

/** The parts of a project's model that come from its runs. */
export type ProjectFacts = Pick<
  ProjectModel,
  'benchmark_types' | 'first' | 'newest' | 'regressions' | 'coverage' | 'recent'
> &
  Omit<Sections['overview'], 'bestPipeline'> &
  Omit<Sections['comparison'], 'vsCommunity'>

export const makeProject = (request: ProjectRequest): ProjectFacts => {
  const { runs, best } = request
  const { histories, leftOut } = projectHistory(runs)
  const pipeline = best ?? runs.filter((run) => excludedBecause(run) === null).at(-1)?.pipeline
  const trend = projectTrend(histories)
  const series = histories.map((history) => toSeries(history))
  const drawn = new Set(drawnSeries(series, trend))
  return withSixDigits<ProjectFacts>({
    benchmark_types: [...new Set(runs.map(({ benchmarkType }) => benchmarkType))].sort(),
    ...{ first: runs[0]?.startedAt ?? null, newest: runs.at(-1)?.startedAt ?? null },
    totalRuns: totalRuns(runs),
    avgPerformance:
      pipeline === undefined ? { reason: 'no run counts yet' } : averagePerformance(runs, pipeline, request.baselines),
    trend,
    vsBaseline: vsBaseline(request),
    vsHistory: {
      series: series.map((one) => ({ ...one, points: drawn.has(one) ? one.points.slice(-MOST_POINTS) : [] })),
      left_out: leftOut,
    },
    regressions: histories
      .flatMap((history, index) => regressionsOf(request, history, series[index]))
      .sort(newestThenLargest),
    coverage: coverageOf(runs),
    recent: recentRuns(runs),
  })
}

/** Series whose points are kept for figures, and the newest so many of them; all points are in the tables of runs. */
const MOST_DRAWN = 6
const MOST_POINTS = 40

/** What the trend is about first, then open regressions, then primary metrics. */
const drawnSeries = (
  series: readonly HistorySeriesModel[],
  trend: ProjectModel['sections']['overview']['trend'],
): readonly HistorySeriesModel[] => {
  const urgency = (one: HistorySeriesModel): number => {
    const isTrend =
      'series' in trend &&
      trend.pipeline === one.pipeline &&
      trend.params === one.params &&
      trend.dataset === one.dataset &&
      columnKey(trend.series) === columnKey(one.series)
    if (isTrend) return 0
    if (one.shifts.some(({ turn, is_current, is_confirmed }) => turn === 'worse' && is_current && is_confirmed))
      return 1
    return one.shifts.length > 0 ? 2 : one.is_primary ? 3 : 4
  }
  return [...series].sort((left, right) => urgency(left) - urgency(right)).slice(0, MOST_DRAWN)
}

const vsBaseline = ({ runs, onBoard, baselines, compared }: ProjectRequest): Maybe<VsBaseline> => {
  const valid = runs.filter((run) => excludedBecause(run) === null)
  const pairOf = (of: readonly SiteRun[]) => {
    for (const run of [...of].reverse()) {
      const baseline = baselineOf(run, valid, baselines)
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
  const variants = byUrgency(found.changes, run)
  const shown = variants[0] ?? run
  const at = (of: SiteRun) => ({
    ...{ run_id: of.runId, at: of.startedAt },
    version: valid.find((one) => one.runId === of.runId && isVariant(shown)(one))?.version ?? null,
  })
  return {
    reason: null,
    ...{ pipeline: shown.pipeline, params: shown.params, dataset: datasetText(run.dataset) },
    ...{ chosen_as: baseline.chosenAs, baseline: at(baseline.run), candidate: at(run), verdict: found.verdict },
    of_variants: variants.length,
    changes: found.changes.filter(isVariant(shown)).map((change) => ({
      ...{ metric: change.metric, level: change.level, rank: change.rank, unit: change.unit },
      ...{ direction: change.direction, is_primary: change.isPrimary, n_common: change.nCommon },
      ...{ baseline: change.baseline, candidate: change.candidate, effect: change.effect },
      ...{ effect_scale: change.effectScale, low: change.low, high: change.high, p_adjusted: change.pAdjusted },
      ...{ verdict: change.verdict, note: change.note },
    })),
    not_comparable: found.notComparable.map(
      ({ key, forbids }) =>
        `${key} differs: ${forbids === 'pipeline' ? 'results of the pipeline' : forbids} are not compared`,
    ),
  }
}

type Variant = Pick<SiteRun, 'pipeline' | 'params'>

const isVariant =
  (of: Variant) =>
  ({ pipeline, params }: Variant): boolean =>
    pipeline === of.pipeline && paramsText(params) === paramsText(of.params)

/** Pipelines and parameter sets of a comparison: what got worse in a primary metric first, then what changed; `first` of equal ones. */
const byUrgency = (changes: readonly Change[], first: Variant): readonly Variant[] => {
  const urgencies = new Map<string, { readonly of: Variant; urgency: number }>()
  for (const change of changes) {
    const key = JSON.stringify([change.pipeline, paramsText(change.params)])
    const one = urgencies.get(key) ?? { of: { pipeline: change.pipeline, params: change.params }, urgency: 0 }
    urgencies.set(key, one)
    if (change.isPrimary) one.urgency = Math.max(one.urgency, urgencyOf(change))
  }
  return [...urgencies.values()]
    .sort(
      (left, right) =>
        right.urgency - left.urgency || Number(isVariant(first)(right.of)) - Number(isVariant(first)(left.of)),
    )
    .map(({ of }) => of)
}

/** A proven loss above all others, then losses by size; a gain counts half. */
const urgencyOf = ({ verdict, effect, direction }: Change): number => {
  const loss = (effect ?? 0) * (direction === 'lower' ? 1 : -1)
  const isProven = verdict === 'regressed' || verdict === 'new-failure'
  return (isProven ? 10 : 0) + Math.min(9, loss >= 0 ? loss : -loss / 2)
}

/** The newest run of each pipeline, parameter set and dataset, in the order of time: older ones have no other baseline. */
const newestOfEach = (runs: readonly SiteRun[]): readonly SiteRun[] => [
  ...new Map(runs.map((run) => [JSON.stringify([run.pipeline, run.params, run.dataset, run.setting]), run])).values(),
]

const toSeries = ({
  key,
  pipeline,
  params,
  dataset,
  series,
  isPrimary,
  points,
  finding,
  restarts,
}: SiteHistory): HistorySeriesModel => ({
  ...{ key, pipeline, params, dataset, series, is_primary: isPrimary, state: finding.state, reasons: finding.reasons },
  points,
  restarts: restarts.map(({ index, from, database, before, after }) => ({
    ...{ run_id: from, at: points[index]?.at ?? '', database, before, after },
  })),
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
