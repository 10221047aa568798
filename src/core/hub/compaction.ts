/** Closed months folded into one file: the same bytes, one run a line, sorted by run id. */
const LINE_FEED = 10

/**
 * Days after a month's end until it counts as closed: clocks differ, and uploads decided on its last day arrive later.
 * What comes later still extends the segment.
 */
const GRACE_DAYS = 3
const DAY_MS = 86_400_000

/** When a month ends, milliseconds since 1970. */
export const monthEnd = (month: string): number => {
  const [year = 0, number = 0] = month.split('-').map(Number)
  return Date.UTC(year, number, 1)
}

/** Whether a month may be compacted now. */
export const isClosedMonth = (month: string, now: Date): boolean =>
  now.getTime() >= monthEnd(month) + GRACE_DAYS * DAY_MS

/** Lines of a segment without their line feeds, or null when it does not end in one or has an empty line. */
export const segmentLines = (bytes: Uint8Array): readonly Uint8Array[] | null => {
  const lines: Uint8Array[] = []
  let start = 0
  while (start < bytes.length) {
    const end = bytes.indexOf(LINE_FEED, start)
    if (end === -1 || end === start) return null
    lines.push(bytes.subarray(start, end))
    start = end + 1
  }
  return lines
}

/** A run file of a month, its bytes with the line feed. */
export interface MonthFile {
  readonly path: string
  readonly runId: string
  readonly bytes: Uint8Array
}

export interface Compaction {
  /** Null: nothing to fold, the segment stays as it is. */
  readonly segment: Uint8Array | null
  /** Files whose bytes are in the segment now. */
  readonly removed: readonly string[]
  /** Files that stay, and why. */
  readonly left: readonly { readonly path: string; readonly reason: 'full' | 'conflict' | 'damaged' }[]
}

/**
 * Folds run files into the segment of their month. The result depends on what there is and not on its order, and
 * compacting in several steps gives the same bytes as in one. `runIdOf` reads the id out of a line; null: it is no run.
 */
export const compactMonth = (
  segment: Uint8Array | null,
  files: readonly MonthFile[],
  limits: { readonly segmentBytes: number },
  runIdOf: (line: Uint8Array) => string | null,
): Compaction => {
  const lines = new Map<string, Uint8Array>()
  const unchanged = (reason: 'damaged'): Compaction => ({
    segment: null,
    removed: [],
    left: files.map(({ path }) => ({ path, reason })),
  })
  for (const line of segment === null ? [] : (segmentLines(segment) ?? [null])) {
    const runId = line === null ? null : runIdOf(line)
    if (line === null || runId === null || lines.has(runId)) return unchanged('damaged')
    lines.set(runId, line)
  }
  let size = segment?.length ?? 0
  const before = lines.size
  const removed: string[] = []
  const left: { path: string; reason: 'full' | 'conflict' | 'damaged' }[] = []
  for (const { path, runId, bytes } of [...files].sort(byRunId)) {
    const line = lineOf(bytes)
    const known = lines.get(runId)
    if (line === null || runIdOf(line) !== runId) left.push({ path, reason: 'damaged' })
    else if (known !== undefined && !sameBytes(known, line)) left.push({ path, reason: 'conflict' })
    else if (known === undefined && size + bytes.length > limits.segmentBytes) left.push({ path, reason: 'full' })
    else {
      if (known === undefined) size += bytes.length
      lines.set(runId, line)
      removed.push(path)
    }
  }
  if (removed.length === 0) return { segment: null, removed, left }
  // Files that were in the segment already are removed all the same; the segment itself then stays as it is.
  return { segment: lines.size === before ? null : joinLines(lines), removed: removed.sort(), left }
}

const byRunId = (left: MonthFile, right: MonthFile): number => (left.runId < right.runId ? -1 : 1)

const lineOf = (bytes: Uint8Array): Uint8Array | null =>
  bytes.length > 1 && bytes.indexOf(LINE_FEED) === bytes.length - 1 ? bytes.subarray(0, -1) : null

/** Lines by run id as a segment. */
export const joinLines = (lines: ReadonlyMap<string, Uint8Array>): Uint8Array => {
  const sorted = [...lines].sort(([left], [right]) => (left < right ? -1 : 1))
  const bytes = new Uint8Array(sorted.reduce((sum, [, line]) => sum + line.length + 1, 0))
  let at = 0
  for (const [, line] of sorted) {
    bytes.set(line, at)
    at += line.length
    bytes[at++] = LINE_FEED
  }
  return bytes
}

/** A line as a file of its own: with its line feed. */
export const withLineFeed = (line: Uint8Array): Uint8Array => {
  const bytes = new Uint8Array(line.length + 1)
  bytes.set(line)
  bytes[line.length] = LINE_FEED
  return bytes
}

export const sameBytes = (left: Uint8Array, right: Uint8Array): boolean =>
  left.length === right.length && left.every((byte, index) => byte === right[index])

// What follows `run_id` in a canonical run is short, and no string can hold this text: quotes inside are escaped.
const RUN_ID_KEY = '"run_id":"'

/** Run id of a canonical run, without parsing it; null when there is none. */
export const runIdOfLine = (line: Uint8Array): string | null => textAfter(line, RUN_ID_KEY, true)

/** Content hash of a canonical run: its first key. */
export const contentOfLine = (line: Uint8Array): string | null => textAfter(line, '"content_sha256":"', false)

const textAfter = (line: Uint8Array, key: string, last: boolean): string | null => {
  const text = latin1.decode(last ? line.subarray(-512) : line.subarray(0, 128))
  const at = last ? text.lastIndexOf(key) : text.indexOf(key)
  if (at === -1) return null
  const start = at + key.length
  const end = text.indexOf('"', start)
  return end === -1 ? null : text.slice(start, end)
}

const latin1 = new TextDecoder('latin1')
