// Generated from schemas/ by `npm run generate:types`. Do not edit.

/**
 * What `benchmark serve --json` prints as soon as it listens.
 */
export interface ServeDocument {
  /**
   * Kind and version of this document.
   */
  schema: 'benchmark.serve/1'
  /**
   * Address of the dashboard; the API is below it in `api/v1/`.
   */
  url: string
  /**
   * Address of the description of everything that is answered.
   */
  openapi: string
  /**
   * Bearer token that starting runs takes; made anew at every start.
   */
  token: string
  /**
   * Address it listens on.
   */
  host: string
  /**
   * Port it listens on.
   */
  port: number
  /**
   * Process to end it by: SIGINT or SIGTERM.
   */
  pid: number
  /**
   * Folder of the project.
   */
  project: string
}
