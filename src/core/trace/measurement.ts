/** Instruments whose files can be read, by their ids on the command line. */
export const TRACE_FORMATS = ['nextflow', 'snakemake', 'gnu-time', 'sacct', 'hyperfine', 'table'] as const
export type TraceFormatId = (typeof TRACE_FORMATS)[number]

/** One task, job or command as another instrument measured it. Null = its file does not say; never a silent 0. */
export interface TaskMeasurement {
  /** Task, rule, job or command, as written. */
  readonly name: string
  /** Whose measurement it is, where one file holds several pipelines. */
  readonly pipeline: string | null
  /** The sample the file itself names, or null. */
  readonly sample: string | null
  /** Which repeat of the whole, from 1. */
  readonly repeat: number
  /** `cached`: the numbers are those of an earlier run. */
  readonly state: 'completed' | 'failed' | 'cached'
  /** Milliseconds on one clock of the file, whose zero may be anywhere. */
  readonly submittedMs: number | null
  readonly startedMs: number | null
  readonly endedMs: number | null
  /** The task's own time, without waiting in a queue. */
  readonly wallSeconds: number | null
  readonly cpuSeconds: number | null
  readonly cpuUserSeconds: number | null
  readonly cpuSystemSeconds: number | null
  readonly peakRssBytes: number | null
  readonly readCharsBytes: number | null
  readonly writtenCharsBytes: number | null
  readonly readBytes: number | null
  readonly writeBytes: number | null
  /** 1-based line of the file. */
  readonly line: number
}

/** How an instrument obtains its figures; goes into `resources.method`. */
export interface TraceMethod {
  readonly agent: string
  readonly cpu: string | null
  readonly memory: string | null
}

/** A file of measurements that has been read. It is no prediction: it says what something cost, not what it found. */
export interface Trace {
  readonly format: TraceFormatId
  readonly file: string
  readonly tasks: readonly TaskMeasurement[]
  readonly method: TraceMethod
  /** What this kind of file cannot say, or says in a way of its own. */
  readonly lacks: readonly string[]
  /** Oddities of this file that did not stop the reading. */
  readonly warnings: readonly string[]
}

/** A measurement of which nothing is known yet but its place in the file. */
export const emptyMeasurement = (name: string, line: number): TaskMeasurement => ({
  name,
  pipeline: null,
  sample: null,
  repeat: 1,
  state: 'completed',
  submittedMs: null,
  startedMs: null,
  endedMs: null,
  wallSeconds: null,
  cpuSeconds: null,
  cpuUserSeconds: null,
  cpuSystemSeconds: null,
  peakRssBytes: null,
  readCharsBytes: null,
  writtenCharsBytes: null,
  readBytes: null,
  writeBytes: null,
  line,
})
