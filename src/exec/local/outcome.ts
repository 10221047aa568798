/** From what is known at the end of an attempt to what is told about it. */
import { constants } from 'node:os'
import type { AttemptOutcome } from '../../app/ports.ts'
import { type ExitRecord, hasOvertime } from './attempt-folder.ts'

/** Why we stopped an attempt ourselves. */
export interface Stop {
  readonly state: 'timed_out' | 'memory_exceeded' | 'cancelled'
  readonly reason: string
}

export interface Ending {
  readonly dir: string
  /** The machine has been restarted since the attempt began. */
  readonly isOtherBoot: boolean
  readonly stop: Stop | null
  readonly record: ExitRecord | null
  /** Exit status of the shim when we are its parent: the command's, even when the record could not be written. */
  readonly shimExit: number | null
  /** Whether anything says that memory ran out: the attempt's own group (certain) or the machine's counter. */
  readonly outOfMemory: 'group' | 'machine' | null
}

type Verdict = Pick<AttemptOutcome, 'state' | 'reason' | 'exitCode' | 'signal'>

/** The shim says so when it could not leave its first record. */
const NOT_STARTED = 125

export const verdict = (ending: Ending): Verdict => {
  const rc = ending.record?.rc ?? ending.shimExit
  const ended = { exitCode: rc, signal: rc === null ? null : signalName(rc) }
  if (ending.stop) return { ...ended, ...ending.stop }
  if (hasOvertime(ending.dir))
    return { ...ended, state: 'timed_out', reason: 'stopped at its time limit while no runner was alive' }
  if (rc === null)
    return {
      ...ended,
      state: 'lost',
      reason: ending.isOtherBoot
        ? 'the machine was restarted while it ran'
        : 'no trace of its end: the process that watched it was killed',
    }
  if (!ending.record && rc === NOT_STARTED)
    return {
      ...ended,
      state: 'start_failed',
      reason: `the folder ${ending.dir} cannot be written to (full, read-only or removed)`,
    }
  if (rc === 0) return { ...ended, state: 'succeeded', reason: null }
  if (ending.outOfMemory === 'group' || (ending.outOfMemory === 'machine' && ended.signal === 'SIGKILL'))
    return { ...ended, state: 'oom_killed', reason: 'the kernel ended it because memory ran out' }
  const { signal } = ended
  if (signal === null) return { ...ended, state: 'failed', reason: `exit status ${rc}` }
  return { ...ended, state: 'failed', reason: `ended by signal ${rc - 128} (${signal}), exit status ${rc}` }
}

// A shell reports a command ended by signal N as 128 + N; a program may return the same number by itself.
const signalName = (rc: number): string | null => {
  for (const [name, number] of Object.entries(constants.signals)) if (number === rc - 128) return name
  return null
}

/** Nothing was measured because nothing ran. */
export const startFailed = (reason: string): AttemptOutcome => ({
  state: 'start_failed',
  reason,
  exitCode: null,
  signal: null,
  startedAt: null,
  finishedAt: null,
  resources: null,
  warnings: [],
})
