/** What the machine did besides the attempt: without it a wall time cannot be judged. */
import type { Noise } from '../../core/run.ts'
import { readSmall } from './proc.ts'

/** Counters since boot, so that two snapshots of one boot can be subtracted even by different processes. */
export interface NoiseSnapshot {
  /** Clock ticks of all CPUs together. */
  readonly busyTicks: number
  readonly stealTicks: number
  readonly totalTicks: number
  readonly psiCpuMicroseconds: number | null
  readonly uptimeSeconds: number
  /** Processes the kernel has killed for lack of memory, on the whole machine. */
  readonly outOfMemoryKills: number | null
}

export const noiseSnapshot = (uptimeSeconds: number): NoiseSnapshot | null => {
  const line = readSmall('/proc/stat')?.split('\n', 1)[0]
  if (line === undefined) return null
  const [user = 0, nice = 0, system = 0, idle = 0, iowait = 0, irq = 0, softirq = 0, steal = 0] = line
    .split(/\s+/)
    .slice(1)
    .map(Number)
  const busy = user + nice + system + irq + softirq
  return {
    busyTicks: busy,
    stealTicks: steal,
    totalTicks: busy + steal + idle + iowait,
    psiCpuMicroseconds: counter(readSmall('/proc/pressure/cpu'), /some .*total=(\d+)/),
    uptimeSeconds,
    outOfMemoryKills: outOfMemoryKills(),
  }
}

export const outOfMemoryKills = (): number | null => counter(readSmall('/proc/vmstat'), /^oom_kill (\d+)$/m)

const counter = (text: string | null, pattern: RegExp): number | null => {
  const found = text === null ? null : pattern.exec(text)
  return found ? Number(found[1]) : null
}

// Shares of fewer ticks than this are rounding errors.
const ENOUGH_TICKS = 50
const NOISY_OTHER_SHARE = 0.1
const NOISY_STEAL_SHARE = 0.02

/** The difference of two snapshots, less what the attempt itself used. */
export const noiseBetween = (
  before: NoiseSnapshot | null,
  after: NoiseSnapshot | null,
  attempt: { readonly cpuTicks: number | null; readonly coRunning: number },
): Noise => {
  const total = before && after ? after.totalTicks - before.totalTicks : 0
  const measurable = before !== null && after !== null && total >= ENOUGH_TICKS
  const other =
    measurable && attempt.cpuTicks !== null
      ? Math.max(0, (after.busyTicks - before.busyTicks - attempt.cpuTicks) / total)
      : null
  const steal = measurable ? Math.max(0, (after.stealTicks - before.stealTicks) / total) : null
  return {
    otherCpuShare: tidy(other),
    stealShare: tidy(steal),
    psiCpuSomeAverage: tidy(measurable ? stalledPercent(before, after) : null),
    loadAverage: loadAverage(),
    coRunning: attempt.coRunning,
    noisy: (other ?? 0) > NOISY_OTHER_SHARE || (steal ?? 0) > NOISY_STEAL_SHARE,
  }
}

const tidy = (value: number | null): number | null => (value === null ? null : Math.round(value * 10_000) / 10_000)

const stalledPercent = (before: NoiseSnapshot, after: NoiseSnapshot): number | null => {
  const seconds = after.uptimeSeconds - before.uptimeSeconds
  if (before.psiCpuMicroseconds === null || after.psiCpuMicroseconds === null || seconds <= 0) return null
  return ((after.psiCpuMicroseconds - before.psiCpuMicroseconds) / 1e6 / seconds) * 100
}

const loadAverage = (): number | null => counter(readSmall('/proc/loadavg'), /^([\d.]+)/)
