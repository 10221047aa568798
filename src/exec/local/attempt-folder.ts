/** The files of one attempt and the records the shim leaves in them. */
import { existsSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type IoCounters, ioCounters, parseStat, type ProcessStat } from './proc.ts'

export const STDOUT_LOG = 'stdout.log'
export const STDERR_LOG = 'stderr.log'
export const SERIES = 'series.jsonl'
const OVERTIME = 'overtime'
const INTENT = 'intent.json'
const CHECKPOINT = 'checkpoint.json'

/** Written by the shim before the command starts. */
export interface StartedRecord {
  readonly pid: number
  readonly uptimeSeconds: number
  readonly startTicks: string
}

/** Written by the shim, in one piece, after the command has ended. */
export interface ExitRecord {
  readonly rc: number
  readonly startUptimeSeconds: number
  readonly endUptimeSeconds: number
  /** The shim's own line of /proc/<pid>/stat: what its children used. Null where there is no /proc. */
  readonly stat: ProcessStat | null
  /** Output of `times` for the children, where there is no /proc. */
  readonly times: string | null
  readonly io: IoCounters | null
}

/** Written by the supervisor when the command could not be started at all. */
export interface NotStarted {
  readonly notStarted: string
}

const readJson = (path: string): Record<string, unknown> | null => {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch {
    return null
  }
  try {
    return text.endsWith('}\n') ? (JSON.parse(text) as Record<string, unknown>) : null
  } catch {
    return null
  }
}

/** What the shim wrote, or null while there is nothing complete. */
export const readStarted = (dir: string): StartedRecord | null => {
  const record = readJson(join(dir, 'started.json')) as { pid: number; uptime: string; stat: string }
  if (record === null) return null
  return {
    pid: record.pid,
    uptimeSeconds: Number.parseFloat(record.uptime),
    startTicks: parseStat(record.pid, `() ${record.stat}`)?.startTicks ?? '',
  }
}

export const readExit = (dir: string): ExitRecord | NotStarted | null => {
  const record = readJson(join(dir, 'exit.json')) as Record<string, string> & { rc: number }
  if (record === null) return null
  if (record['notStarted'] !== undefined) return { notStarted: record['notStarted'] }
  const stat = record['stat'] ?? ''
  return {
    rc: record.rc,
    startUptimeSeconds: Number.parseFloat(record['up0'] ?? ''),
    endUptimeSeconds: Number.parseFloat(record['up1'] ?? ''),
    stat: parseStat(0, `() ${stat}`),
    times: record['times'] || null,
    io: ioDifference(counters(record['io0']), counters(record['io1'])),
  }
}

const counters = (text: string | undefined): IoCounters | null =>
  ioCounters((text ?? '').split(' ').filter(Boolean).map(Number))

// The shim's counters start with its own reading of its script; what the command did is the difference.
const ioDifference = (before: IoCounters | null, after: IoCounters | null): IoCounters | null =>
  before && after
    ? {
        readChars: after.readChars - before.readChars,
        writtenChars: after.writtenChars - before.writtenChars,
        readBytes: after.readBytes - before.readBytes,
        writeBytes: after.writeBytes - before.writeBytes,
      }
    : null

/** A reader sees the old content or the new one. Not forced to disk: after a power cut there is nothing to adopt. */
const replace = (path: string, text: string): void => {
  writeFileSync(`${path}.tmp`, text)
  renameSync(`${path}.tmp`, path)
}

/** Who is about to start what here, written before anything starts. */
export interface Intent {
  readonly attempt: string
  readonly host: string
  readonly bootId: string
  readonly argv: readonly string[]
  readonly cwd: string
  /** Since the machine's start; null where that is not known. */
  readonly uptimeSeconds?: number | null
}

/** Marks the folder as used by a start that may be cut short; returns the intent of an earlier start, if there is one. */
export const declareIntent = (dir: string, intent: Intent): Intent | null => {
  try {
    writeFileSync(join(dir, INTENT), `${JSON.stringify(intent)}\n`, { flag: 'wx' })
    return null
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    const earlier = readJson(join(dir, INTENT)) as Intent | null
    // Cut short while writing it, or by a restart of the machine before the shim's first record: nothing runs.
    const isVoid = !earlier || (hasRebooted(earlier, intent) && !readStarted(dir) && !readExit(dir))
    if (!isVoid) return earlier
    replace(join(dir, INTENT), `${JSON.stringify(intent)}\n`)
    return null
  }
}

const hasRebooted = (before: Intent, now: Intent): boolean => before.host === now.host && before.bootId !== now.bootId

export const recordNotStarted = (dir: string, reason: string): void => {
  const record: NotStarted = { notStarted: reason }
  replace(join(dir, 'exit.json'), `${JSON.stringify(record)}\n`)
}

export const writeCheckpoint = (dir: string, content: unknown): void =>
  replace(join(dir, CHECKPOINT), `${JSON.stringify(content)}\n`)

export const readCheckpoint = (dir: string): Record<string, unknown> | null => readJson(join(dir, CHECKPOINT))

/** Whether the guardian had to stop the command because nobody supervised it any more. */
export const hasOvertime = (dir: string): boolean => existsSync(join(dir, OVERTIME))

/** When a record was written, milliseconds since 1970; null when it is not there. */
export const recordedAt = (dir: string, record: 'started' | 'exit'): number | null =>
  statSync(join(dir, `${record}.json`), { throwIfNoEntry: false })?.mtimeMs ?? null
