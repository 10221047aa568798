import { basename } from 'node:path'
import { type NamedBinning, NO_BINS } from '../../core/binning/binning.ts'
import type { BinningFormat, OutputConsumer, ReadingContext } from '../contract.ts'
import { createBinningBuilder } from './binning-builder.ts'

const LINE_FEED = 10
const CARRIAGE_RETURN = 13
const GREATER = 62

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
  let current: { readonly sequence: string; readonly line: number } | null = null
  let length = 0

  const finish = (): void => {
    if (current === null) return
    const earlier = builder.add(current.sequence, bin, length, current.line)
    if (earlier !== null)
      findings.add(`The sequence ${current.sequence} is there already, on line ${earlier.line}.`, current.line, 2)
  }

  const readLine = (bytes: Buffer, start: number, end: number, line: number): void => {
    if (start === end) return
    if (bytes[start] !== GREATER) {
      if (current === null) {
        findings.add('The file does not begin with a header line (>).', line, 1, 'bins are FASTA files')
        findings.finish()
      }
      length += end - start
      return
    }
    finish()
    const sequence = /^\S*/.exec(bytes.toString('utf8', start + 1, end))?.[0] ?? ''
    if (sequence === '') findings.add('The header line names no sequence.', line, 2)
    current = { sequence, line }
    length = 0
  }

  const isLeftOver = LEFT_OVER.test(bin)
  return {
    block: (bytes, firstLine) => {
      let line = firstLine
      for (let start = 0; start < bytes.length; line++) {
        const feed = bytes.indexOf(LINE_FEED, start)
        const end = feed < 0 ? bytes.length : feed
        readLine(bytes, start, bytes[end - 1] === CARRIAGE_RETURN && end > start ? end - 1 : end, line)
        start = end + 1
      }
      return line - firstLine
    },
    end: () => {
      finish()
      if (isLeftOver) {
        context.warn(`${file} is taken for what was not binned, because of its name: it is no bin.`)
        context.emit({ sample: null, line: 1, ...NO_BINS })
        return
      }
      if (current === null) context.warn(`${file} holds no sequences: the bin ${bin} is empty.`)
      context.emit({ sample: null, line: 1, ...builder.binning })
    },
  }
}
