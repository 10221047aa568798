/** Reading /proc. Every function answers null for a process that is gone or hidden; none of them throws. */
import { closeSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs'

/** What one line of `/proc/<pid>/stat` says, as far as measuring needs it. Times in clock ticks. */
export interface ProcessStat {
  readonly pid: number
  readonly command: string
  readonly state: string
  readonly parent: number
  readonly group: number
  readonly session: number
  readonly userTicks: number
  readonly systemTicks: number
  /** Of the children it has waited for, with their descendants. */
  readonly childUserTicks: number
  readonly childSystemTicks: number
  /** Since boot; with the pid it names a process for good. Kept as text: it is only compared. */
  readonly startTicks: string
  readonly residentPages: number
}

// One buffer for everything read here: reading is synchronous, so nobody shares it at the same time.
const buffer = Buffer.allocUnsafe(64 * 1024)

/** A small /proc file; at most 64 KiB of it. */
export const readSmall = (path: string): string | null => {
  let fd: number
  try {
    fd = openSync(path, 'r')
  } catch {
    return null
  }
  try {
    return buffer.toString('latin1', 0, readSync(fd, buffer, 0, buffer.length, 0))
  } catch {
    return null
  } finally {
    closeSync(fd)
  }
}

/** The fields after `pid (command) `; the command may itself hold spaces and brackets. */
export const parseStat = (pid: number, text: string): ProcessStat | null => {
  const close = text.lastIndexOf(')')
  const fields = text.slice(close + 2).split(' ')
  if (close < 0 || fields.length < 22) return null
  const number = (index: number): number => Number(fields[index])
  return {
    pid,
    command: text.slice(text.indexOf('(') + 1, close),
    state: fields[0] ?? '',
    parent: number(1),
    group: number(2),
    session: number(3),
    userTicks: number(11),
    systemTicks: number(12),
    childUserTicks: number(13),
    childSystemTicks: number(14),
    startTicks: fields[19] ?? '',
    residentPages: number(21),
  }
}

export const readStat = (pid: number): ProcessStat | null => {
  const text = readSmall(`/proc/${pid}/stat`)
  return text === null ? null : parseStat(pid, text)
}

export const isDead = (stat: ProcessStat): boolean => stat.state === 'Z' || stat.state === 'X'

/** Whether the very process that once had this pid and start time is there and not a zombie. */
export const isAlive = (pid: number, startTicks: string): boolean => {
  const stat = pid > 0 ? readStat(pid) : null
  return stat !== null && stat.startTicks === startTicks && !isDead(stat)
}

export const allPids = (): number[] => {
  const pids: number[] = []
  for (const name of readdirSync('/proc')) {
    const first = name.charCodeAt(0)
    if (first >= 0x31 && first <= 0x39) pids.push(Number(name))
  }
  return pids
}

/** The value of an environment variable of a process, as it was at its exec. */
export const environmentValue = (pid: number, variable: string): string | null => {
  let text: string
  try {
    text = readFileSync(`/proc/${pid}/environ`, 'latin1')
  } catch {
    return null
  }
  const at = text.startsWith(`${variable}=`) ? 0 : text.indexOf(`\0${variable}=`) + 1
  if (at === 0 && !text.startsWith(`${variable}=`)) return null
  const end = text.indexOf('\0', at)
  return text.slice(at + variable.length + 1, end < 0 ? undefined : end)
}

/** Highest resident size a process has had, bytes. */
export const highWaterMark = (pid: number): number | null => kilobytes(readSmall(`/proc/${pid}/status`), 'VmHWM')

/** `Name:   123 kB` in a status-like file, as bytes. */
export const kilobytes = (text: string | null, name: string): number | null => {
  if (text === null) return null
  const at = text.startsWith(`${name}:`) ? 0 : text.indexOf(`\n${name}:`)
  if (at < 0) return null
  const value = Number.parseInt(text.slice(at + name.length + (at === 0 ? 1 : 2)), 10)
  return Number.isNaN(value) ? null : value * 1024
}

/** Seconds since boot, suspends included; never set back by anybody, unlike the wall clock. Resolution 10 ms. */
export const uptimeSeconds = (): number | null => {
  const text = readSmall('/proc/uptime')
  return text === null ? null : Number.parseFloat(text)
}

/** The four counters of `/proc/<pid>/io` that are reported, of a process and the children it has waited for. */
export interface IoCounters {
  readonly readChars: number
  readonly writtenChars: number
  readonly readBytes: number
  readonly writeBytes: number
}

/** From the values in the file's order: rchar wchar syscr syscw read_bytes write_bytes cancelled_write_bytes. */
export const ioCounters = (values: readonly number[]): IoCounters | null => {
  const [readChars, writtenChars, , , readBytes, writeBytes] = values
  if (readChars === undefined || writtenChars === undefined || readBytes === undefined || writeBytes === undefined)
    return null
  return { readChars, writtenChars, readBytes, writeBytes }
}

export const readIo = (pid: number): IoCounters | null => {
  const text = readSmall(`/proc/${pid}/io`)
  if (text === null) return null
  return ioCounters(Array.from(text.matchAll(/: (\d+)/g), ([, value]) => Number(value)))
}

/** Units of the kernel's counters, from the vector it hands to every program. */
export const kernelUnits = (): { readonly pageBytes: number; readonly ticksPerSecond: number } => {
  let pageBytes = 4096
  let ticksPerSecond = 100
  try {
    const vector = readFileSync('/proc/self/auxv')
    for (let at = 0; at + 16 <= vector.length; at += 16) {
      const key = vector.readBigUInt64LE(at)
      if (key === 6n) pageBytes = Number(vector.readBigUInt64LE(at + 8))
      if (key === 17n) ticksPerSecond = Number(vector.readBigUInt64LE(at + 8))
    }
  } catch {
    // without /proc nothing is counted in these units
  }
  return { pageBytes, ticksPerSecond }
}
