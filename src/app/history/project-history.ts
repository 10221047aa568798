import type { Blessing } from '../../core/history/blessing.ts'
import { isAbout, placeBlessings } from '../../core/history/blessing.ts'
import { inCommitOrder } from '../../core/history/commit-order.ts'
import type { HistoryFinding, HistoryOptions, HistoryReport } from '../../core/history/history.ts'
import { judgeHistory } from '../../core/history/judge-history.ts'
import { pointLevels } from '../../core/history/levels.ts'
import { type RunSeries, seriesOfRuns } from '../../core/history/series-of-runs.ts'
import { nearest, Problem } from '../../core/problem.ts'
import { parameterKey } from '../../core/schedule/matrix.ts'
import { DEMONSTRATION_DATASET } from '../embedded-benchmark.ts'
import type { BlessingFile, EndedRun, EndedRunFilter, HistoryReads, ProjectGit } from './history-ports.ts'
import { type MetricWish, resolveMetric } from './resolve-metric.ts'

export interface HistoryRequest extends MetricWish {
  readonly pipeline?: string
  readonly dataset?: string
  readonly branch?: string
  /** Id of a run: the history of what it measured, as it was when the run ended. */
  readonly upTo?: string
  /** So many of the newest runs; 0 = all. */
  readonly limit: number
  /** Also series that ended because samples, truth or scoring changed. */
  readonly includeEnded: boolean
}

/** A series, what was found in it, and what a reader has to know of it. */
export interface JudgedSeries {
  readonly series: RunSeries
  readonly finding: HistoryFinding
  /** Level of each point in the metric's unit; null where a run gave none. */
  readonly levels: readonly (number | null)[]
  readonly dataset: EndedRun['dataset']
  /** Machine class, of resources. */
  readonly machine: string | null
  readonly blessings: readonly PlacedBlessing[]
}

/** A blessing and the run from which it counts here. */
interface PlacedBlessing extends Blessing {
  readonly from: string
}

export interface ProjectHistory {
  /** Oldest first, in the order they were judged. */
  readonly runs: readonly EndedRun[]
  /** Whether there are older runs that were not looked at. */
  readonly isCut: boolean
  /** Primary metrics first, then by pipeline. */
  readonly series: readonly JudgedSeries[]
  readonly judged: number
  readonly unjudged: HistoryReport['unjudged']
  /** Series left out because samples, truth or scoring changed. */
  readonly ended: number
}

export interface HistoryDeps {
  readonly reads: HistoryReads
  readonly git: ProjectGit
  readonly blessings: BlessingFile
  readonly options?: HistoryOptions
}

/** Judges every series of the newest runs. Throws `E_NOT_FOUND` for a pipeline, dataset, branch or metric nothing is known of. */
export const projectHistory = async (
  { reads, git, blessings, options = {} }: HistoryDeps,
  request: HistoryRequest,
): Promise<ProjectHistory> => {
  const wanted = resolveMetric(request)
  const found = newestRuns(reads, request)
  const commits = found.runs.flatMap(({ commit }) => commit ?? [])
  const runs = inCommitOrder(found.runs, await git.topology(commits))
  const placed = placeBlessings(blessings.read(), runs)
  const measured = reads.measured(runs, {
    ...(request.pipeline === undefined ? {} : { pipeline: request.pipeline }),
    ...(wanted === null ? {} : wanted),
  })
  const all = seriesOfRuns(measured, primaryMetricsOfRuns(found.runs), {
    isBlessed: (runId, series) => (placed.get(runId) ?? []).some((blessing) => isAbout(blessing, series)),
  }).filter(
    ({ definition, level, rank }) =>
      wanted === null ||
      ((wanted.metrics?.includes(definition.id) ?? true) &&
        (wanted.level === undefined || level === wanted.level) &&
        (wanted.rank === undefined || rank === wanted.rank)),
  )
  const byId = new Map(runs.map((run) => [run.runId, run]))
  const current = request.includeEnded ? all : withoutEnded(all, byId)
  const withSpreads = borrowRepeats(current)
  const report = judgeHistory(withSpreads, options)
  const findings = new Map(report.findings.map((finding) => [finding.key, finding]))
  const series = withSpreads.flatMap((one): JudgedSeries[] => {
    const finding = findings.get(one.key)
    if (finding === undefined) return []
    const identity = { ...one, metric: one.definition.id }
    return [
      {
        ...{ series: one, finding, levels: pointLevels(one, options) },
        dataset: datasetOf(one, byId),
        machine: one.definition.family === 'resources' ? (one.points[0]?.machine ?? null) : null,
        blessings: one.points.flatMap(({ label }) =>
          (placed.get(label) ?? [])
            .filter((blessing) => isAbout(blessing, identity))
            .map((blessing) => ({ ...blessing, from: label })),
        ),
      },
    ]
  })
  const { judged, unjudged } = report
  return {
    runs,
    isCut: found.isCut,
    series: series.sort(byImportance),
    judged,
    unjudged,
    ended: all.length - current.length,
  }
}

