import { hasOutputs, type Execution, type RunState } from '../run.ts'

/** A run as far as it decides whose outputs may go. */
export interface RunWithOutputs {
  readonly runId: string
  readonly state: RunState
  /** UTC, ISO 8601. */
  readonly startedAt: string
  /** A runner has it now. */
  readonly isActive: boolean
  readonly isBaseline: boolean
  /** Its folder does not stand in this project, or a link leads there: it may be another project's, too. */
  readonly isElsewhere: boolean
  /** What was measured: runs of the same data share it. */
  readonly dataset: string
  readonly executions: readonly Pick<
    Execution,
    'id' | 'pipeline' | 'params' | 'sample' | 'state' | 'warmup' | 'cachedFrom'
  >[]
}

/** Why outputs of a run that is old enough stay. */
export type KeptBecause = 'active' | 'unfinished' | 'elsewhere' | 'baseline' | 'newest' | 'reused'

export interface ChosenOutputs {
  /** Executions whose outputs go, by run, in the order given; runs with none are left out. */
  readonly going: readonly { readonly runId: string; readonly executions: ReadonlySet<number> }[]
  /** Old runs of which something stays, each once under the first reason that holds. */
  readonly kept: readonly { readonly runId: string; readonly because: KeptBecause }[]
}

const ENDED: ReadonlySet<RunState> = new Set(['completed', 'incomplete', 'cancelled'])

/** Whether a run of this state can never go on by itself; an imported one never had outputs of ours. */
export const hasEnded = (state: RunState): boolean => ENDED.has(state)

/**
 * Which outputs may go: those of ended runs that started before a moment (milliseconds since 1970). Kept are baselines, runs
 * whose folder is elsewhere, the newest outputs of each pipeline and parameter set for each sample of a dataset, and what
 * any kept execution took its outputs from.
 */
export const chooseOutputs = (runs: readonly RunWithOutputs[], startedBefore: number): ChosenOutputs => {
  // A time that cannot be read is no reason to remove anything.
  const isOld = ({ startedAt }: RunWithOutputs): boolean => Date.parse(startedAt) < startedBefore
  const newest = newestOfEach(runs)
  const whyKept = (run: RunWithOutputs, execution: OneExecution): KeptBecause | null => {
    if (run.isActive) return 'active'
    if (!hasEnded(run.state)) return 'unfinished'
    if (run.isElsewhere) return 'elsewhere'
    if (run.isBaseline) return 'baseline'
    return newest.get(seriesOf(run, execution)) === run.runId ? 'newest' : null
  }
  const sources = new Set<string>()
  for (const run of runs)
    for (const execution of run.executions)
      if (execution.cachedFrom !== null && (!isOld(run) || whyKept(run, execution) !== null))
        sources.add(placeOf(execution.cachedFrom.runId, execution.cachedFrom.executionId))

  const going: { runId: string; executions: ReadonlySet<number> }[] = []
  const kept: { runId: string; because: KeptBecause }[] = []
  for (const run of runs) {
    if (run.state === 'imported' || !isOld(run)) continue
    const executions = new Set<number>()
    const reasons = new Set<KeptBecause>()
    for (const execution of run.executions) {
      const why = whyKept(run, execution) ?? (sources.has(placeOf(run.runId, execution.id)) ? 'reused' : null)
      if (why === null) executions.add(execution.id)
      else reasons.add(why)
    }
    if (executions.size > 0) going.push({ runId: run.runId, executions })
    const because = REASONS.find((reason) => reasons.has(reason))
    if (because !== undefined) kept.push({ runId: run.runId, because })
  }
  return { going, kept }
}

const REASONS: readonly KeptBecause[] = ['active', 'unfinished', 'elsewhere', 'baseline', 'newest', 'reused']

type OneExecution = RunWithOutputs['executions'][number]

const newestOfEach = (runs: readonly RunWithOutputs[]): ReadonlyMap<string, string> => {
  const newest = new Map<string, RunWithOutputs>()
  for (const run of runs) {
    if (!hasEnded(run.state)) continue
    const withOutputs = run.executions.filter(({ state, warmup }) => hasOutputs(state) && !warmup)
    for (const series of new Set(withOutputs.map((execution) => seriesOf(run, execution)))) {
      const before = newest.get(series)
      if (before === undefined || isNewer(run, before)) newest.set(series, run)
    }
  }
  return new Map([...newest].map(([series, { runId }]) => [series, runId]))
}

const isNewer = (one: RunWithOutputs, other: RunWithOutputs): boolean =>
  one.startedAt === other.startedAt ? one.runId > other.runId : one.startedAt > other.startedAt

// A later run of one sample, or of other parameters, does not stand for this one.
const seriesOf = ({ dataset }: RunWithOutputs, { pipeline, params, sample }: OneExecution): string =>
  JSON.stringify([dataset, pipeline, Object.entries(params).sort(([left], [right]) => (left < right ? -1 : 1)), sample])

const placeOf = (runId: string, executionId: number): string => `${runId} ${executionId}`
