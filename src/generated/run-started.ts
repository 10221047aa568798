// Generated from schemas/ by `npm run generate:types`. Do not edit.

/**
 * What `POST /api/v1/benchmark/run` answers at once: a run that goes on by itself.
 */
export interface RunStartedDocument {
  /**
   * Kind and version of this document.
   */
  schema: 'benchmark.run-started/1'
  /**
   * Id of the run.
   */
  run_id: string
  /**
   * Where it stands; short runs may be over already. `queued`: its runner is starting.
   */
  status: 'queued' | 'running' | 'completed' | 'incomplete'
  /**
   * Path of its progress on this server.
   */
  status_url: string
}
