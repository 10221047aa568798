/** One attempt in progress, as the executor knows it. */
import type { ChildProcess } from 'node:child_process'
import type { ProcessHandle } from '../../app/ports.ts'
import type { Measurement } from './measurement.ts'
import type { Stop } from './outcome.ts'
import type { Root } from './process-table.ts'

export interface Attempt {
  readonly handle: ProcessHandle
  readonly root: Root
  /** Present when this very process started it. */
  readonly child: ChildProcess | null
  /** Exit status of the shim, once it has gone and we are its parent. */
  shimExit: number | null
  /** Start and end on the clock of `performance.now()`; the end only as its parent sees it. */
  readonly startMs: number
  endMs: number | null
  /** When watching it ended, on the same clock: the end to within a look, for want of anything better. */
  lastSeenMs: number | null
  measurement: Measurement
  readonly cgroup: string | null
  stop: Stop | null
  unkillable: readonly number[]
  /** What went wrong with measuring itself, for the warnings. */
  readonly troubles: Set<string>
  /** Resolved when the shim has gone. */
  readonly ended: Promise<void>
  readonly markEnded: () => void
}

export const newAttempt = (
  known: Pick<Attempt, 'handle' | 'child' | 'startMs' | 'measurement' | 'cgroup'>,
): Attempt => {
  let markEnded = (): void => undefined
  const ended = new Promise<void>((resolve) => {
    markEnded = resolve
  })
  const { marker, pid, startTicks } = known.handle
  const attempt: Attempt = {
    ...known,
    root: { marker, pid, startTicks },
    shimExit: null,
    endMs: null,
    lastSeenMs: null,
    stop: null,
    unkillable: [],
    troubles: new Set(),
    ended,
    markEnded,
  }
  known.child?.once('exit', (code) => {
    attempt.shimExit = code
    attempt.endMs = performance.now()
    markEnded()
  })
  return attempt
}
