/** Runs attempts on this machine: starts them detached, measures them, and finds them again after its own death. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { AttemptSpec, Executor, ProcessHandle } from '../../app/ports.ts'
import { Problem } from '../../core/problem.ts'
import { describeEnvironment } from '../environment.ts'
import { makeFolder, storeProblem } from '../store-problem.ts'
import { type Attempt, newAttempt } from './attempt.ts'
import {
  declareIntent,
  type Intent,
  readCheckpoint,
  readExit,
  readStarted,
  recordNotStarted,
  type StartedRecord,
} from './attempt-folder.ts'
import { type CgroupSupport, findCgroupParent, groupOf, makeCgroup } from './cgroup.ts'
import { collect } from './collect.ts'
import { endLeftovers, forceToEnd } from './ending.ts'
import { createGuardian } from './guardian.ts'
import { launch } from './launch.ts'
import { machineIdentity, startOf } from './machine-identity.ts'
import { type Measurement, newMeasurement, unpackMeasurement } from './measurement.ts'
import { noiseSnapshot } from './noise.ts'
import { startFailed } from './outcome.ts'
import { preflight } from './preflight.ts'
import { isAlive, kernelUnits, uptimeSeconds } from './proc.ts'
import type { ProcessTable, Root } from './process-table.ts'
import { procTable } from './process-table-proc.ts'
import { psTable } from './process-table-ps.ts'
import { createSampler } from './sampler.ts'
import { logsOf, supervise } from './supervision.ts'

export interface LocalExecutorOptions {
  /** What every command inherits; its own `env` comes on top. */
  readonly environment: NodeJS.ProcessEnv
  /** Version of this program, for the environment record. */
  readonly version: string
  /** Folder the results go to: its file system is part of the environment record. */
  readonly resultsDir: string
  /** Record a digest instead of the host name. */
  readonly hashHost?: boolean
  /** Between SIGTERM and SIGKILL. */
  readonly graceMs?: number
  /** The same for what an attempt left behind. */
  readonly leftoverGraceMs?: number
  /** How long SIGKILL is tried. */
  readonly forceMs?: number
  /** How long after its time limit a command is stopped when its runner has died. */
  readonly fallbackMs?: number
  /** Control group in which each attempt gets its own; null = none. Looked for when not given. */
  readonly cgroupParent?: string | null
}

/** The handle of an attempt that could not be started: there is no process. */
const NO_PROCESS = { pid: 0, startTicks: '' } as const

/** How long two starts of one attempt at the same moment may take to find out whose shim goes on. */
const CLAIM_MS = 2000

