import type { AssemblyFact } from '../../core/assembly/assembly.ts'
import { createLengthTally } from '../../core/assembly/length-tally.ts'
import type { AssemblyFormat, OutputConsumer, ReadingContext } from '../contract.ts'
import { headLines } from '../lines.ts'
import { readFasta } from './fasta-reader.ts'
import { createNameSet } from './name-set.ts'

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
  const { file } = context
  const tally = createLengthTally()
  const names = createNameSet()
  let [all, empty, repeated, nameless] = [0, 0, 0, 0]
  let firstRepeated = ''
  const reader = readFasta(context.findings, {
    header: (bytes, start, stop, line) => {
      all++
      if (stop === start) nameless++
      else if (!names.add(bytes, start, stop) && repeated++ === 0)
        firstRepeated = `${bytes.toString('utf8', start, Math.min(stop, start + 80))} on line ${String(line)}`
    },
    sequence: (counts) => {
      tally.add(counts)
      if (counts.length === 0) empty++
    },
  })
  return {
    block: (bytes, firstLine) => reader.block(bytes, firstLine),
    end: () => {
      reader.end()
      if (all === 0) context.warn(`${file} is empty; read as an assembly without contigs.`)
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
