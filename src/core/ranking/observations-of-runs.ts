import { RESOURCE_VALUES } from '../metrics/resources.ts'
import { type Execution, type ExecutionState, hasOutputs, type Run } from '../run.ts'
import type { Reason } from '../score.ts'
import { type Candidate, candidateKey, type Observation, SUCCESS_RATE } from './observation.ts'

/** A run and what is known of where it comes from. */
export interface SourcedRun {
  readonly run: Pick<Run, 'runId' | 'project' | 'startedAt' | 'finishedAt' | 'executions'>
  /** Id and version of its dataset. */
  readonly dataset: string
  readonly machine: string | null
  readonly trust: string
  readonly contributor: string
}

// A cancelled, lost or skipped execution says nothing about the pipeline.
const FAILED: ReadonlySet<ExecutionState> = new Set([
  'failed',
  'start_failed',
  'timed_out',
  'memory_exceeded',
  'oom_killed',
])

/**
 * The rows of runs: scores, resources and success of every execution but warm-ups. Outputs reused from another of these
 * runs count once, where they were made.
 */
export const observationsOfRuns = (runs: readonly SourcedRun[]): readonly Observation[] => {
  const present = new Set(runs.map(({ run }) => run.runId))
  const candidates = new Map<string, Candidate>()
  return runs.flatMap((source) =>
    source.run.executions.flatMap((execution) => {
      if (execution.warmup) return []
      const origin = execution.cachedFrom?.runId
      if (origin !== undefined && origin !== source.run.runId && present.has(origin)) return []
      const { pipeline, version, params } = execution
      const named = { project: source.run.project, pipeline, version, params }
      // One object for each candidate, so that its key is made once.
      const candidate = candidates.get(candidateKey(named)) ?? named
      candidates.set(candidateKey(named), candidate)
      return rowsOf(source, execution, candidate)
    }),
  )
}

const rowsOf = (
  { run, dataset, machine, trust, contributor }: SourcedRun,
  { state, sample, scores, resources }: Execution,
  candidate: Candidate,
): readonly Observation[] => {
  const common = {
    runId: run.runId,
    candidate,
    dataset,
    machine,
    trust,
    contributor,
    date: run.finishedAt ?? run.startedAt,
  }
  const cost = (metric: string, value: number | null, reason: Reason | null): Observation => ({
    ...common,
    sample,
    metric,
    level: null,
    rank: null,
    value,
    reason,
  })
  const succeeded = hasOutputs(state) ? 1 : FAILED.has(state) ? 0 : null
  const success = succeeded === null ? [] : [cost(SUCCESS_RATE, succeeded, null)]
  if (!hasOutputs(state)) return success
  return [
    ...scores
      // Measured, not scored: they stand below.
      .filter(({ metric }) => !(metric in RESOURCE_VALUES))
      .map(({ sample: of, metric, level, rank, value, reason }): Observation => ({
        ...common,
        sample: of ?? sample,
        metric,
        level,
        rank,
        value,
        reason,
      })),
    ...Object.entries(RESOURCE_VALUES).map(([metric, read]) => {
      const value = resources === null ? null : read(resources)
      return cost(metric, value, value === null ? 'not_measured' : null)
    }),
    ...success,
  ]
}
