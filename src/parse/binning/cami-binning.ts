import type { NamedBinning } from '../../core/binning/binning.ts'
import type { BinningFormat, OutputConsumer, ReadingContext } from '../contract.ts'
import { columnOf, readSections } from '../cami-sections.ts'
import { headLines } from '../lines.ts'
import { type BinningBuilder, createBinningBuilder } from './binning-builder.ts'

/** Names of each column, current one first; letter case does not matter. */
const COLUMNS = {
  sequence: ['SEQUENCEID'],
  bin: ['BINID'],
  taxon: ['TAXID'],
  length: ['LENGTH', '_LENGTH'],
} as const
type Slots = Readonly<Record<keyof typeof COLUMNS, number>>

/** The exchange format for bins of CAMI and the bioboxes; also that of the truth of a binning dataset. */
export const camiBinning: BinningFormat = {
  id: 'cami-binning',
  title: 'CAMI (bioboxes) genome binning',
  tool: 'AMBER, CAMI participants and converters of many binners; also the truth of binning',
  kind: 'binning',
  fileNames: ['*.binning'],
  columns: [
    { names: COLUMNS.sequence, required: true, use: 'name of the contig, as in the truth' },
    { names: COLUMNS.bin, required: true, use: 'bin; in a truth the genome the sequence is from' },
    { names: COLUMNS.length, required: false, use: 'base pairs; a truth must have it' },
  ],
  notes: [
    'Headers before the columns: `@SampleID`, `@Version`; letter case and order do not matter. Releases 0.9 and 0.10 are read.',
    'Several samples may follow each other, each with its headers. A sample with headers and no rows has no bins.',
    'Lines beginning with `#` are comments. A sequence in two bins is refused.',
    'A file with TAXID and no BINID is a taxonomic binning, which is not scored.',
  ],
  sniff: (head) => (headLines(head, 200).some((line) => /^@@SEQUENCEID\b/i.test(line)) ? 1 : 0),
  open: (context) => openBinning(context),
}

const openBinning = (context: ReadingContext<NamedBinning>): OutputConsumer =>
  readSections<Slots, BinningBuilder>(context, {
    columnsLine: '@@SEQUENCEID BINID',
    example: 'for example @@SEQUENCEID, a tab, BINID',
    needsHeaders: false,
    begin: createBinningBuilder,
    columns: (names, line) => slotsOf(names, line, context),
    row: (cells, line, at, builder) => readRow(cells, line, at, builder, context),
    end: (sample, _headers, line, { binning }) => context.emit({ sample, line, ...binning }),
  })

const slotsOf = (names: readonly string[], line: number, { findings }: ReadingContext<NamedBinning>): Slots => {
  const slot = (column: keyof typeof COLUMNS): number =>
    names.findIndex((name) => (COLUMNS[column] as readonly string[]).includes(name))
  const [sequence, bin, taxon] = [slot('sequence'), slot('bin'), slot('taxon')]
  const tabHint = names.length === 1 ? 'columns must be separated by tabs' : undefined
  if (sequence < 0) findings.add('There is no column SEQUENCEID.', line, 1, tabHint)
  if (bin < 0 && taxon >= 0)
    findings.add(
      'There is no column BINID: this is a taxonomic binning (TAXID), and only genome bins are scored.',
      line,
      1,
      'add a column BINID that names the bin of each sequence',
    )
  else if (bin < 0) findings.add('There is no column BINID.', line, 1, tabHint)
  return { sequence, bin, taxon, length: slot('length') }
}

const readRow = (
  cells: readonly string[],
  line: number,
  at: Slots,
  builder: BinningBuilder,
  context: ReadingContext<NamedBinning>,
): void => {
  const { findings, file } = context
  const column = (slot: number): number => columnOf(cells, slot)
  const needed = Math.max(at.sequence, at.bin) + 1
  if (cells.length < needed)
    return findings.add(
      `The line has ${cells.length} cells; ${needed} are needed.`,
      line,
      column(cells.length - 1),
      cells.length === 1 ? 'columns must be separated by tabs' : undefined,
    )
  const sequence = (cells[at.sequence] ?? '').trim()
  const bin = (cells[at.bin] ?? '').trim()
  const stated = (cells[at.length] ?? '').trim()
  if (sequence === '') findings.add('The sequence is missing.', line, column(at.sequence))
  if (bin === '') findings.add('The bin is missing.', line, column(at.bin), 'leave out sequences that are in no bin')
  if (stated !== '' && !/^\d{1,15}$/.test(stated))
    return findings.add(
      `The length "${stated.slice(0, 40)}" is not a whole number of base pairs.`,
      line,
      column(at.length),
    )
  if (sequence === '' || bin === '') return
  const length = stated === '' ? null : Number(stated)
  const earlier = builder.add(sequence, bin, length, line)
  if (earlier === null) return
  if (earlier.bin !== bin)
    findings.add(
      `The sequence ${sequence} is in the bin ${bin} and, on line ${earlier.line}, in the bin ${earlier.bin}.`,
      line,
      column(at.bin),
      'a sequence may be in one bin only',
    )
  else if (earlier.length !== length)
    findings.add(`The sequence ${sequence} had another length on line ${earlier.line}.`, line, column(at.length))
  else context.warn(`${file}: some sequences are listed twice in their bin (first: line ${line}); they count once.`)
}
