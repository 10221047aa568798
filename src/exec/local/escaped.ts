/**
 * CPU time and I/O of processes the shim will never wait for (daemons, children of killed parents): what was last seen
 * of them, counted once.
 */
import { type IoCounters, readIo } from './proc.ts'
import type { MemberProcess } from './process-table.ts'

interface LastSight {
  readonly parent: number
  readonly userTicks: number
  readonly systemTicks: number
  readonly io: IoCounters | null
}

export interface Escaped {
  /** By `pid:start`. A figure that moved into a living parent's is removed. */
  readonly seen: Map<string, LastSight>
  alive: ReadonlyMap<number, string>
  /** How many different processes have escaped so far. */
  count: number
}

export const noneEscaped = (): Escaped => ({ seen: new Map(), alive: new Map(), count: 0 })

export const lookForEscaped = (escaped: Escaped, members: readonly MemberProcess[]): void => {
  if (escaped.seen.size === 0 && !members.some((member) => member.escaped)) return
  const alive = new Map<number, string>()
  for (const { pid, startTicks, parent, userTicks, systemTicks, escaped: hasEscaped } of members) {
    if (!hasEscaped) continue
    const key = `${pid}:${startTicks}`
    alive.set(pid, key)
    if (!escaped.seen.has(key)) escaped.count++
    escaped.seen.set(key, { parent, userTicks, systemTicks, io: readIo(pid) })
  }
  for (const [pid, key] of escaped.alive) {
    const parent = escaped.seen.get(key)?.parent ?? 0
    // Waited for by a parent that is itself followed: its times are in the parent's now.
    if (alive.get(pid) !== key && alive.has(parent)) escaped.seen.delete(key)
  }
  escaped.alive = alive
}

export interface Usage {
  readonly userTicks: number
  readonly systemTicks: number
  readonly io: IoCounters
}

export const usageOfEscaped = (escaped: Escaped): Usage => {
  let userTicks = 0
  let systemTicks = 0
  const io = { readChars: 0, writtenChars: 0, readBytes: 0, writeBytes: 0 }
  for (const sight of escaped.seen.values()) {
    userTicks += sight.userTicks
    systemTicks += sight.systemTicks
    if (!sight.io) continue
    io.readChars += sight.io.readChars
    io.writtenChars += sight.io.writtenChars
    io.readBytes += sight.io.readBytes
    io.writeBytes += sight.io.writeBytes
  }
  return { userTicks, systemTicks, io }
}
