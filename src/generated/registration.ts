// Generated from schemas/ by `npm run generate:types`. Do not edit.

/**
 * What became of a registration.
 */
export interface RegistrationDocument {
  /**
   * Kind and version of this document.
   */
  schema: 'benchmark.registration/1'
  /**
   * URL or folder of the hub, without credentials; null: there is none yet.
   */
  hub: string | null
  /**
   * Id of the project.
   */
  project: string
  /**
   * How it got there: as a commit, as a branch or a file for a pull request; or nothing had to be done.
   */
  state: 'registered' | 'unchanged' | 'branch' | 'bundle' | 'queued'
  /**
   * Key that signs its runs.
   */
  key_id: string
  /**
   * Branch to open a pull request from.
   */
  branch: string | null
  /**
   * File to hand to a maintainer.
   */
  file: string | null
  /**
   * Commit of the registration.
   */
  commit: string | null
  /**
   * What to do now.
   *
   * Items: One sentence.
   */
  next_steps: string[]
}
