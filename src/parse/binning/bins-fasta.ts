import { basename } from 'node:path'
import { type NamedBinning, NO_BINS } from '../../core/binning/binning.ts'
import type { BinningFormat, OutputConsumer, ReadingContext } from '../contract.ts'
import { readFasta } from '../assembly/fasta-reader.ts'
import { createBinningBuilder } from './binning-builder.ts'

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
  let [name, headerLine] = ['', 0]
  const reader = readFasta(findings, {
    header: (bytes, start, stop, line) => {
      name = bytes.toString('utf8', start, stop)
      headerLine = line
      if (name === '') findings.add('The header line names no sequence.', line, 2)
    },
    sequence: ({ length }) => {
      const earlier = builder.add(name, bin, length, headerLine)
      if (earlier !== null && name !== '')
        findings.add(`The sequence ${name} is there already, on line ${earlier.line}.`, headerLine, 2)
    },
  })
  return {
    block: (bytes, firstLine) => reader.block(bytes, firstLine),
    end: () => {
      reader.end()
      if (isLeftOver) context.warn(`${file} is taken for what was not binned, because of its name: it is no bin.`)
      else if (headerLine === 0) context.warn(`${file} holds no sequences: the bin ${bin} is empty.`)
      context.emit({ sample: null, line: 1, ...(isLeftOver ? NO_BINS : builder.binning) })
    },
  }
}
