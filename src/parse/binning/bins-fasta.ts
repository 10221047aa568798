import { basename } from 'node:path'
import { type NamedBinning, NO_BINS } from '../../core/binning/binning.ts'
import type { BinningFormat, OutputConsumer, ReadingContext } from '../contract.ts'
import { type BaseCounts, countBases } from '../assembly/base-counter.ts'
import { createBinningBuilder } from './binning-builder.ts'

const LINE_FEED = 10
const GREATER = 62
const LONGEST_HEADER = 1024 * 1024

/** What binners write: a FASTA file for each bin. */
export const binsFasta: BinningFormat = {
  id: 'bins-fasta',
  title: 'folder of bins as FASTA files',
  tool: 'MetaBAT, MaxBin, CONCOCT, SemiBin, DAS Tool and other binners, nf-core/mag',
  kind: 'binning',
  fileNames: ['bins/*.fa', 'bins/*.fasta', 'bins/*.fna', 'bins/*.fa.gz'],
  columns: [
    { names: ['name of the file'], required: true, use: 'bin: the name without its ending' },
    { names: ['header line'], required: true, use: 'sequence: from `>` to the first blank' },
  ],
  notes: [
    'Each file is a bin. Give a folder (all files in it that end in `.fa`, `.fasta`, `.fna`, also with `.gz`) or, in the outputs of a pipeline, a pattern such as `bins/*.fa`.',
    'Files named like `bin.unbinned.fa`, `.tooShort`, `.lowDepth` (MetaBAT) or `.noclass` (MaxBin) are no bins, and a warning says so.',
    'A single file is never taken for a bin unless the format is given, because it may be an assembly.',
  ],
  sniff: () => 0,
  open: (context) => openBin(context),
}

/** Name of a bin: that of its file without endings. */
const binName = (file: string): string => basename(file).replace(/(?:\.(?:fa|fna|fasta))?(?:\.gz)?$/i, '')

/** Endings that binners give to files of what they could not bin: MetaBAT, MaxBin. */
const LEFT_OVER = /(?:^|[._-])(?:unbinned|tooShort|lowDepth|noclass)$/i

/** Whether a file in a folder of bins is one. */
export const isFastaName = (name: string): boolean => /\.(?:fa|fna|fasta)(?:\.gz)?$/i.test(name)

const openBin = (context: ReadingContext<NamedBinning>): OutputConsumer => {
  const { file, findings } = context
  const builder = createBinningBuilder()
  const bin = binName(file)
  const isLeftOver = LEFT_OVER.test(bin)
  const counts: BaseCounts = { length: 0, gc: 0, at: 0, lineFeeds: 0 }
  let sequence: { readonly name: string; readonly line: number } | null = null
  /** Beginning of a header that a block ended in; null outside of headers. */
  let header: string | null = null
  let lastLine = 1

  const finish = (): void => {
    if (sequence === null) return
    const { name, line } = sequence
    const earlier = builder.add(name, bin, counts.length, line)
    if (earlier !== null) findings.add(`The sequence ${name} is there already, on line ${earlier.line}.`, line, 2)
  }

  const begin = (text: string, line: number): void => {
    finish()
    const name = /^\S*/.exec(text)?.[0] ?? ''
    if (name === '') findings.add('The header line names no sequence.', line, 2)
    sequence = { name, line }
    counts.length = 0
  }

  const refuse = (message: string, line: number, hint: string): never => {
    findings.add(message, line, 1, hint)
    findings.finish()
    throw new Error('findings.finish() throws')
  }

  // Lines may be endless, so that a block may end anywhere.
  const block = (bytes: Buffer, firstLine: number): number => {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
    let line = firstLine
    for (let at = 0; at < bytes.length;) {
      if (header !== null) {
        const feed = bytes.indexOf(LINE_FEED, at)
        header += bytes.toString('utf8', at, feed < 0 ? bytes.length : feed)
        if (header.length > LONGEST_HEADER) refuse('A header is too long.', line, 'line ends must be LF or CRLF')
        if (feed < 0) break
        begin(header, line)
        header = null
        at = feed + 1
        line++
        continue
      }
      const mark = bytes.indexOf(GREATER, at)
      const stop = mark < 0 ? bytes.length : mark
      const lengthBefore = counts.length
      const strange = countBases(view, at, stop, counts)
      line += counts.lineFeeds
      counts.lineFeeds = 0
      if (strange >= 0) refuse('There is something that is no nucleotide.', line, 'bins are FASTA files of nucleotides')
      if (sequence === null && counts.length > lengthBefore)
        refuse('The first sequence has no header line (>).', line, 'bins are FASTA files')
      if (mark >= 0) header = ''
      at = stop + 1
    }
    lastLine = line
    return line - firstLine
  }

  return {
    block,
    end: () => {
      if (header !== null) begin(header, lastLine)
      finish()
      if (isLeftOver) context.warn(`${file} is taken for what was not binned, because of its name: it is no bin.`)
      else if (sequence === null) context.warn(`${file} holds no sequences: the bin ${bin} is empty.`)
      context.emit({ sample: null, line: 1, ...(isLeftOver ? NO_BINS : builder.binning) })
    },
  }
}
