/** Keeps a log file below a size while the program writes on: head and tail stay, the middle is counted. */
import {
  closeSync,
  copyFileSync,
  createReadStream,
  createWriteStream,
  existsSync,
  fstatSync,
  ftruncateSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { pipeline } from 'node:stream/promises'

const MOST_HEAD_BYTES = 2 ** 20
const MOST_TAIL_BYTES = 8 * 2 ** 20

export interface LogCap {
  readonly path: string
  readonly limitBytes: number
  /** Written by the program and kept nowhere any more. */
  droppedBytes: number
}

const sizes = (limitBytes: number): { headBytes: number; tailBytes: number } => ({
  headBytes: Math.min(MOST_HEAD_BYTES, Math.floor(limitBytes / 8)),
  tailBytes: Math.min(MOST_TAIL_BYTES, Math.floor(limitBytes / 2)),
})

const head = (path: string): string => `${path}.head`
const tail = (path: string): string => `${path}.tail`

const piece = (fd: number, from: number, length: number): Buffer => {
  const bytes = Buffer.allocUnsafe(length)
  return bytes.subarray(0, readSync(fd, bytes, 0, length, from))
}

/** Empties the file when it has passed its limit. Works because the program appends (O_APPEND): no hole is left. */
export const enforceLogCap = (log: LogCap): void => {
  const size = statSync(log.path, { throwIfNoEntry: false })?.size ?? 0
  if (size <= log.limitBytes) return
  const { headBytes, tailBytes } = sizes(log.limitBytes)
  const fd = openSync(log.path, 'r+')
  try {
    if (!existsSync(head(log.path))) {
      writeFileSync(head(log.path), piece(fd, 0, headBytes))
      log.droppedBytes -= headBytes
    }
    const tailBefore = statSync(tail(log.path), { throwIfNoEntry: false })?.size ?? 0
    const end = fstatSync(fd).size
    writeFileSync(tail(log.path), piece(fd, Math.max(0, end - tailBytes), tailBytes))
    log.droppedBytes += end - Math.min(end, tailBytes) + tailBefore
    // Copying took its time. What is written between this look and the next line is lost uncounted: "at least".
    const grown = fstatSync(fd).size
    if (grown > end) writeFileSync(tail(log.path), piece(fd, end, grown - end), { flag: 'a' })
    ftruncateSync(fd, 0)
  } finally {
    closeSync(fd)
  }
}

/** After the program's end: head, a line about the gap, tail and rest become one file again. */
export const joinLog = async (log: LogCap): Promise<void> => {
  if (!existsSync(head(log.path))) return
  const whole = `${log.path}.joined`
  copyFileSync(head(log.path), whole)
  const { tailBytes } = sizes(log.limitBytes)
  const rest = statSync(log.path, { throwIfNoEntry: false })?.size ?? 0
  const tailSize = statSync(tail(log.path), { throwIfNoEntry: false })?.size ?? 0
  const fromTail = Math.max(0, Math.min(tailSize, tailBytes - rest))
  log.droppedBytes += tailSize - fromTail + Math.max(0, rest - tailBytes)
  writeFileSync(whole, `\n[benchmark: at least ${log.droppedBytes} bytes of this log were dropped here]\n`, {
    flag: 'a',
  })
  const append = (path: string, from: number): Promise<void> =>
    pipeline(createReadStream(path, { start: from }), createWriteStream(whole, { flags: 'a' }))
  if (fromTail > 0) await append(tail(log.path), tailSize - fromTail)
  if (rest > 0) await append(log.path, Math.max(0, rest - tailBytes))
  renameSync(whole, log.path)
  rmSync(head(log.path), { force: true })
  rmSync(tail(log.path), { force: true })
}