const newestRuns = (
  reads: HistoryReads,
  { branch, pipeline, dataset, upTo, limit }: HistoryRequest,
): { readonly runs: readonly EndedRun[]; readonly isCut: boolean } => {
  const filter: EndedRunFilter = {
    ...(branch === undefined ? {} : { branch }),
    ...(pipeline === undefined ? {} : { pipeline }),
    ...(upTo === undefined ? {} : likeRun(reads, upTo)),
    ...(dataset === undefined ? (upTo === undefined ? { exceptDataset: DEMONSTRATION_DATASET } : {}) : { dataset }),
  }
  const runs = reads.runs(limit === 0 ? filter : { ...filter, limit: limit + 1 })
  if (runs.length === 0) refuseUnknown(reads, { branch, pipeline, dataset })
  return { runs: limit === 0 ? runs : runs.slice(0, limit), isCut: limit > 0 && runs.length > limit }
}

/** Runs before a run that measured the same. */
const likeRun = (reads: HistoryReads, upTo: string): EndedRunFilter => {
  const [run] = reads.runs({ upTo, limit: 1 })
  if (run?.runId !== upTo)
    throw new Problem('E_INPUT', `Run ${upTo} has not finished, so nothing can be said of it yet.`, {
      hints: [`benchmark status ${upTo} says where it stands; benchmark run --resume ${upTo} goes on with it.`],
    })
  const truth = run.comparability['truth_sha256']
  return {
    upTo,
    benchmarkType: run.benchmarkType,
    ...(run.dataset === null ? (truth === undefined ? {} : { truthSha256: truth }) : { dataset: run.dataset.id }),
  }
}

const refuseUnknown = (
  reads: HistoryReads,
  { branch, pipeline, dataset }: Record<'branch' | 'pipeline' | 'dataset', string | undefined>,
): void => {
  const all = reads.runs({})
  if (all.length === 0) return
  const refuse = (what: string, wanted: string, known: readonly (string | null)[]): never => {
    const names = [...new Set(known.filter((name) => name !== null))].sort()
    throw new Problem('E_NOT_FOUND', `There is no finished run ${what} ${wanted}.`, {
      hints: [
        ...nearest(wanted, names).map((name) => `Did you mean "${name}"?`),
        names.length === 0 ? 'No run has one.' : `There are: ${names.slice(0, 20).join(', ')}.`,
      ],
    })
  }
  if (dataset !== undefined && reads.runs({ dataset, limit: 1 }).length === 0)
    refuse(
      'on the dataset',
      dataset,
      all.map((run) => run.dataset?.id ?? null),
    )
  if (branch !== undefined && reads.runs({ branch, limit: 1 }).length === 0)
    refuse(
      'of the branch',
      branch,
      all.map((run) => run.branch),
    )
  if (pipeline !== undefined && reads.runs({ pipeline, limit: 1 }).length === 0)
    refuse(
      'of the pipeline',
      pipeline,
      all.flatMap((run) => run.pipelines),
    )
}

/** Those the newest run of each type declares: what was important last is important. */
const primaryMetricsOfRuns = (newestFirst: readonly EndedRun[]): EndedRun['primaryMetrics'] => {
  const types = new Map<string, EndedRun>()
  for (const run of newestFirst) if (!types.has(run.benchmarkType)) types.set(run.benchmarkType, run)
  return [...types.values()].flatMap(({ primaryMetrics }) => primaryMetrics)
}

const datasetOf = ({ points }: RunSeries, runs: ReadonlyMap<string, EndedRun>): EndedRun['dataset'] =>
  runs.get(points[0]?.label ?? '')?.dataset ?? null

/** Of series that are the same but for samples, truth or scoring only the one that goes on is of interest. */
const withoutEnded = (all: readonly RunSeries[], runs: ReadonlyMap<string, EndedRun>): readonly RunSeries[] => {
  const order = new Map([...runs.keys()].map((runId, index) => [runId, index]))
  const lastOf = ({ points }: RunSeries): number => order.get(points.at(-1)?.label ?? '') ?? -1
  const newest = new Map<string, RunSeries>()
  for (const one of all) {
    const { pipeline, params, definition, level, rank, points } = one
    const machine = definition.family === 'resources' ? points[0]?.machine : null
    const dataset = datasetOf(one, runs)?.id
    const place = JSON.stringify([parameterKey(pipeline, params), definition.id, level, rank, machine, dataset])
    const other = newest.get(place)
    if (other === undefined || lastOf(one) > lastOf(other)) newest.set(place, one)
  }
  const kept = new Set(newest.values())
  return all.filter((one) => kept.has(one))
}

/** Times and sizes of few runs borrow the spread of repeats of other pipelines on the same machine. */
const borrowRepeats = (all: readonly RunSeries[]): readonly RunSeries[] =>
  all.map((one) => {
    if (one.definition.family !== 'resources') return one
    const machine = one.points[0]?.machine ?? null
    if (machine === null) return one
    const storedRepeats = all
      .filter(
        (other) => other !== one && other.definition.id === one.definition.id && other.points[0]?.machine === machine,
      )
      .flatMap(({ points }) => points.map(({ values }) => values))
      .filter((values) => values.length >= 2)
    return { ...one, storedRepeats }
  })

const byImportance = (left: JudgedSeries, right: JudgedSeries): number => {
  if (left.series.isPrimary !== right.series.isPrimary) return left.series.isPrimary ? -1 : 1
  const [one, other] = [nameKey(left), nameKey(right)]
  return one < other ? -1 : one > other ? 1 : 0
}

const nameKey = ({ series, finding }: JudgedSeries): string =>
  JSON.stringify([series.pipeline, series.params, finding.metric, series.level, series.rank, finding.key])
