import { RESOURCE_METRICS, RESOURCE_VALUES } from '../metrics/resources.ts'
import type { Parameters } from '../pipeline.ts'
import { type Execution, type ExecutionState, hasOutputs, type Resources } from '../run.ts'
import { parameterKey } from '../schedule/matrix.ts'
import type { Direction } from '../score.ts'
import type { ComparedRun } from './comparison.ts'

/** One value of one repeat. */
export interface Measured {
  readonly sample: string | null
  /** Run and repeat: everything measured in one block. */
  readonly block: string
  readonly value: number
}

/** One metric of one pipeline at one level and rank, on one side. */
export interface SideSeries {
  readonly metric: string
  readonly level: string | null
  readonly rank: string | null
  readonly unit: string
  readonly direction: Direction
  readonly isResource: boolean
  readonly measured: readonly Measured[]
  /** Samples it could have a value for. */
  readonly samples: ReadonlySet<string | null>
  /** Instruments the values come from; empty for scores. */
  readonly instruments: ReadonlySet<string>
}

/** One pipeline and parameter set, on one side. */
export interface PipelineSide {
  readonly key: string
  readonly pipeline: string
  readonly params: Parameters
  /** Null where it is unknown or there are several. */
  readonly version: string | null
  readonly series: ReadonlyMap<string, SideSeries>
  /** Samples (null: the whole dataset) -> whether all its executions that count succeeded. */
  readonly outcomes: ReadonlyMap<string | null, boolean>
  readonly noisy: number
}

// What the pipeline did wrong, not what happened to it.
const FAILURES: readonly ExecutionState[] = ['failed', 'start_failed', 'timed_out', 'memory_exceeded', 'oom_killed']

/** Whether an execution in this state failed by the pipeline's doing. */
export const isFailure = (state: ExecutionState): boolean => FAILURES.includes(state)

/** Executions of one side by pipeline and parameter set, whatever order they come in; repeats of reused outputs count once. */
export const readSide = (
  runs: readonly ComparedRun[],
  measuredElsewhere: ReadonlySet<string>,
): readonly PipelineSide[] => {
  const groups = new Map<string, Placed[]>()
  for (const placed of placedExecutions(runs)) {
    const key = parameterKey(placed.execution.pipeline, placed.execution.params)
    groups.set(key, [...(groups.get(key) ?? []), placed])
  }
  return [...groups].map(([key, members]) => pipelineSide(key, members, measuredElsewhere))
}

/** An execution and where its outputs were really made. */
interface Placed {
  readonly runId: string
  readonly execution: Execution
  readonly origin: string
}

/** Where the outputs of every execution were really made: what two sides share was not measured twice. */
export const originsOf = (runs: readonly ComparedRun[]): ReadonlySet<string> =>
  new Set(placedExecutions(runs).map(({ origin }) => origin))

/** Origins of the outputs that a run took from earlier ones: what they cost was not measured again. */
export const reusedOrigins = (run: ComparedRun): ReadonlySet<string> =>
  new Set(
    placedExecutions([run]).flatMap(({ runId, execution, origin }) =>
      execution.cachedFrom === null || execution.cachedFrom.runId === runId ? [] : [origin],
    ),
  )

const placedExecutions = (runs: readonly ComparedRun[]): readonly Placed[] =>
  [...runs]
    .sort((left, right) => (left.runId < right.runId ? -1 : left.runId > right.runId ? 1 : 0))
    .flatMap(({ runId, executions }) =>
      [...executions]
        .filter(({ warmup }) => !warmup)
        .sort((left, right) => left.id - right.id)
        .map((execution) => ({ runId, execution, origin: originOf(runId, execution) })),
    )

const originOf = (runId: string, { id, cachedFrom }: Execution): string =>
  cachedFrom === null ? `${runId}#${id}` : `${cachedFrom.runId}#${cachedFrom.executionId}`

