import type { Capacity } from '../core/schedule/admission.ts'
import type { Aligner, Clock, Executor, Files, OutputReader, RunnerIdentity, RunStore } from './ports.ts'

/** Everything the runner needs from the outside. */
export interface RunnerDeps {
  readonly store: RunStore
  readonly executor: Executor
  readonly files: Files
  readonly reader: OutputReader
  readonly aligner: Aligner
  readonly clock: Clock
  readonly capacity: Capacity
  readonly identity: RunnerIdentity
  readonly isAlive: (other: RunnerIdentity) => boolean
  readonly sha256Text: (text: string) => string
  readonly projectRoot: string
  /** Where this program is installed (`{package}`) and what runs it (`{node}`). */
  readonly packageRoot: string
  readonly nodePath: string
}
