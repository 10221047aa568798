import { type AlignedContig, type AlignmentBlock, blocksOf } from '../../core/assembly/alignment.ts'
import type { AssemblyFact } from '../../core/assembly/assembly.ts'
import type { AssemblyFormat, OutputConsumer, ReadingContext } from '../contract.ts'
import { eachLine, headLines } from '../lines.ts'

/** The twelve columns every line has; an unaligned contig has `*` for strand and reference. */
const LINE = /^[^\t]+\t\d+\t\d+\t\d+\t(?:[+-]\t[^\t]+|\*\t\*)\t\d+\t\d+\t\d+\t\d+\t\d+\t\d+(?:\t|$)/
const COLUMNS = 12
const DIFFERENCES = 'cs:Z:'

/** Alignments of contigs to a reference. */
export const paf: AssemblyFormat = {
  id: 'paf',
  title: 'PAF with differences',
  tool: 'minimap2 (`-c --cs --paf-no-hit`), which `benchmark` runs by itself where it is installed',
  kind: 'assembly',
  fileNames: ['*.paf'],
  columns: [],
  notes: [
    'The contigs are the queries, the reference the targets. Needs the tag `cs` (`--cs`), because it says which bases differ.',
    'Made with `minimap2 -x asm10 -c --cs --paf-no-hit -r 1000,1000 -p 0 -N 50 reference.fa contigs.fa`; without `--paf-no-hit` contigs that do not align are missing from it, and so from unaligned lengths.',
    'Lines of one contig stand together, as minimap2 writes them. Blocks are chosen among all alignments, secondary ones too.',
  ],
  sniff: (head) => {
    const first = headLines(head, 1)[0]
    return first !== undefined && LINE.test(first) ? 0.95 : 0
  },
  open: (context) => openPaf(context),
}

const openPaf = (context: ReadingContext<AssemblyFact>): OutputConsumer => {
  const { findings } = context
  const contigs: AlignedContig[] = []
  // Copied, and once for all lines: a piece of a text keeps all of that text in memory.
  const references = new Map<string, string>()
  const referenceOf = (name: string): string => {
    const known = references.get(name)
    if (known !== undefined) return known
    const copy = Buffer.from(name).toString()
    references.set(copy, copy)
    return copy
  }
  let current: { readonly name: string; readonly length: number; readonly blocks: AlignmentBlock[] } | null = null

  const readLine = (text: string, line: number): void => {
    const cells = text.split('\t')
    const column = (slot: number): number => 1 + cells.slice(0, slot).reduce((sum, cell) => sum + cell.length + 1, 0)
    if (cells.length < COLUMNS)
      return findings.add(`The line has ${cells.length} cells; ${COLUMNS} are needed.`, line, column(cells.length - 1))
    const number = (slot: number): number => {
      const cell = cells[slot] ?? ''
      if (/^\d{1,15}$/.test(cell)) return Number(cell)
      findings.add(`"${cell.slice(0, 40)}" is not a whole number.`, line, column(slot))
      return Number.NaN
    }
    const [name = '', , , , strand = '', reference = ''] = cells
    if (name === '') return findings.add('The contig has no name.', line, 1)
    const [length, start, end] = [number(1), number(2), number(3)]
    if (current?.name !== name || current.length !== length) {
      current = { name: Buffer.from(name).toString(), length, blocks: [] }
      contigs.push(current)
    }
    if (strand === '*') return
    const [referenceLength, referenceStart, referenceEnd] = [number(6), number(7), number(8)]
    if (strand !== '+' && strand !== '-')
      return findings.add(`The strand "${strand.slice(0, 40)}" is neither + nor -.`, line, column(4))
    if (start > end || end > length) return findings.add('The alignment lies outside of its contig.', line, column(2))
    if (referenceStart > referenceEnd || referenceEnd > referenceLength)
      return findings.add('The alignment lies outside of its reference.', line, column(7))
    const differences = cells.findIndex((cell, slot) => slot >= COLUMNS && cell.startsWith(DIFFERENCES))
    if (differences < 0)
      return findings.add('There is no tag cs.', line, column(COLUMNS - 1), 'run minimap2 with -c --cs')
    const placement = {
      reference: referenceOf(reference),
      referenceLength,
      start,
      end,
      referenceStart,
      referenceEnd,
      isReverse: strand === '-',
    }
    const blocks = blocksOf(placement, (cells[differences] ?? '').slice(DIFFERENCES.length))
    if (blocks === null)
      return findings.add('The tag cs does not fit the places that are aligned.', line, column(differences))
    current.blocks.push(...blocks)
  }

  return {
    block: (bytes, firstLine) =>
      eachLine(bytes, firstLine, (text, line) => {
        if (text.trim() !== '') readLine(text, line)
      }),
    end: () => {
      context.emit({ what: 'alignment', sample: null, line: 1, contigs })
    },
  }
}
