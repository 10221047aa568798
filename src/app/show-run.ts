import { nearest, Problem } from '../core/problem.ts'
import type { PipelineSummary, Run } from '../core/run.ts'
import type { RunStore } from './ports.ts'

/** Identifies a column: one metric at one level, rank and aggregation. */
export type ShownMetric = Pick<PipelineSummary, 'metric' | 'level' | 'rank' | 'unit'> & {
  readonly aggregation: PipelineSummary['method']['aggregation']
}

export interface ShownRun {
  readonly run: Run
  /** Most important first; what every run costs stands last. */
  readonly metrics: readonly ShownMetric[]
  readonly pruned: PrunedOutputs | null
}

/** Outputs of a run that were removed to free space. */
export interface PrunedOutputs {
  /** The last time. */
  readonly at: string
  /** Of how many executions. */
  readonly executions: number
}

interface ShowRequest {
  readonly reference: string
  /** `sensitivity` or `sensitivity:gene`; empty = the run's primary metrics. */
  readonly metrics: readonly string[]
  readonly all: boolean
}

const COSTS = ['wall_seconds', 'peak_rss_bytes']
const MOST_BY_DEFAULT = 4

/** A stored run and which of its metrics to look at first. */
export const showRun = (deps: { readonly store: RunStore }, request: ShowRequest): ShownRun => {
  const run = deps.store.run(deps.store.resolve(request.reference))
  const metrics = request.metrics.length > 0 ? chosenMetrics(run, request.metrics) : importantMetrics(run, request.all)
  return { run, metrics, pruned: prunedOutputs(deps.store, run.runId) }
}

const prunedOutputs = (store: RunStore, runId: string): PrunedOutputs | null => {
  const times = [...store.pruned(runId).values()].sort()
  const at = times.at(-1)
  return at === undefined ? null : { at, executions: times.length }
}

/** The declared primary metrics of a run (or the first ranked ones of its summary, or all), then runtime and memory. */
export const importantMetrics = (run: Run, all = false): readonly ShownMetric[] => {
  const available = metricsOf(run)
  if (all) return available
  const costs = COSTS.flatMap((cost) => available.filter(({ metric }) => metric === cost).slice(0, 1))
  const primary = run.primaryMetrics.flatMap((wanted) =>
    available
      .filter(({ metric, level }) => metric === wanted.metric && (wanted.level === null || level === wanted.level))
      .slice(0, 1),
  )
  const ranked = new Set(run.summary.filter(({ direction }) => direction !== 'none').map(({ metric }) => metric))
  const isCost = ({ unit }: ShownMetric): boolean => unit === 'seconds' || unit === 'bytes'
  const first = available.filter((one) => ranked.has(one.metric) && !isCost(one)).slice(0, MOST_BY_DEFAULT)
  return [...new Set([...(primary.length > 0 ? primary : first), ...costs])]
}

// In the order of the summary, which is the order of importance its maker chose.
const metricsOf = (run: Run): readonly ShownMetric[] => {
  const metrics = new Map<string, ShownMetric>()
  for (const { metric, level, rank, unit, method } of run.summary) {
    const key = JSON.stringify([metric, level, rank, method.aggregation])
    if (!metrics.has(key)) metrics.set(key, { metric, level, rank, unit, aggregation: method.aggregation })
  }
  return [...metrics.values()]
}

const chosenMetrics = (run: Run, wanted: readonly string[]): readonly ShownMetric[] => {
  const available = metricsOf(run)
  const chosen = wanted.flatMap((text) => {
    const [metric, level] = text.split(':')
    const found = available.filter(
      (one) => one.metric === metric && (level === undefined || one.level === level || one.rank === level),
    )
    if (found.length === 0) throw unknownMetric(run, text, available)
    return found
  })
  return [...new Set(chosen)]
}

const unknownMetric = (run: Run, text: string, available: readonly ShownMetric[]): Problem => {
  const names = [
    ...new Set(available.flatMap(({ metric, level }) => (level ? [metric, `${metric}:${level}`] : metric))),
  ]
  return new Problem('E_NOT_FOUND', `Run ${run.runId} has no metric "${text}".`, {
    hints: [
      ...nearest(text, names).map((name) => `Did you mean "${name}"?`),
      available.length === 0
        ? 'It has no scores.'
        : `It has ${[...new Set(available.map(({ metric }) => metric))].join(', ')}.`,
    ],
  })
}
