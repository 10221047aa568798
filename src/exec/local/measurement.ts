/** Everything the sampler has learned about one attempt, and how it survives the sampler. */
import { type Escaped, lookForEscaped, noneEscaped, usageOfEscaped } from './escaped.ts'
import { addLook, type MemoryPeaks, noMemoryPeaks } from './memory.ts'
import type { NoiseSnapshot } from './noise.ts'
import type { MemberProcess } from './process-table.ts'
import { addToSeries, emptySeries, type Series } from './series.ts'

export interface Measurement {
  /** Looks at which at least one process was there. */
  ticks: number
  intervalMs: number | null
  readonly peaks: MemoryPeaks
  readonly escaped: Escaped
  /** CPU ticks of all processes seen at the last look: a lower bound for when the shim's own figure is lost. */
  sampledUserTicks: number
  sampledSystemTicks: number
  /** Uptime of the last look, and the seconds in which nobody looked. */
  lastLookUptime: number | null
  gapSeconds: number
  coRunning: number
  noiseBefore: NoiseSnapshot | null
  readonly series: Series
}

export const newMeasurement = (noiseBefore: NoiseSnapshot | null): Measurement => ({
  ticks: 0,
  intervalMs: null,
  peaks: noMemoryPeaks(),
  escaped: noneEscaped(),
  sampledUserTicks: 0,
  sampledSystemTicks: 0,
  lastLookUptime: null,
  gapSeconds: 0,
  coRunning: 0,
  noiseBefore,
  series: emptySeries(),
})

/** Takes in one look at the tree; returns the RSS sum in bytes. */
export const addToMeasurement = (
  measurement: Measurement,
  members: readonly MemberProcess[],
  at: { readonly uptime: number | null; readonly seconds: number; readonly ticksPerSecond: number },
): number => {
  measurement.lastLookUptime = at.uptime
  lookForEscaped(measurement.escaped, members)
  if (members.length === 0) return 0
  measurement.ticks++
  const rssSum = addLook(measurement.peaks, members)
  // Escaped ones are in the total as long as they are remembered, also after their end.
  const { userTicks, systemTicks } = usageOfEscaped(measurement.escaped)
  let user = userTicks
  let system = systemTicks
  for (const member of members) {
    if (member.escaped) continue
    user += member.userTicks
    system += member.systemTicks
  }
  measurement.sampledUserTicks = Math.max(measurement.sampledUserTicks, user)
  measurement.sampledSystemTicks = Math.max(measurement.sampledSystemTicks, system)
  if (rssSum === 0) return 0
  addToSeries(measurement.series, {
    seconds: at.seconds,
    rssBytes: rssSum,
    cpuSeconds: (user + system) / at.ticksPerSecond,
    processes: members.length,
  })
  return rssSum
}

/** JSON for the checkpoint file. */
export const packMeasurement = (measurement: Measurement): Record<string, unknown> => ({
  ...measurement,
  escaped: { seen: [...measurement.escaped.seen], count: measurement.escaped.count },
  peaks: { ...measurement.peaks, pssLastAtMs: null },
})

/** The inverse; null when the checkpoint is not one of ours. */
export const unpackMeasurement = (packed: Record<string, unknown>): Measurement | null => {
  const found = packed as unknown as Omit<Measurement, 'escaped'> & {
    escaped: { seen: [string, never][]; count: number }
  }
  if (typeof found.ticks !== 'number' || !Array.isArray(found.series?.buckets)) return null
  return {
    ...found,
    peaks: { ...found.peaks, pssLastAtMs: -Infinity },
    // Who is alive is seen at the next look; whoever ended in between keeps what was last seen of it.
    escaped: { seen: new Map(found.escaped.seen), alive: new Map(), count: found.escaped.count },
  }
}
