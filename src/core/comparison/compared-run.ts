import type { Run } from '../run.ts'
import type { ComparedRun } from './comparison.ts'

/** What a comparison needs of a stored run. */
export const comparedRun = ({ runId, executions, comparability, environment }: Run): ComparedRun => {
  const machine = environment['machine_fingerprint']
  return { runId, executions, comparability, machine: typeof machine === 'string' ? machine : null }
}
