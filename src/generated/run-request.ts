// Generated from schemas/ by `npm run generate:types`. Do not edit.

/**
 * What `POST /api/v1/benchmark/run` takes. What is left out is as the configuration of the project says.
 */
export interface RunRequestDocument {
  /**
   * Name of the project; to be sure that this server is the right one.
   */
  project_id?: string
  /**
   * Sample sheet, as `run --input`: a path on the server's machine, absolute or relative to the project.
   */
  input_data?: string
  /**
   * Names of pipelines.
   *
   * @minItems 1
   */
  pipelines?: [string, ...string[]]
  /**
   * true: answered at once with the run id; false: answered when the run is over, with its document.
   */
  async_mode?: boolean
  /**
   * What is really in the samples, as `run --truth`: a path.
   */
  truth?: string
  /**
   * A registered dataset instead of input_data and truth.
   */
  dataset?: string
  /**
   * Only these samples.
   *
   * @minItems 1
   */
  samples?: [string, ...string[]]
  /**
   * Measured executions of each pipeline on each sample.
   */
  repeats?: number
  /**
   * A name for the run.
   */
  label?: string
  /**
   * Tags of the run.
   */
  tags?: string[]
}
