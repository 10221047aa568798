/** Watching one attempt until its end: measuring, and stopping it at its limits. */
import type { AttemptSpec } from '../../app/ports.ts'
import type { Attempt } from './attempt.ts'
import { readStarted, STDERR_LOG, STDOUT_LOG, writeCheckpoint } from './attempt-folder.ts'
import { endTree, type EndingTimes } from './ending.ts'
import { enforceLogCap, type LogCap } from './logs.ts'
import { addToMeasurement, packMeasurement } from './measurement.ts'
import { isPssDue, readPss } from './memory.ts'
import type { Stop } from './outcome.ts'
import { isAlive, uptimeSeconds } from './proc.ts'
import type { MemberProcess, ProcessTable } from './process-table.ts'
import { nextLook, type Sampled, type Sampler } from './sampler.ts'

export interface Instruments {
  readonly table: ProcessTable
  readonly sampler: Sampler
  readonly ticksPerSecond: number
  readonly times: EndingTimes
  /** How many other attempts run now. */
  readonly others: () => number
}

// What a later runner would lose at most. The series of a long job is long, and little is lost of it.
const CHECKPOINT_MS = 5000
const SLOWEST_CHECKPOINT_MS = 60_000
const LOOKS_OVER_LIMIT = 2
const RECHECK_MS = 100
const UPTIME_STEP_MS = 10
const UNREADABLE_AFTER = 3

export const logsOf = (spec: AttemptSpec): LogCap[] =>
  [...(spec.stdoutFile === null ? [STDOUT_LOG] : []), STDERR_LOG].map((name) => ({
    path: `${spec.dir}/${name}`,
    limitBytes: spec.limits.logBytes,
    droppedBytes: 0,
  }))

