import type { DatabaseDigests } from './databases.ts'
import type { Parameters } from './pipeline.ts'
import type { Score, Summary } from './score.ts'

/** States of an execution. All but `planned`, `starting`, `running`, `collecting` are final. */
export const EXECUTION_STATES = [
  'planned',
  'starting',
  'running',
  'collecting',
  'succeeded',
  'cached', // the outputs of an earlier execution were reused
  'failed', // exit status, missing output or unreadable output: see the reason
  'start_failed', // the command could not be started at all
  'timed_out',
  'memory_exceeded', // our watchdog stopped it
  'oom_killed', // the kernel or the scheduler said so
  'cancelled',
  'lost', // no trace of its end: killed together with its runner, or the machine restarted
  'skipped', // cannot run on this sample (for example no reads)
  'imported',
] as const
export type ExecutionState = (typeof EXECUTION_STATES)[number]

const OPEN_STATES: ReadonlySet<ExecutionState> = new Set(['planned', 'starting', 'running', 'collecting'])
/** Whether an execution in this state will never change again. */
export const isFinal = (state: ExecutionState): boolean => !OPEN_STATES.has(state)
/** Whether outputs of an execution in this state can be scored. */
export const hasOutputs = (state: ExecutionState): boolean =>
  state === 'succeeded' || state === 'cached' || state === 'imported'

/** States of a run. `incomplete`: finished, but some executions did not succeed. `interrupted`: can be resumed. */
export type RunState = 'planned' | 'running' | 'completed' | 'incomplete' | 'interrupted' | 'cancelled' | 'imported'

/** What one execution cost. Every number names its unit; null = not measured, never 0. */
export interface Resources {
  readonly wallSeconds: number | null
  readonly cpuSeconds: number | null
  readonly cpuUserSeconds: number | null
  readonly cpuSystemSeconds: number | null
  /** The headline memory figure; how it was obtained is in `method.memory`. */
  readonly peakRssBytes: number | null
  readonly peakRssSumBytes: number | null
  readonly peakPssBytes: number | null
  readonly biggestProcessBytes: number | null
  readonly cgroupPeakBytes: number | null
  /** What programs asked to read and write (page cache included), then what reached the device. */
  readonly readCharsBytes: number | null
  readonly writtenCharsBytes: number | null
  readonly readBytes: number | null
  readonly writeBytes: number | null
  readonly outputBytes: number | null
  /** cpu / (wall * cpus asked for), 0..1 (over 1 when it used more than it asked for). */
  readonly cpuEfficiency: number | null
  readonly method: MeasuringMethod
  readonly noise: Noise | null
}

/** Which instrument measured; numbers of different instruments are not comparable without a warning. */
interface MeasuringMethod {
  readonly agent: string // 'local-agent/1', 'nextflow-trace', 'gnu-time', ...
  readonly cpu: string | null // 'shim-cutime', 'shim-cutime+escaped', ...
  readonly memory: string | null // 'pss_at_rss_peak', 'rss_sum', ...
  readonly intervalMs: number | null
  readonly ticks: number | null
  readonly escapedProcesses: number | null
  /** Seconds without sampling (the runner was dead); 0 when there was no gap. */
  readonly samplingGapSeconds: number | null
}

/** What else the machine did meanwhile; wall time without this is worthless. */
export interface Noise {
  readonly otherCpuShare: number | null // 0..1 of the machine's capacity
  readonly stealShare: number | null
  readonly psiCpuSomeAverage: number | null // percent
  readonly loadAverage: number | null
  readonly coRunning: number
  readonly noisy: boolean
}

/** One pipeline x parameter set x (sample or whole dataset) x repeat inside a run. */
export interface Execution {
  /** Unique inside the run, stable over resume: position in plan order, from 1. */
  readonly id: number
  readonly pipeline: string
  readonly version: string | null
  readonly params: Parameters
  /** Null for pipelines that take the whole sample sheet at once. */
  readonly sample: string | null
  /** From 1; warm-ups count from 1 on their own. */
  readonly repeat: number
  readonly warmup: boolean
  readonly attempt: number
  readonly state: ExecutionState
  /** Why it is in this state, in one line; null when there is nothing to add. */
  readonly reason: string | null
  readonly exitCode: number | null
  readonly signal: string | null
  readonly startedAt: string | null
  readonly finishedAt: string | null
  readonly outputKey: string | null
  /** Null: nobody knows which it used (an import, or a run of before they were kept). */
  readonly databases: DatabaseDigests | null
  readonly cachedFrom: {
    readonly runId: string
    readonly executionId: number
    readonly finishedAt: string | null
  } | null
  readonly resources: Resources | null
  readonly scores: readonly Score[]
  readonly warnings: readonly string[]
}

/** A summary and whose it is. */
export type PipelineSummary = Summary & {
  readonly pipeline: string
  readonly version: string | null
  readonly params: Parameters
}

/** What a list shows of a run. */
export interface RunHeader {
  readonly runId: string
  readonly project: string | null
  readonly benchmarkType: string
  readonly state: RunState
  readonly startedAt: string
  readonly finishedAt: string | null
  readonly label: string | null
  readonly tags: readonly string[]
  readonly branch: string | null
  readonly commit: string | null
  readonly pipelines: readonly string[]
  readonly samples: readonly string[]
}

/** Everything kept of a run. */
export interface Run extends RunHeader {
  readonly executions: readonly Execution[]
  readonly summary: readonly PipelineSummary[]
  /** What two runs must share to be compared: key -> value. */
  readonly comparability: Readonly<Record<string, string>>
  /** Content-hashed description of machine and software. */
  readonly environment: Readonly<Record<string, unknown>>
  /** The declared primary metrics, in order of importance. */
  readonly primaryMetrics: readonly { readonly metric: string; readonly level: string | null }[]
  readonly warnings: readonly string[]
}
