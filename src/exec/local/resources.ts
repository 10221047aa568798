/** The figures of one attempt, each from the instrument that measures it best. */
import type { Resources } from '../../core/run.ts'
import type { ExitRecord } from './attempt-folder.ts'
import { usageOfEscaped } from './escaped.ts'
import type { Measurement } from './measurement.ts'
import { headline } from './memory.ts'
import { noiseBetween, type NoiseSnapshot } from './noise.ts'

const AGENT = 'local-agent/1'

export interface Evidence {
  readonly measurement: Measurement
  readonly record: ExitRecord | null
  /** The tree was killed: times of processes nobody waited for are missing from the shim's figure. */
  readonly wasKilled: boolean
  readonly wallSeconds: number | null
  readonly cpus: number
  readonly ticksPerSecond: number
  readonly cgroupPeakBytes: number | null
  readonly noiseAfter: NoiseSnapshot | null
}

interface Cpu {
  readonly user: number | null
  readonly system: number | null
  readonly method: string | null
}

export const resourcesOf = (evidence: Evidence): Resources => {
  const { measurement, record, wallSeconds } = evidence
  const escaped = usageOfEscaped(measurement.escaped)
  const cpu = cpuOf(evidence)
  const cpuSeconds = cpu.user === null || cpu.system === null ? null : tidy(cpu.user + cpu.system)
  const memory = headline(measurement.peaks)
  const io = record?.io ?? null
  return {
    wallSeconds: wallSeconds === null ? null : tidy(wallSeconds),
    cpuSeconds,
    cpuUserSeconds: cpu.user,
    cpuSystemSeconds: cpu.system,
    peakRssBytes: memory.bytes,
    peakRssSumBytes: measurement.peaks.rssSumBytes,
    peakPssBytes: measurement.peaks.pssBytes,
    biggestProcessBytes: measurement.peaks.biggestProcessBytes,
    cgroupPeakBytes: evidence.cgroupPeakBytes,
    readCharsBytes: io ? io.readChars + escaped.io.readChars : null,
    writtenCharsBytes: io ? io.writtenChars + escaped.io.writtenChars : null,
    readBytes: io ? io.readBytes + escaped.io.readBytes : null,
    writeBytes: io ? io.writeBytes + escaped.io.writeBytes : null,
    outputBytes: null,
    cpuEfficiency:
      cpuSeconds !== null && wallSeconds !== null && wallSeconds > 0 && evidence.cpus > 0
        ? tidy(cpuSeconds / (wallSeconds * evidence.cpus))
        : null,
    method: {
      agent: AGENT,
      cpu: cpu.method,
      memory: memory.method,
      intervalMs: measurement.intervalMs,
      ticks: measurement.ticks,
      escapedProcesses: measurement.escaped.count,
      samplingGapSeconds: tidy(measurement.gapSeconds),
    },
    noise: noiseBetween(measurement.noiseBefore, evidence.noiseAfter, {
      cpuTicks: cpuSeconds === null ? null : cpuSeconds * evidence.ticksPerSecond,
      coRunning: measurement.coRunning,
    }),
  }
}

/** Without the digits that subtracting large numbers invents. */
const tidy = (value: number): number => Math.round(value * 10_000) / 10_000

const cpuOf = ({ measurement, record, wasKilled, ticksPerSecond }: Evidence): Cpu => {
  const sampled = {
    user: measurement.sampledUserTicks / ticksPerSecond,
    system: measurement.sampledSystemTicks / ticksPerSecond,
  }
  const shim = record ? ofShim(record, ticksPerSecond) : null
  if (!shim)
    return measurement.ticks > 0 ? { ...sampled, method: 'sampled' } : { user: null, system: null, method: null }
  const escaped = usageOfEscaped(measurement.escaped)
  const total = {
    user: shim.user + escaped.userTicks / ticksPerSecond,
    system: shim.system + escaped.systemTicks / ticksPerSecond,
  }
  if (wasKilled && sampled.user + sampled.system > total.user + total.system)
    return { ...sampled, method: 'shim-cutime+sampled' }
  return { ...total, method: measurement.escaped.count > 0 ? `${shim.method}+escaped` : shim.method }
}

const ofShim = (
  { stat, times }: ExitRecord,
  ticksPerSecond: number,
): { readonly user: number; readonly system: number; readonly method: string } | null => {
  if (stat)
    return {
      user: stat.childUserTicks / ticksPerSecond,
      system: stat.childSystemTicks / ticksPerSecond,
      method: 'shim-cutime',
    }
  const [user, system] = (times ?? '').split(' ').map(clockSeconds)
  if (user === undefined || system === undefined || Number.isNaN(user + system)) return null
  return { user, system, method: 'shim-times' }
}

/** `1m2.34s` as a shell's `times` prints it. */
const clockSeconds = (text: string): number => {
  const found = /^(\d+)m([\d.]+)s$/.exec(text)
  return found ? Number(found[1]) * 60 + Number(found[2]) : Number.NaN
}