/** Resolves when the attempt's shim has gone, or cannot be made to go. */
export const supervise = async (
  attempt: Attempt,
  spec: AttemptSpec,
  logs: readonly LogCap[],
  instruments: Instruments,
  signal: AbortSignal,
): Promise<void> => {
  const { table, sampler, ticksPerSecond } = instruments
  const { limits } = spec
  let deadlineMs = limits.timeoutMs === null ? Infinity : attempt.startMs + limits.timeoutMs
  let overLimit = 0
  let nextCheckpointMs = performance.now() + 1000
  let readingPss = false
  let failedPss = 0
  let pssShare: { readonly rssSum: number; readonly share: number; readonly atMs: number } | null = null

  const stop = (why: Stop): void => {
    if (attempt.stop) return
    attempt.stop = why
    void endTree(table, attempt.root, instruments.times).then((unkillable) => {
      attempt.unkillable = unkillable
      // Of a child the operating system tells us; nobody else will if it cannot die, or is not our child.
      if (unkillable.length > 0 || !attempt.child) attempt.markEnded()
    })
  }

  const startReadingPss = (members: readonly MemberProcess[], rssSum: number, nowMs: number): void => {
    readingPss = true
    void readPss(attempt.measurement.peaks, members, rssSum, nowMs).then((share) => {
      readingPss = false
      failedPss = share === null ? failedPss + 1 : 0
      // Processes of other users do not let themselves be read: then the plain sum has to do.
      if (share !== null || failedPss >= UNREADABLE_AFTER) pssShare = { rssSum, share: share ?? 1, atMs: nowMs }
    })
  }

  const watchMemory = (members: readonly MemberProcess[], rssSum: number, nowMs: number): void => {
    const limit = limits.memoryBytes
    if (limit === null || rssSum <= limit) {
      overLimit = 0
      return
    }
    const alone = members.some(({ residentBytes }) => residentBytes > limit)
    let used = rssSum
    if (!alone && table.method === 'proc') {
      // Several processes may share pages: only proportional sizes taken about now can accuse them.
      const isFresh = pssShare !== null && nowMs - pssShare.atMs < 2000 && pssShare.rssSum > 0.9 * rssSum
      if (!isFresh && !readingPss) startReadingPss(members, rssSum, nowMs)
      if (!isFresh || !pssShare) return
      used = rssSum * pssShare.share
    }
    overLimit = used > limit ? overLimit + 1 : 0
    if (overLimit >= LOOKS_OVER_LIMIT)
      stop({
        state: 'memory_exceeded',
        reason: `used ${gigabytes(used)} of memory, the limit is ${gigabytes(limit)}`,
      })
  }

  let lastRssSum = 0
  const look = (nowMs: number): void => {
    const elapsedMs = nowMs - attempt.startMs
    if (!attempt.child && !isRunning(attempt, table)) {
      attempt.markEnded()
      sampled.dueMs = Infinity
      return
    }
    const members = table.members(attempt.root.marker)
    const { measurement } = attempt
    measurement.coRunning = Math.max(measurement.coRunning, instruments.others())
    const at = { uptime: uptimeSeconds(), seconds: elapsedMs / 1000, ticksPerSecond }
    const rssSum = addToMeasurement(measurement, members, at)
    const pssLook = { rssSum, before: lastRssSum, processes: members.length, nowMs, elapsedMs }
    lastRssSum = rssSum
    if (table.method === 'proc' && !readingPss && isPssDue(measurement.peaks, pssLook))
      startReadingPss(members, rssSum, nowMs)
    watchMemory(members, rssSum, nowMs)
    withoutHarm(attempt, () => {
      for (const log of logs) enforceLogCap(log)
    })
    if (limits.timeoutMs !== null && nowMs >= deadlineMs) {
      const leftMs = limits.timeoutMs - ranForMs(spec.dir, at.uptime, elapsedMs)
      if (leftMs > UPTIME_STEP_MS) deadlineMs = nowMs + leftMs
      else stop({ state: 'timed_out', reason: `ran longer than the limit of ${limits.timeoutMs} ms` })
    }
    if (nowMs >= nextCheckpointMs) {
      withoutHarm(attempt, () => writeCheckpoint(spec.dir, packMeasurement(measurement)))
      nextCheckpointMs = nowMs + Math.min(Math.max(CHECKPOINT_MS, elapsedMs / 100), SLOWEST_CHECKPOINT_MS)
    }
    const next = nextLook(elapsedMs, table, sampler.costMs(), spec.sampleIntervalMs)
    measurement.intervalMs = next.intervalMs
    const soon = limits.memoryBytes !== null && rssSum > limits.memoryBytes && !attempt.stop
    sampled.dueMs = Math.min(
      nowMs + (soon ? Math.min(RECHECK_MS, next.inMs) : next.inMs),
      attempt.stop ? Infinity : Math.max(deadlineMs, nowMs + 1),
    )
  }

  const cancel = (): void => stop({ state: 'cancelled', reason: 'cancelled' })

  const sampled: Sampled = {
    dueMs: Math.min(
      deadlineMs,
      performance.now() + nextLook(performance.now() - attempt.startMs, table, 0, spec.sampleIntervalMs).inMs,
    ),
    look,
  }
  sampler.add(sampled)
  signal.addEventListener('abort', cancel, { once: true })
  if (signal.aborted) cancel()
  try {
    await attempt.ended
    attempt.lastSeenMs = performance.now()
  } finally {
    signal.removeEventListener('abort', cancel)
    sampler.remove(sampled)
  }
}

// On a busy machine the shim may come to its turn late; the limit is about the command.
const ranForMs = (dir: string, uptime: number | null, elapsedMs: number): number => {
  const started = readStarted(dir)
  return started && uptime !== null ? (uptime - started.uptimeSeconds) * 1000 : elapsedMs
}

// A full disk must not end the runner: the attempt is worth more than its checkpoint.
const withoutHarm = (attempt: Attempt, write: () => void): void => {
  try {
    write()
  } catch (error) {
    attempt.troubles.add(`measuring could not write a file: ${error instanceof Error ? error.message : String(error)}`)
  }
}

const isRunning = ({ root }: Attempt, table: ProcessTable): boolean => {
  if (table.method === 'proc') return isAlive(root.pid, root.startTicks)
  try {
    process.kill(root.pid, 0)
    return true
  } catch {
    return false
  }
}

const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(2)} GB`
