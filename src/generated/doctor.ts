// Generated from schemas/ by `npm run generate:types`. Do not edit.

/**
 * What `benchmark doctor --json` prints: what is installed, what is missing and what to do.
 */
export interface DoctorDocument {
  /**
   * Kind and version of this document.
   */
  schema: 'benchmark.doctor/1'
  /**
   * Every required thing is there, and the self-test, if made, passed. Otherwise the exit status is 6.
   */
  is_ready: boolean
  /**
   * The machine and this installation.
   */
  checks: DoctorCheck[]
  /**
   * The catalogue, in order of name: what could run here.
   */
  pipelines: DoctorPipeline[]
  /**
   * Result of --self-test, or null when not asked for.
   */
  self_test: null | DoctorSelfTest
}
export interface DoctorCheck {
  /**
   * What was looked at: node, sqlite, results, processes, shared_memory, io, cgroup, git, compiler, configuration.
   */
  check: string
  /**
   * limited: works, but something is not measured or not certain.
   */
  status: 'ok' | 'limited' | 'missing'
  /**
   * Whether nothing runs without it.
   */
  is_required: boolean
  /**
   * What is there, for people.
   */
  found: string
  /**
   * What to do, or null.
   */
  advice: string | null
}
export interface DoctorPipeline {
  /**
   * Name in the catalogue.
   */
  pipeline: string
  /**
   * Declared version, or what the installed tool says; null when neither is known.
   */
  version: string | null
  /**
   * Whether every program it needs is on the PATH.
   */
  is_ready: boolean
  /**
   * Programs that are not on the PATH.
   */
  missing: string[]
}
/**
 * A small program of known cost, measured.
 */
export interface DoctorSelfTest {
  /**
   * Whether everything that can be measured here is within its tolerance.
   */
  is_ok: boolean
  /**
   * Each figure with the truth beside it.
   */
  figures: SelfTestFigure[]
}
export interface SelfTestFigure {
  /**
   * What was measured.
   */
  figure: 'memory' | 'cpu_time' | 'bytes_written' | 'exit_status' | 'time_limit'
  /**
   * Unit of expected and measured.
   */
  unit: 'bytes' | 'seconds' | 'status'
  /**
   * What is true of the program by construction, or by its own accounting.
   */
  expected: number
  /**
   * What the instrument found; null where it cannot be measured on this machine.
   */
  measured: number | null
  /**
   * Distance from the truth in percent of it; null without a measurement.
   */
  error_percent: number | null
  /**
   * Largest acceptable error.
   */
  tolerance_percent: number
  /**
   * Measured, and within the tolerance.
   */
  is_ok: boolean
}
