/** After the end of an attempt: tidies up behind it and says what it was and what it cost. */
import { writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { AttemptOutcome, AttemptSpec } from '../../app/ports.ts'
import type { Attempt } from './attempt.ts'
import { type ExitRecord, hasOvertime, readExit, recordedAt, SERIES } from './attempt-folder.ts'
import { readCgroup, removeCgroup } from './cgroup.ts'
import { endLeftovers, type EndingTimes } from './ending.ts'
import { lastWords } from './last-words.ts'
import { enforceLogCap, joinLog, type LogCap } from './logs.ts'
import { machineIdentity } from './machine-identity.ts'
import type { Measurement } from './measurement.ts'
import { noiseSnapshot, outOfMemoryKills } from './noise.ts'
import { type Ending, startFailed, verdict } from './outcome.ts'
import { uptimeSeconds } from './proc.ts'
import type { ProcessTable } from './process-table.ts'
import { resourcesOf } from './resources.ts'
import { seriesLines } from './series.ts'

export interface Collecting {
  readonly table: ProcessTable
  readonly ticksPerSecond: number
  readonly leftoverTimes: EndingTimes
}

export const collect = async (
  attempt: Attempt,
  spec: AttemptSpec,
  logs: readonly LogCap[],
  { table, ticksPerSecond, leftoverTimes }: Collecting,
): Promise<AttemptOutcome> => {
  const { measurement, root } = attempt
  const found = readExit(spec.dir)
  if (found && 'notStarted' in found) return startFailed(found.notStarted)

  const warnings: string[] = []
  const leftovers = await endLeftovers(table, root, leftoverTimes)
  if (leftovers)
    warnings.push(
      `${leftovers.count} process${leftovers.count === 1 ? ' was' : 'es were'} still running after the end, and ended`,
    )
  const unkillable = [...attempt.unkillable, ...(leftovers?.unkillable ?? [])]
  if (unkillable.length > 0) warnings.push(`could not be ended: process ${[...new Set(unkillable)].join(', ')}`)

  const cgroup = attempt.cgroup === null ? null : readCgroup(attempt.cgroup)
  if (attempt.cgroup !== null) removeCgroup(attempt.cgroup)
  const record = found
  const machineOom = (record?.rc ?? attempt.shimExit) !== 0 && memoryRanOut(measurement)
  const ending: Ending = {
    dir: spec.dir,
    isOtherBoot: attempt.handle.bootId !== machineIdentity().bootId,
    stop: attempt.stop,
    record,
    shimExit: attempt.shimExit,
    outOfMemory: (cgroup?.outOfMemoryKills ?? 0) > 0 ? 'group' : machineOom ? 'machine' : null,
  }
  const told = verdict(ending)
  if (machineOom && told.state === 'failed') warnings.push('memory ran out on this machine meanwhile')
  if (!record && told.state !== 'lost' && told.state !== 'start_failed')
    warnings.push('the exit record is missing (full disk?): CPU time is what was sampled, I/O is not known')

  for (const log of logs) {
    enforceLogCap(log) // a short flood ends before anybody has looked
    await joinLog(log)
    if (log.droppedBytes > 0)
      warnings.push(`at least ${log.droppedBytes} bytes of ${basename(log.path)} were dropped (log limit)`)
  }
  keepSeries(spec.dir, measurement, attempt.troubles)
  warnings.push(...attempt.troubles)

  const wallSeconds = wall(attempt, record)
  const said = told.state === 'failed' ? lastWords(join(spec.dir, 'stderr.log')) : null
  return {
    ...told,
    ...(said === null || told.reason === null ? {} : { reason: `${told.reason}: ${said}` }),
    ...dates(attempt, spec.dir, wallSeconds),
    resources:
      told.state === 'start_failed'
        ? null
        : resourcesOf({
            measurement,
            record,
            wasKilled: attempt.stop !== null || told.state === 'lost' || hasOvertime(spec.dir),
            wallSeconds,
            cpus: spec.cpus,
            ticksPerSecond,
            cgroupPeakBytes: cgroup?.peakBytes ?? null,
            noiseAfter: noiseAfter(record),
          }),
    warnings,
  }
}

const memoryRanOut = (measurement: Measurement): boolean => {
  const before = measurement.noiseBefore?.outOfMemoryKills ?? null
  const after = outOfMemoryKills()
  return before !== null && after !== null && after > before
}

const keepSeries = (dir: string, { series }: Measurement, troubles: Set<string>): void => {
  if (series.buckets.length === 0) return
  try {
    writeFileSync(join(dir, SERIES), seriesLines(series))
  } catch (error) {
    troubles.add(`the memory series could not be kept: ${error instanceof Error ? error.message : String(error)}`)
  }
}

const UPTIME_STEP = 0.01

// The shim's two readings of the uptime are exact but coarse (10 ms); our own clock is fine but includes the shim's
// start and end. So: our own, kept within what the shim's readings allow.
const wall = (attempt: Attempt, record: ExitRecord | null): number | null => {
  const own = attempt.endMs === null ? null : (attempt.endMs - attempt.startMs) / 1000
  if (!record) return own ?? (attempt.lastSeenMs === null ? null : (attempt.lastSeenMs - attempt.startMs) / 1000)
  const coarse = record.endUptimeSeconds - record.startUptimeSeconds
  if (own === null) return Math.max(0, coarse)
  return Math.min(Math.max(own, coarse - UPTIME_STEP), coarse + UPTIME_STEP)
}

// Of what nobody watched, the time stamps of the records are all that says when.
const dates = (
  attempt: Attempt,
  dir: string,
  wallSeconds: number | null,
): Pick<AttemptOutcome, 'startedAt' | 'finishedAt'> => {
  const finished = attempt.endMs === null ? recordedAt(dir, 'exit') : Date.now() - (performance.now() - attempt.endMs)
  const started = finished === null || wallSeconds === null ? recordedAt(dir, 'started') : finished - wallSeconds * 1000
  return { startedAt: isoOrNull(started), finishedAt: isoOrNull(finished) }
}

const isoOrNull = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString())

// The machine's counters go on after the end: they say something about the attempt only right after it.
const noiseAfter = (record: ExitRecord | null): ReturnType<typeof noiseSnapshot> => {
  const uptime = uptimeSeconds()
  if (uptime === null || (record && uptime - record.endUptimeSeconds > 2)) return null
  return noiseSnapshot(uptime)
}