const pipelineSide = (
  key: string,
  members: readonly Placed[],
  measuredElsewhere: ReadonlySet<string>,
): PipelineSide => {
  const [first] = members
  if (first === undefined) throw new Error('A pipeline without executions is no side of a comparison')
  const { pipeline, params } = first.execution
  const versions = new Set(members.flatMap(({ execution }) => execution.version ?? []))
  const seen = new Set<string>()
  const usable = members.filter(
    ({ execution, origin }) => hasOutputs(execution.state) && !seen.has(origin) && seen.add(origin),
  )
  return {
    key,
    pipeline,
    params,
    version: versions.size === 1 ? ([...versions][0] ?? null) : null,
    series: seriesOf(members, usable, measuredElsewhere),
    outcomes: outcomesOf(members),
    noisy: usable.filter(({ execution }) => execution.resources?.noise?.noisy === true).length,
  }
}

const outcomesOf = (members: readonly Placed[]): ReadonlyMap<string | null, boolean> => {
  const outcomes = new Map<string | null, boolean>()
  for (const { execution } of members) {
    const { sample, state } = execution
    if (isFailure(state)) outcomes.set(sample, false)
    else if (hasOutputs(state) && !outcomes.has(sample)) outcomes.set(sample, true)
  }
  return outcomes
}

interface GrowingSeries extends SideSeries {
  readonly measured: Measured[]
  readonly samples: Set<string | null>
  readonly instruments: Set<string>
}

/** Identity of a series inside a pipeline. Values of single samples and of the whole dataset are different series. */
const seriesKey = (of: Pick<SideSeries, 'metric' | 'level' | 'rank'>, ofDataset: boolean): string =>
  JSON.stringify([of.metric, of.level, of.rank, ofDataset])

const seriesOf = (
  members: readonly Placed[],
  usable: readonly Placed[],
  measuredElsewhere: ReadonlySet<string>,
): ReadonlyMap<string, SideSeries> => {
  const all = new Map<string, GrowingSeries>()
  const grow = (
    of: Pick<SideSeries, 'metric' | 'level' | 'rank' | 'unit' | 'direction' | 'isResource'>,
    key: string,
  ) => {
    const { metric, level, rank, unit, direction, isResource } = of
    const found = all.get(key) ?? {
      ...{ metric, level, rank, unit, direction, isResource },
      ...{ measured: [], samples: new Set<string | null>(), instruments: new Set<string>() },
    }
    all.set(key, found)
    return found
  }
  for (const { runId, execution, origin } of usable) {
    const block = `${runId}#${execution.repeat}`
    for (const score of execution.scores) {
      if (score.metric in RESOURCE_VALUES) continue
      const series = grow({ ...score, isResource: false }, seriesKey(score, score.sample === null))
      series.samples.add(score.sample)
      if (score.value !== null) series.measured.push({ sample: score.sample, block, value: score.value })
    }
    if (execution.resources === null || measuredElsewhere.has(origin)) continue
    for (const { id: metric, unit, direction } of RESOURCE_METRICS) {
      const value = RESOURCE_VALUES[metric]?.(execution.resources) ?? null
      if (value === null) continue
      const of = { metric, level: null, rank: null, unit, direction, isResource: true }
      const series = grow(of, seriesKey(of, false))
      series.samples.add(execution.sample)
      series.measured.push({ sample: execution.sample, block, value })
      series.instruments.add(instrumentOf(metric, execution.resources))
    }
  }
  // A sample that was run but has no score counts among what there should have been.
  const run = members.flatMap(({ execution }) =>
    execution.sample === null || execution.state === 'skipped' ? [] : [execution.sample],
  )
  for (const series of all.values())
    if (![...series.samples].every((sample) => sample === null)) for (const sample of run) series.samples.add(sample)
  return all
}

const instrumentOf = (metric: string, { method }: Resources): string => {
  if (metric === 'peak_rss_bytes') return `${method.agent}, ${method.memory ?? 'unknown'}`
  if (metric === 'cpu_seconds' || metric === 'cpu_efficiency') return `${method.agent}, ${method.cpu ?? 'unknown'}`
  return method.agent
}
