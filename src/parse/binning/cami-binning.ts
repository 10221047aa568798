import type { NamedBinning } from '../../core/binning/binning.ts'
import type { BinningFormat, OutputConsumer, ReadingContext } from '../contract.ts'
import { eachLine, headLines } from '../lines.ts'
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

/** One sample: what its headers have said so far, and its rows. */
interface Section {
  readonly headers: Map<string, string>
  readonly line: number
  slots: Slots | null
  readonly builder: BinningBuilder
}

const openBinning = (context: ReadingContext<NamedBinning>): OutputConsumer => {
  const { findings } = context
  const firstLines = new Map<string | null, number>()
  let section: Section | null = null

  const begin = (line: number): Section => ({ headers: new Map(), line, slots: null, builder: createBinningBuilder() })

  const finish = (): void => {
    if (section === null) return
    const { headers, line, slots, builder } = section
    section = null
    const sample = headers.get('SAMPLEID') ?? null
    if (slots === null) findings.add('The headers are not followed by a line @@SEQUENCEID BINID.', line, 1)
    const earlier = firstLines.get(sample)
    if (earlier !== undefined)
      findings.add(
        sample === null
          ? `A second sample begins here (the first: line ${earlier}), and neither is named.`
          : `The sample ${sample} is there twice; the first time on line ${earlier}.`,
        line,
        1,
        'each sample has an @SampleID of its own',
      )
    firstLines.set(sample, earlier ?? line)
    const version = headers.get('VERSION')
    if (version !== undefined && !/^0\.(?:9|10)(?:\.|$)/.test(version))
      context.warn(`${context.file}: format version ${version} is read as 0.10.`)
    context.emit({ sample, line, ...builder.binning })
  }

  const readHeader = (text: string, line: number): void => {
    // A header behind the columns opens the next sample.
    if (section !== null && section.slots !== null) finish()
    section ??= begin(line)
    const colon = text.indexOf(':')
    if (colon < 0) return findings.add('A header has the form @Name:value.', line, 1)
    const value = text.slice(colon + 1).trim()
    if (value !== '') section.headers.set(text.slice(1, colon).trim().toUpperCase(), value)
  }

  const readColumns = (text: string, line: number): void => {
    const before = findings.count
    if (section !== null && section.slots !== null)
      findings.add('A second line of columns; each sample has headers of its own.', line, 1)
    section ??= begin(line)
    const names = text
      .slice(2)
      .split('\t')
      .map((name) => name.trim().toUpperCase())
    const slot = (column: keyof typeof COLUMNS): number =>
      names.findIndex((name) => (COLUMNS[column] as readonly string[]).includes(name))
    section.slots = { sequence: slot('sequence'), bin: slot('bin'), taxon: slot('taxon'), length: slot('length') }
    const { sequence, bin, taxon } = section.slots
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
    // Without its columns no row can be read.
    if (findings.count > before) findings.finish()
  }

  return {
    block: (bytes, firstLine) =>
      eachLine(bytes, firstLine, (text, line) => {
        if (text.startsWith('#') || text.trim() === '') return
        if (text.startsWith('@@')) readColumns(text, line)
        else if (text.startsWith('@')) readHeader(text, line)
        else if (section === null || section.slots === null) {
          findings.add('A row stands before the line of columns (@@SEQUENCEID …).', line, 1)
          findings.finish()
        } else readRow(text.split('\t'), line, section.slots, section.builder, context)
      }),
    end: () => {
      finish()
      if (firstLines.size === 0)
        findings.add('There are neither headers nor rows.', 1, 1, 'for example @@SEQUENCEID, a tab, BINID')
    },
    namesSamples: () => firstLines.size > 0 && !firstLines.has(null),
  }
}

const readRow = (
  cells: readonly string[],
  line: number,
  at: Slots,
  builder: BinningBuilder,
  context: ReadingContext<NamedBinning>,
): void => {
  const { findings, file } = context
  const column = (slot: number): number =>
    1 + cells.slice(0, slot).reduce((length, cell) => length + cell.length + 1, 0)
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
