import type { Findings } from '../findings.ts'
import type { OutputConsumer } from '../contract.ts'
import { type BaseCounts, countBases } from './base-counter.ts'

const [FEED, RETURN, BLANK, TAB, MARK, AT_SIGN] = [10, 13, 32, 9, 62, 64] as const
const LONGEST_HEADER = 1024 * 1024
const PROTEIN_ONLY = /[EFILPQZJOX*]/i

/** What becomes of the sequences of a FASTA. */
export interface FastaHandlers {
  /** A header; its first word, which may be empty, stands between `start` and `stop`. */
  header(bytes: Buffer, start: number, stop: number, line: number): void
  /** The bases behind the last header. */
  sequence(counts: BaseCounts): void
}

/**
 * Reads nucleotides of any size in lines of any length: a block may end anywhere. What is no nucleotide FASTA goes to the
 * findings with line and column, and stops the reading.
 */
export const readFasta = (findings: Findings, handlers: FastaHandlers): OutputConsumer => {
  let counts: BaseCounts = { length: 0, gc: 0, at: 0, lineFeeds: 0 }
  let state: 'before' | 'header' | 'sequence' = 'before'
  /** Beginning of a header that a block ended in, and its line. */
  let header: Buffer | null = null
  let headerLine = 1
  let isLineStart = true
  /** Bytes of the line at hand that stand in earlier blocks. */
  let columnsBefore = 0

  const refuse = (bytes: Buffer, place: number, firstLine: number, message: string, hint?: string): void => {
    const line = firstLine + feedsIn(bytes, 0, place)
    const lineStart = place === 0 ? -1 : bytes.lastIndexOf(FEED, place - 1)
    findings.add(message, line, lineStart < 0 ? columnsBefore + place + 1 : place - lineStart, hint)
    findings.finish()
  }

  const finishSequence = (): void => {
    if (state === 'before') return
    handlers.sequence(counts)
    counts = { length: 0, gc: 0, at: 0, lineFeeds: 0 }
  }

  // `start` is behind the >.
  const takeHeader = (bytes: Buffer, start: number, end: number): void => {
    let stop = start
    while (stop < end && bytes[stop] !== BLANK && bytes[stop] !== TAB && bytes[stop] !== RETURN) stop++
    handlers.header(bytes, start, stop, headerLine)
  }

  const block = (bytes: Buffer, firstLine: number): number => {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
    let line = firstLine
    let at = 0
    while (at < bytes.length) {
      if (state === 'header') {
        const end = bytes.indexOf(FEED, at)
        const part = bytes.subarray(at, end < 0 ? bytes.length : end)
        if (end < 0 || header !== null) header = header === null ? Buffer.from(part) : Buffer.concat([header, part])
        if (header !== null && header.length > LONGEST_HEADER)
          refuse(bytes, at, firstLine, 'A header is longer than 1 MiB.', 'line ends must be LF or CRLF')
        if (end < 0) break
        if (header === null) takeHeader(bytes, at, end)
        else takeHeader(header, 0, header.length)
        header = null
        state = 'sequence'
        line++
        at = end + 1
        isLineStart = true
        continue
      }
      const mark = bytes.indexOf(MARK, at)
      const stop = mark < 0 ? bytes.length : mark
      const strange = state === 'before' ? firstSolid(bytes, at, stop) : countBases(view, at, stop, counts)
      if (strange >= 0) refuse(bytes, strange, firstLine, ...strangeByte(bytes, strange, state))
      if (state === 'before') line += feedsIn(bytes, at, stop)
      line += counts.lineFeeds
      counts.lineFeeds = 0
      if (stop > at) isLineStart = bytes[stop - 1] === FEED
      at = stop
      if (mark < 0) break
      if (!isLineStart) refuse(bytes, mark, firstLine, 'There is a > within a sequence.', 'a line end may be missing')
      finishSequence()
      state = 'header'
      headerLine = line
      at++
    }
    const lastFeed = bytes.lastIndexOf(FEED)
    columnsBefore = lastFeed < 0 ? columnsBefore + bytes.length : bytes.length - lastFeed - 1
    return line - firstLine
  }

  return {
    block,
    end: () => {
      if (state === 'header') takeHeader(header ?? Buffer.alloc(0), 0, header?.length ?? 0)
      finishSequence()
    },
  }
}

/** The first byte that is not blank, or -1. */
const firstSolid = (bytes: Buffer, start: number, end: number): number => {
  for (let at = start; at < end; at++) if (![FEED, RETURN, BLANK, TAB].includes(bytes[at] as typeof FEED)) return at
  return -1
}

const feedsIn = (bytes: Buffer, start: number, end: number): number => {
  let feeds = 0
  for (let feed = bytes.indexOf(FEED, start); feed >= 0 && feed < end; feed = bytes.indexOf(FEED, feed + 1)) feeds++
  return feeds
}

const strangeByte = (bytes: Buffer, at: number, state: string): [message: string, hint: string | undefined] => {
  if (state === 'before' && bytes[at] === AT_SIGN)
    return ['The file begins like FASTQ: these are reads, not contigs.', 'give the FASTA that the assembler wrote']
  const letter = String.fromCharCode(bytes[at] ?? 0)
  const shown = /^[\x21-\x7e]$/.test(letter) ? `"${letter}"` : `the byte 0x${(bytes[at] ?? 0).toString(16)}`
  if (state === 'before') return [`The file begins with ${shown}, not with a header.`, 'headers begin with >']
  if (PROTEIN_ONLY.test(letter))
    return [`${shown} is no nucleotide; this looks like a protein.`, 'contigs are needed, as nucleotides']
  return [
    `${shown} is no nucleotide.`,
    letter === '-' || letter === '.' ? 'gaps are written in alignments; give the contigs themselves' : undefined,
  ]
}