export const createLocalExecutor = (options: LocalExecutorOptions): Executor => {
  const units = kernelUnits()
  const table: ProcessTable = process.platform === 'linux' ? procTable(units.pageBytes) : psTable()
  const sampler = createSampler(table)
  const { ticksPerSecond } = units
  const { graceMs = 15_000, leftoverGraceMs = 2000, forceMs = 5000, fallbackMs = 30_000 } = options
  const times = { graceMs, forceMs }
  const guardian = createGuardian(options.environment)
  const attempts = new Map<string, Attempt>()
  let support: Pick<CgroupSupport, 'parent'> | undefined =
    options.cgroupParent === undefined ? undefined : { parent: options.cgroupParent }
  const cgroupParent = (): string | null => (support ??= findCgroupParent()).parent
  let active = 0

  const handleOf = (spec: AttemptSpec, intent: Intent, process: Pick<StartedRecord, 'pid' | 'startTicks'>) =>
    ({
      kind: 'process',
      host: intent.host,
      bootId: intent.bootId,
      pid: process.pid,
      startTicks: process.startTicks,
      marker: spec.attemptId,
      dir: spec.dir,
    }) satisfies ProcessHandle

  const start = async (spec: AttemptSpec): Promise<ProcessHandle> => {
    const running = attempts.get(spec.attemptId)
    if (running) return running.handle
    refuseWindows()
    const intent: Intent = {
      attempt: spec.attemptId,
      ...machineIdentity(),
      argv: spec.argv,
      cwd: spec.cwd,
      uptimeSeconds: uptimeSeconds(),
    }
    const earlier = prepareFolder(spec, intent)
    if (earlier) {
      const exit = readExit(spec.dir)
      if (exit && 'notStarted' in exit) return handleOf(spec, earlier, NO_PROCESS)
      // The other start may be between declaring and starting: its shim goes first, ours would be in its way.
      const started = await claim(spec.dir, CLAIM_MS - ageOf(earlier))
      if (started) return handleOf(spec, earlier, started)
    }

    const environment = options.environment
    const { program, reason } = preflight(spec.argv, spec.cwd, spec.env['PATH'] ?? environment['PATH'] ?? '')
    const refuse = (why: string): ProcessHandle => {
      recordNotStarted(spec.dir, why)
      return handleOf(spec, intent, NO_PROCESS)
    }
    if (program === null) return refuse(reason)

    table.prime()
    const parent = cgroupParent()
    const cgroup = parent === null ? null : makeCgroup(parent, spec.attemptId, spec.limits.memoryBytes)
    const uptime = uptimeSeconds()
    const noiseBefore = uptime === null ? null : noiseSnapshot(uptime)
    const startMs = performance.now()
    const launched = await launch({
      spec,
      program,
      environment,
      cgroup,
      first: earlier === null,
    })
    if (launched.reason !== null) return refuse(launched.reason)
    const { child, pid } = launched
    // Asked at once: even a shim that has ended already is there until this process has noticed.
    const handle = handleOf(spec, intent, { pid, startTicks: startOf(pid) ?? '' })
    const measurement = newMeasurement(noiseBefore)
    const attempt = newAttempt({ handle, child, startMs, measurement, cgroup })
    if (earlier) {
      const winner = await claim(spec.dir, CLAIM_MS)
      if (winner && winner.pid !== pid) return handleOf(spec, earlier, winner)
    }
    child.unref()
    table.follow(attempt.root, false)
    attempts.set(spec.attemptId, attempt)
    guard(attempt, spec)
    return handle
  }

  const adopt = (handle: ProcessHandle, spec: AttemptSpec): Attempt => {
    const started = readStarted(handle.dir)
    const exit = readExit(handle.dir)
    const uptime = uptimeSeconds()
    const startUptime = started?.uptimeSeconds ?? Number(handle.startTicks) / ticksPerSecond
    const measurement = restoreMeasurement(handle.dir)
    const until = exit && 'endUptimeSeconds' in exit ? exit.endUptimeSeconds : uptime
    if (until !== null) measurement.gapSeconds += Math.max(0, until - (measurement.lastLookUptime ?? startUptime))
    const parent = cgroupParent()
    const attempt = newAttempt({
      handle,
      child: null,
      startMs: performance.now() - (uptime === null ? 0 : (uptime - startUptime) * 1000),
      measurement,
      cgroup: parent === null ? null : groupOf(parent, handle.marker),
    })
    attempts.set(handle.marker, attempt)
    if (!isSameMachine(handle)) return attempt
    table.follow(attempt.root, true)
    guard(attempt, spec)
    return attempt
  }

  const wait: Executor['wait'] = async (handle, spec, signal) => {
    const failed = readExit(spec.dir)
    if (failed && 'notStarted' in failed) return startFailed(failed.notStarted)
    refuseOtherHost(handle)
    const attempt = attempts.get(handle.marker) ?? adopt(handle, spec)
    const logs = logsOf(spec)
    active++
    try {
      if (attempt.child || isRunning(handle)) {
        attempt.child?.ref()
        const instruments = { table, sampler, ticksPerSecond, times, others: () => active - 1 }
        await supervise(attempt, spec, logs, instruments, signal)
      }
      return await collect(attempt, spec, logs, {
        table,
        ticksPerSecond,
        leftoverTimes: { graceMs: leftoverGraceMs, forceMs },
      })
    } finally {
      active--
      guardian.forget(attempt.root)
      attempts.delete(handle.marker)
      table.unfollow(handle.marker)
    }
  }

  const guard = ({ root, startMs }: Attempt, spec: AttemptSpec): void => {
    const { timeoutMs } = spec.limits
    if (timeoutMs === null) return
    const remainingMs = startMs + timeoutMs + graceMs + fallbackMs - performance.now()
    guardian.watch(
      root,
      (uptimeSeconds() ?? Date.now() / 1000) + remainingMs / 1000,
      Math.ceil(graceMs / 1000),
      spec.dir,
    )
  }

  const isRunning = (handle: ProcessHandle): boolean =>
    isSameMachine(handle) &&
    (table.method === 'proc' ? isAlive(handle.pid, handle.startTicks) : startOf(handle.pid) === handle.startTicks)

  const following = async <T>(root: Root, act: () => Promise<T>): Promise<T> => {
    table.follow(root, true)
    try {
      return await act()
    } finally {
      if (!attempts.has(root.marker)) table.unfollow(root.marker)
    }
  }

  const reattach: Executor['reattach'] = async (handle) => {
    if (readExit(handle.dir)) return 'finished'
    if (handle.host !== machineIdentity().host) return 'unknown'
    if (isRunning(handle)) return 'running'
    if (isSameMachine(handle))
      await following(handle, () => endLeftovers(table, handle, { graceMs: leftoverGraceMs, forceMs }))
    // It may have ended between the first question and the second.
    return readExit(handle.dir) ? 'finished' : 'lost'
  }

  const kill: Executor['kill'] = async (handle) => {
    refuseOtherHost(handle)
    if (handle.pid === 0 || !isSameMachine(handle)) return []
    const attempt = attempts.get(handle.marker)
    if (attempt) attempt.stop ??= { state: 'cancelled', reason: 'cancelled at once' }
    return following(handle, () => forceToEnd(table, handle, forceMs))
  }

  return {
    kind: 'local',
    start,
    reattach,
    wait,
    kill,
    get active() {
      return active
    },
    environment: () => describeEnvironment(options),
  }
}

