// Generated from schemas/ by `npm run generate:types`. Do not edit.

/**
 * One metric of one sample at one match level or taxonomic rank.
 */
export type Score = ScoreFields
/**
 * Why there is no value; null when there is one.
 */
export type Reason =
  | 'no_truth'
  | 'no_prediction'
  | 'undefined_0/0'
  | 'no_universe'
  | 'rank_absent'
  | 'not_run'
  | 'not_applicable'
  | 'not_measured'
  | 'too_few'
  | 'not_reached'
  | null
/**
 * Which way is better; none marks a descriptive value that is never ranked.
 */
export type Direction = 'higher' | 'lower' | 'none'
/**
 * A metric over the samples of one pipeline and parameter set.
 */
export type PipelineSummary = SummaryFields & PipelineSummary1

/**
 * One run with everything kept of it: what `show`, `run` and `test` print under --json.
 */
export interface RunDocument {
  /**
   * Kind and version of this document.
   */
  schema: 'benchmark.run/1'
  /**
   * Id of the run.
   */
  run_id: string
  /**
   * Project it belongs to.
   */
  project: string | null
  /**
   * For example amr-detection.
   */
  benchmark_type: string
  /**
   * completed: everything succeeded; incomplete: some executions did not; interrupted: can be resumed.
   */
  state: 'planned' | 'running' | 'completed' | 'incomplete' | 'interrupted' | 'cancelled' | 'imported'
  /**
   * UTC.
   */
  started_at: string
  /**
   * When `benchmark prune` last removed outputs of its executions, UTC; left out where it never did.
   */
  outputs_pruned_at?: string
  /**
   * UTC; null while it has not ended.
   */
  finished_at: string | null
  /**
   * Name given by the user.
   */
  label: string | null
  /**
   * Tags given by the user.
   */
  tags: string[]
  /**
   * Branch of the project.
   */
  branch: string | null
  /**
   * Commit of the project.
   */
  commit: string | null
  /**
   * Names of its pipelines.
   */
  pipelines: string[]
  /**
   * Ids of its samples.
   */
  samples: string[]
  /**
   * Every execution, in plan order.
   */
  executions: RunExecution[]
  /**
   * Scores over samples, for each pipeline and parameter set.
   */
  summary: PipelineSummary[]
  /**
   * What two runs must share for their numbers to be compared.
   */
  comparability: {
    [k: string]: string | undefined
  }
  /**
   * Machine and software.
   */
  environment: {
    [k: string]: unknown | undefined
  }
  /**
   * Declared important metrics, most important first.
   */
  primary_metrics: PrimaryMetric[]
  /**
   * What a reader of the numbers should know.
   */
  warnings: string[]
}
/**
 * One pipeline with one parameter set on one sample (or the whole dataset), once.
 */
export interface RunExecution {
  /**
   * Position in the plan, from 1.
   */
  id: number
  /**
   * Name of the pipeline.
   */
  pipeline: string
  /**
   * Version of the pipeline, or null where unknown.
   */
  version: string | null
  params: Parameters
  /**
   * Sample id; null where the pipeline takes the whole dataset at once.
   */
  sample: string | null
  /**
   * Number of the repeat, from 1.
   */
  repeat: number
  /**
   * Warm-ups are not measured.
   */
  warmup: boolean
  /**
   * Number of the attempt that gave this result.
   */
  attempt: number
  /**
   * How it ended, or how far it is.
   */
  state:
    | 'planned'
    | 'starting'
    | 'running'
    | 'collecting'
    | 'succeeded'
    | 'cached'
    | 'failed'
    | 'start_failed'
    | 'timed_out'
    | 'memory_exceeded'
    | 'oom_killed'
    | 'cancelled'
    | 'lost'
    | 'skipped'
    | 'imported'
  /**
   * Why it is in this state.
   */
  reason: string | null
  /**
   * Exit status of the pipeline.
   */
  exit_code: number | null
  /**
   * Signal that ended it.
   */
  signal: string | null
  /**
   * UTC.
   */
  started_at: string | null
  /**
   * UTC.
   */
  finished_at: string | null
  /**
   * Hash of everything that decides the outputs.
   */
  output_key: string | null
  /**
   * What else it read: databases by name. Null or left out: not known (imported, or run before they were kept).
   */
  databases?: null | DatabaseDigests
  /**
   * Where reused outputs came from, or null.
   */
  cached_from: null | CachedFrom
  /**
   * What it cost, or null when nothing was measured.
   */
  resources: null | Resources
  /**
   * Its scores.
   */
  scores: Score[]
  /**
   * Oddities that did not stop it.
   */
  warnings: string[]
}
/**
 * Parameter set.
 */
export interface Parameters {
  [k: string]: string | number | boolean | undefined
}
/**
 * Name of a database to the digest of its content (SHA-256; of a folder, of the names, sizes and digests in it), or null where it could not be taken.
 */
export interface DatabaseDigests {
  [k: string]: string | null | undefined
}
/**
 * Where reused outputs came from.
 */
export interface CachedFrom {
  /**
   * Run the outputs were taken from.
   */
  run_id: string
  /**
   * Execution of that run.
   */
  execution_id: number
  /**
   * When that execution ended.
   */
  finished_at: string | null
}
/**
 * What an execution cost. Null means not measured, never 0.
 */
