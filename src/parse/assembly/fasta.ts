import { createLengthTally } from '../../core/assembly/length-tally.ts'
import type { AssemblyFormat, OutputConsumer, ReadingContext } from '../contract.ts'
import type { AssemblyFact } from '../../core/assembly/assembly.ts'
import { headLines } from '../lines.ts'
import { type BaseCounts, countBases } from './base-counter.ts'
import { createNameSet } from './name-set.ts'

const [FEED, RETURN, BLANK, TAB, MARK, AT_SIGN] = [10, 13, 32, 9, 62, 64] as const
const LONGEST_HEADER = 1024 * 1024
const PROTEIN_ONLY = /[EFILPQZJOX*]/i

/** Contigs, scaffolds or genomes as nucleotides. */
export const fasta: AssemblyFormat = {
  id: 'fasta',
  title: 'FASTA of nucleotides',
  tool: 'every assembler (MEGAHIT `final.contigs.fa`, SPAdes `scaffolds.fasta`, Flye `assembly.fasta`, …)',
  kind: 'assembly',
  fileNames: ['*.fa', '*.fasta', '*.fna', '*.fa.gz'],
  columns: [],
  notes: [
    'Lengths and bases are counted; the sequences are not kept, so any size can be read. Lines may have any length.',
    'Lower case is read like upper case, U like T. N and the other ambiguity codes (RYSWKMBDHV) are bases that are not known, as in QUAST. Line ends, blanks and tabs have no length.',
    'A name is the first word of a header. Names that occur twice are warned of, and counted twice.',
    'An empty file is an assembly without contigs. Proteins, gaps and FASTQ are refused.',
  ],
  // FASTQ too: its refusal says what is wrong, where "no known format" would not.
  sniff: (head) => (/^\s*>/.test(head) || isFastq(head) ? 1 : 0),
  open: (context) => openFasta(context),
}

const isFastq = (head: string): boolean => {
  const [name, , separator] = headLines(head, 3)
  return name?.startsWith('@') === true && separator?.startsWith('+') === true
}

const openFasta = (context: ReadingContext<AssemblyFact>): OutputConsumer => {
  const { file, findings } = context
  const tally = createLengthTally()
  const names = createNameSet()
  let counts: BaseCounts = { length: 0, gc: 0, at: 0, lineFeeds: 0 }
  let state: 'before' | 'header' | 'sequence' = 'before'
  /** Beginning of a header that a block ended in. */
  let header: Buffer | null = null
  let isLineStart = true
  /** Bytes of the line at hand that stand in earlier blocks. */
  let columnsBefore = 0
  let [empty, repeated, nameless] = [0, 0, 0]
  let firstRepeated = ''

  const refuse = (bytes: Buffer, place: number, firstLine: number, message: string, hint?: string): void => {
    const line = firstLine + feedsIn(bytes, 0, place)
    const lineStart = place === 0 ? -1 : bytes.lastIndexOf(FEED, place - 1)
    findings.add(message, line, lineStart < 0 ? columnsBefore + place + 1 : place - lineStart, hint)
    findings.finish()
  }

  const finishContig = (): void => {
    if (state === 'before') return
    tally.add(counts)
    if (counts.length === 0) empty++
    counts = { length: 0, gc: 0, at: 0, lineFeeds: 0 }
  }

  // `start` is behind the >.
  const takeHeader = (bytes: Buffer, start: number, end: number, line: number): void => {
    let stop = start
    while (stop < end && bytes[stop] !== BLANK && bytes[stop] !== TAB && bytes[stop] !== RETURN) stop++
    if (stop === start) nameless++
    else if (!names.add(bytes, start, stop) && repeated++ === 0)
      firstRepeated = `${bytes.toString('utf8', start, Math.min(stop, start + 80))} on line ${String(line)}`
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
        if (header === null) takeHeader(bytes, at, end, line)
        else takeHeader(header, 0, header.length, line)
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
      finishContig()
      state = 'header'
      at++
    }
    const lastFeed = bytes.lastIndexOf(FEED)
    columnsBefore = lastFeed < 0 ? columnsBefore + bytes.length : bytes.length - lastFeed - 1
    return line - firstLine
  }

  return {
    block,
    end: () => {
      if (header !== null) takeHeader(header, 0, header.length, 0)
      finishContig()
      if (state === 'before') context.warn(`${file} is empty; read as an assembly without contigs.`)
      if (empty > 0) context.warn(`${file}: ${sequences(empty)} of no length.`)
      if (nameless > 0) context.warn(`${file}: ${sequences(nameless)} without a name.`)
      if (repeated > 0)
        context.warn(`${file}: ${sequences(repeated)} with the name of an earlier one, the first ${firstRepeated}.`)
      context.emit({ what: 'contigs', sample: null, line: 1, lengths: tally.lengths() })
    },
  }
}

const sequences = (count: number): string =>
  count === 1 ? 'there is 1 sequence' : `there are ${String(count)} sequences`

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