const isSameMachine = (handle: ProcessHandle): boolean => {
  const { host, bootId } = machineIdentity()
  return handle.host === host && handle.bootId === bootId
}

const refuseOtherHost = (handle: ProcessHandle): void => {
  if (handle.host === machineIdentity().host || readExit(handle.dir)) return
  throw new Problem('E_EXECUTOR', `This attempt was started on ${handle.host}; it cannot be watched from here.`, {
    hints: [`Go on on ${handle.host}.`],
  })
}

const refuseWindows = (): void => {
  if (process.platform !== 'win32') return
  throw new Problem('E_EXECUTOR', 'Pipelines cannot be run on Windows itself.', {
    hints: ['Run this program inside WSL, where the pipelines are installed too.'],
  })
}

/** Creates the folder and declares what will start in it; returns what an earlier start declared. */
const prepareFolder = (spec: AttemptSpec, intent: Intent): Intent | null => {
  let earlier: Intent | null
  makeFolder(spec.dir)
  try {
    earlier = declareIntent(spec.dir, intent)
  } catch (error) {
    throw storeProblem('write to', spec.dir, error)
  }
  if (earlier && earlier.attempt !== intent.attempt)
    throw new Problem('E_EXECUTOR', `The folder ${spec.dir} belongs to another attempt (${earlier.attempt}).`, {
      hints: ['Remove the folder, or give each attempt its own.'],
    })
  return earlier
}

const claim = async (dir: string, patienceMs: number): Promise<StartedRecord | null> => {
  for (const start = performance.now(); ; await sleep(10)) {
    const started = readStarted(dir)
    if (started || performance.now() - start >= patienceMs) return started
  }
}

// Milliseconds since an attempt was declared. Without it a runner that is killed again and again before its patience
// ends would never get any further.
const ageOf = (intent: Intent): number => {
  const now = uptimeSeconds()
  const then = intent.uptimeSeconds ?? null
  return now === null || then === null ? 0 : (now - then) * 1000
}

const restoreMeasurement = (dir: string): Measurement => {
  const packed = readCheckpoint(dir)
  return (packed && unpackMeasurement(packed)) ?? newMeasurement(null)
}