export interface Resources {
  /**
   * Elapsed time.
   */
  wall_seconds: number | null
  /**
   * CPU time of all processes.
   */
  cpu_seconds: number | null
  /**
   * CPU time in user mode.
   */
  cpu_user_seconds: number | null
  /**
   * CPU time in the kernel.
   */
  cpu_system_seconds: number | null
  /**
   * The headline memory figure; method.memory says how it was obtained.
   */
  peak_rss_bytes: number | null
  /**
   * Largest sum of resident memory over all processes at one moment.
   */
  peak_rss_sum_bytes: number | null
  /**
   * Largest proportional memory (shared pages counted once).
   */
  peak_pss_bytes: number | null
  /**
   * Largest resident memory of a single process.
   */
  biggest_process_bytes: number | null
  /**
   * Peak the control group counted, page cache included.
   */
  cgroup_peak_bytes: number | null
  /**
   * Bytes the programs asked to read, page cache included.
   */
  read_chars_bytes: number | null
  /**
   * Bytes the programs asked to write.
   */
  written_chars_bytes: number | null
  /**
   * Bytes read from the device.
   */
  read_bytes: number | null
  /**
   * Bytes written to the device.
   */
  write_bytes: number | null
  /**
   * Size of the outputs.
   */
  output_bytes: number | null
  /**
   * CPU time over (elapsed time × requested CPUs).
   */
  cpu_efficiency: number | null
  method: MeasuringMethod
  /**
   * What else the machine did; null where unknown.
   */
  noise: null | Noise
}
/**
 * Which instrument measured.
 */
export interface MeasuringMethod {
  /**
   * Name and version of the instrument, for example local-agent/1.
   */
  agent: string
  /**
   * How CPU time was obtained.
   */
  cpu: string | null
  /**
   * How peak_rss_bytes was obtained.
   */
  memory: string | null
  /**
   * Sampling interval.
   */
  interval_ms: number | null
  /**
   * Samples taken.
   */
  ticks: number | null
  /**
   * Processes that left the process group.
   */
  escaped_processes: number | null
  /**
   * Seconds without sampling because the runner was dead.
   */
  sampling_gap_seconds: number | null
}
/**
 * What else the machine did meanwhile.
 */
export interface Noise {
  /**
   * Share of the machine used by other processes, 0..1.
   */
  other_cpu_share: number | null
  /**
   * Share taken by the hypervisor, 0..1.
   */
  steal_share: number | null
  /**
   * CPU pressure in percent.
   */
  psi_cpu_some_average: number | null
  /**
   * Load average.
   */
  load_average: number | null
  /**
   * Executions of this runner at the same time.
   */
  co_running: number
  /**
   * Whether timings of this execution deserve doubt.
   */
  noisy: boolean
}
/**
 * Fields of a score, for documents that add their own.
 */
export interface ScoreFields {
  /**
   * Sample id, or null for the dataset as a whole.
   */
  sample: string | null
  /**
   * Metric id, for example sensitivity.
   */
  metric: string
  /**
   * Match level, for example gene; level of the truth, for example reads=100; or null.
   */
  level: string | null
  /**
   * Taxonomic rank, or null.
   */
  rank: string | null
  /**
   * The number, or null with a reason.
   */
  value: number | null
  reason: Reason
  /**
   * Unit of the value.
   */
  unit: string
  direction: Direction
}
/**
 * Fields of a summary, for documents that add their own.
 */
export interface SummaryFields {
  /**
   * Metric id, for example sensitivity.
   */
  metric: string
  /**
   * Match level, for example gene; level of the truth, for example reads=100; or null.
   */
  level: string | null
  /**
   * Taxonomic rank, or null.
   */
  rank: string | null
  /**
   * The aggregated number, or null with a reason.
   */
  value: number | null
  reason: Reason
  /**
   * Unit of the value.
   */
  unit: string
  direction: Direction
  /**
   * Samples (or executions) that had a value.
   */
  n: number
  /**
   * Samples (or executions) there should have been.
   */
  n_expected: number
  /**
   * Lower end of the 95 % interval, or null.
   */
  low: number | null
  /**
   * Upper end of the 95 % interval, or null.
   */
  high: number | null
  method: SummaryMethod
}
/**
 * How the per-sample scores became one number.
 */
export interface SummaryMethod {
  /**
   * macro: mean over samples; micro: formula on summed counts; median; total: sum.
   */
  aggregation: 'macro' | 'micro' | 'median' | 'total'
  /**
   * How low and high were made, or null.
   */
  interval: string | null
}
export interface PipelineSummary1 {
  /**
   * Name of the pipeline.
   */
  pipeline: string
  /**
   * Its version, or null.
   */
  version: string | null
  params: Parameters1
}
/**
 * Parameter set.
 */
export interface Parameters1 {
  [k: string]: string | number | boolean | undefined
}
/**
 * A metric the run declares as important.
 */
export interface PrimaryMetric {
  /**
   * Metric id.
   */
  metric: string
  /**
   * Match level, or null.
   */
  level: string | null
}
