import { isUtf8 } from 'node:buffer'
import { readFileSync, type Stats, statSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { pipeline, Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { Problem } from '../core/problem.ts'
import { runOfOutputs } from '../core/prune/prunable-names.ts'

/** Smaller ones cost more calls, larger ones fall out of the processor's cache while they are read. */
const CHUNK_BYTES = 1024 * 1024
/** So much is read at once: having another thread do it takes longer than the reading of a chunk. */
const READ_BYTES = 4 * CHUNK_BYTES
const HEAD_BYTES = 64 * 1024
/** RGI and StarAMR put whole sequences into cells, so lines of many kilobytes are normal; these are not. */
const LONGEST_LINE_BYTES = 16 * 1024 * 1024
/** A line of JSON is gathered up to this length, then read piece by piece. */
const SHORT_LINE_BYTES = 64 * 1024
const LINE_FEED = 10

/** A text file opened for one pass, decompressed on the way. */
export interface TextFile {
  readonly file: string
  /** The beginning, for recognising the format. */
  readonly head: string
  /**
   * Hands over the text in blocks of whole lines (only the last may lack its line feed); JSON and FASTA, where lines may
   * be endless, in blocks cut between any two characters. `take` answers how many lines the block ended, so that
   * faults of later blocks can be located. A block is gone when `take` returns.
   */
  each(take: (block: Buffer, firstLine: number) => number): Promise<void>
  close(): Promise<void>
}

/** Opens a text file. Throws `E_NOT_FOUND` for a missing file and `E_INPUT` for what is not UTF-8 text. */
export const openTextFile = async (file: string): Promise<TextFile> => {
  const info = requireFile(file)
  // A pipe has size 0, however much comes out of it.
  const isSmall = info.isFile() && info.size <= CHUNK_BYTES
  return openChunks(file, decompressed(file, isSmall ? wholeFile(file) : chunksOf(file)))
}

/** The same for text that is at hand in pieces; `file` is what faults call it. */
export const openChunks = async (file: string, chunks: AsyncGenerator<Buffer, void, undefined>): Promise<TextFile> => {
  const blocks = wholeLines(chunks)
  const opening = await openingOf(file, blocks)
  return {
    file,
    head: opening?.toString('utf8', 0, HEAD_BYTES) ?? '',
    each: async (take) => {
      if (opening === undefined) return
      let line = 1 + take(opening, 1)
      for await (const block of blocks) line += take(checked(file, block, line), line)
    },
    close: async () => {
      await blocks.return(undefined)
    },
  }
}

const openingOf = async (
  file: string,
  blocks: AsyncGenerator<Buffer, void, undefined>,
): Promise<Buffer | undefined> => {
  try {
    const first = await blocks.next()
    return first.done === true ? undefined : withoutMark(checked(file, first.value, 1))
  } catch (error) {
    // Nobody will close a file that could not be opened.
    await blocks.return(undefined)
    throw error
  }
}

const requireFile = (file: string): Stats => {
  let info: Stats
  try {
    info = statSync(file)
  } catch (cause) {
    throw new Problem('E_NOT_FOUND', `There is no file ${file}.`, {
      cause,
      hints: [prunedHint(file) ?? 'Check the path.'],
    })
  }
  if (info.isDirectory()) throw new Problem('E_INPUT', `${file} is a folder; a file is needed.`, { location: { file } })
  return info
}

async function* decompressed(
  file: string,
  chunks: AsyncGenerator<Buffer, void, undefined>,
): AsyncGenerator<Buffer, void, undefined> {
  try {
    const first = await chunks.next()
    if (first.done === true) return
    if (first.value[0] !== 0x1f || first.value[1] !== 0x8b) {
      yield first.value
      yield* chunks
      return
    }
    const gunzip = createGunzip({ chunkSize: CHUNK_BYTES })
    const copies = async function* (): AsyncGenerator<Buffer, void, undefined> {
      yield Buffer.from(first.value)
      for await (const chunk of chunks) yield Buffer.from(chunk)
    }
    // The error arrives through the iteration below; the callback only keeps it from being thrown twice.
    pipeline(Readable.from(copies()), gunzip, () => undefined)
    for await (const chunk of gunzip) yield chunk as Buffer
  } catch (cause) {
    throw unreadable(file, cause)
  } finally {
    await chunks.return(undefined)
  }
}

// Waiting for another thread takes longer than reading a small file.
// eslint-disable-next-line @typescript-eslint/require-await
async function* wholeFile(file: string): AsyncGenerator<Buffer, void, undefined> {
  const bytes = readFileSync(file)
  if (bytes.length > 0) yield bytes
}

// Two buffers in turns: the next one is read while the chunks of one are worked on, which are gone when the one after them is
// asked for. A fresh buffer for each costs more than the reading.
async function* chunksOf(file: string): AsyncGenerator<Buffer, void, undefined> {
  const handle = await open(file)
  let reading: ReturnType<typeof handle.read> | undefined
  try {
    const buffers = [Buffer.allocUnsafeSlow(READ_BYTES), Buffer.allocUnsafeSlow(READ_BYTES)] as const
    for (let turn = 0; ; turn = 1 - turn) {
      const { bytesRead, buffer } = await (reading ?? handle.read(buffers[0], 0, READ_BYTES, null))
      if (bytesRead === 0) return
      reading = handle.read(buffers[turn === 0 ? 1 : 0], 0, READ_BYTES, null)
      // A failure is thrown when its turn has come; until then it is nobody's.
      reading.catch(() => undefined)
      for (let at = 0; at < bytesRead; at += CHUNK_BYTES)
        yield (buffer as Buffer).subarray(at, Math.min(at + CHUNK_BYTES, bytesRead))
    }
  } finally {
    await reading?.catch(() => undefined)
    await handle.close()
  }
}

const unreadable = (file: string, cause: unknown): Problem => {
  const { code, message } = cause as NodeJS.ErrnoException
  const compressed = code?.startsWith('Z_') === true
  const denied = code === 'EACCES' || code === 'EPERM'
  const why = compressed ? `its gzip data are damaged or end early (${message})` : denied ? 'access is denied' : message
  const hints = compressed
    ? ['Copy or create the file again; `gzip -t` tells whether it is whole.']
    : denied
      ? ['Give yourself the permission to read it (chmod, chown).']
      : []
  return new Problem('E_INPUT', `${file} cannot be read: ${why}.`, { cause, hints, location: { file } })
}

async function* wholeLines(chunks: AsyncGenerator<Buffer, void, undefined>): AsyncGenerator<Buffer, void, undefined> {
  let rest: Buffer | undefined
  let isEndless: boolean | undefined
  for await (const chunk of chunks) {
    isEndless ??= /^(?:\xef\xbb\xbf)?\s*[[{>]/.test(chunk.toString('latin1', 0, 1024))
    const afterFeed = chunk.lastIndexOf(LINE_FEED) + 1
    // JSON and sequences may be one line of any length. They, too, are cut between lines where they have any.
    const cut = isEndless && afterFeed === 0 && chunk.length > SHORT_LINE_BYTES ? afterLastAscii(chunk) : afterFeed
    if (cut > 0) {
      // Only the line that spans two chunks is put together; the others are read where they are.
      const joined = rest === undefined ? 0 : afterFeed === 0 ? cut : chunk.indexOf(LINE_FEED) + 1
      if (rest !== undefined) yield Buffer.concat([rest, chunk.subarray(0, joined)])
      rest = undefined
      if (joined < cut) yield chunk.subarray(joined, cut)
    }
    if (cut < chunk.length) {
      const tail = chunk.subarray(cut)
      rest = rest === undefined ? Buffer.from(tail) : Buffer.concat([rest, tail])
    }
    // An endless line must not be gathered to its end; whoever checks it will say where it is.
    if (rest !== undefined && rest.length > LONGEST_LINE_BYTES) break
  }
  if (rest !== undefined) yield rest
}

// A cut after an ASCII byte never falls inside a character.
const afterLastAscii = (chunk: Buffer): number => {
  let cut = chunk.length
  while (cut > 0 && (chunk[cut - 1] ?? 0) > 0x7f) cut--
  return cut
}

const checked = (file: string, bytes: Buffer, firstLine: number): Buffer => {
  if (bytes.length > LONGEST_LINE_BYTES && !bytes.includes(LINE_FEED))
    throw new Problem('E_INPUT', `${file} has a line of more than ${LONGEST_LINE_BYTES / 1024 / 1024} MiB.`, {
      location: { file, line: firstLine, column: 1 },
      hints: ['No tool writes such lines: check that this is the report and that its line ends are LF or CRLF.'],
    })
  const nul = bytes.indexOf(0)
  if (nul >= 0) throw notText(file, bytes, nul, firstLine, 'a NUL byte', textHint(bytes, firstLine))
  if (!isUtf8(bytes)) throw notText(file, bytes, firstInvalidByte(bytes), firstLine, 'bytes that are not UTF-8')
  return bytes
}

const withoutMark = (bytes: Buffer): Buffer =>
  bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes

const textHint = (bytes: Buffer, firstLine: number): string | undefined =>
  firstLine === 1 && bytes.length > 1 && [0xfffe, 0xfeff].includes(bytes.readUInt16BE(0))
    ? 'It looks like UTF-16: save it as UTF-8.'
    : undefined

const notText = (file: string, bytes: Buffer, at: number, firstLine: number, what: string, hint?: string): Problem => {
  let line = firstLine
  let lineStart = 0
  for (let next = bytes.indexOf(LINE_FEED); next >= 0 && next < at; next = bytes.indexOf(LINE_FEED, lineStart)) {
    line++
    lineStart = next + 1
  }
  return new Problem('E_INPUT', `${file} is not a text file: there are ${what}.`.replace('are a NUL', 'is a NUL'), {
    location: { file, line, column: at - lineStart + 1 },
    hints: [hint ?? 'Give the plain or gzip-compressed report of the tool, encoded as UTF-8.'],
  })
}

// Only runs on blocks already known to be invalid: halve until the longest valid prefix is found.
const firstInvalidByte = (bytes: Buffer): number => {
  const fatal = new TextDecoder('utf-8', { fatal: true })
  const isValidPrefix = (length: number): boolean => {
    try {
      // Streaming mode accepts a character cut off at the end of the prefix.
      fatal.decode(bytes.subarray(0, length), { stream: true })
      return true
    } catch {
      return false
    } finally {
      try {
        fatal.decode()
      } catch {
        // Flushing the cut-off character of a valid prefix; the decoder is reset either way.
      }
    }
  }
  let valid = 0
  let invalid = bytes.length
  while (invalid - valid > 1) {
    const middle = (valid + invalid) >>> 1
    if (isValidPrefix(middle)) valid = middle
    else invalid = middle
  }
  return valid
}

/** What to say of a file that is not there, but stood among the outputs of a run. */
const prunedHint = (file: string): string | null => {
  const runId = runOfOutputs(file)
  return runId && `If it was an output of run ${runId}: \`benchmark show ${runId}\` says whether they were pruned.`
}
