// Generated from schemas/ by `npm run generate:types`. Do not edit.

/**
 * What `benchmark status --json` prints: how far a run is.
 */
export interface StatusDocument {
  /**
   * Kind and version of this document.
   */
  schema: 'benchmark.status/1'
  /**
   * Id of the run.
   */
  run_id: string
  /**
   * interrupted also when its runner was killed.
   */
  state: 'planned' | 'running' | 'completed' | 'incomplete' | 'interrupted' | 'cancelled' | 'imported'
  /**
   * Ended executions over all of them.
   */
  progress: number
  /**
   * Seconds until the end, or null while nothing is known.
   */
  eta_seconds: null | Eta
  executions: ExecutionCounts
  /**
   * Executions under way.
   */
  running: RunningExecution[]
  /**
   * The process that works on it, or null.
   */
  runner: null | Runner
}
/**
 * Expected remaining time.
 */
export interface Eta {
  /**
   * Half of the simulated ends come before.
   */
  p50: number
  /**
   * Nine tenths of the simulated ends come before.
   */
  p90: number
}
/**
 * How many executions are in each state; states without any are left out.
 */
export interface ExecutionCounts {
  /**
   * Executions in state planned.
   */
  planned?: number
  /**
   * Executions in state starting.
   */
  starting?: number
  /**
   * Executions in state running.
   */
  running?: number
  /**
   * Executions in state collecting.
   */
  collecting?: number
  /**
   * Executions in state succeeded.
   */
  succeeded?: number
  /**
   * Executions in state cached.
   */
  cached?: number
  /**
   * Executions in state failed.
   */
  failed?: number
  /**
   * Executions in state start_failed.
   */
  start_failed?: number
  /**
   * Executions in state timed_out.
   */
  timed_out?: number
  /**
   * Executions in state memory_exceeded.
   */
  memory_exceeded?: number
  /**
   * Executions in state oom_killed.
   */
  oom_killed?: number
  /**
   * Executions in state cancelled.
   */
  cancelled?: number
  /**
   * Executions in state lost.
   */
  lost?: number
  /**
   * Executions in state skipped.
   */
  skipped?: number
  /**
   * Executions in state imported.
   */
  imported?: number
}
/**
 * An execution under way.
 */
export interface RunningExecution {
  /**
   * Execution id.
   */
  id: number
  /**
   * Name of the pipeline.
   */
  pipeline: string
  /**
   * Sample id, or null for the whole dataset.
   */
  sample: string | null
  /**
   * Seconds since it started.
   */
  elapsed_seconds: number | null
}
/**
 * Who works on the run.
 */
export interface Runner {
  /**
   * Machine.
   */
  host: string
  /**
   * Process id.
   */
  pid: number
}
