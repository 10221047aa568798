import { ABUNDANCE_TYPES, type NamedProfile } from '../../core/profile/profile.ts'
import { canonicalRank } from '../../core/profile/ranks.ts'
import type { OutputConsumer, ProfileFormat, ReadingContext } from '../contract.ts'
import { eachLine, headLines } from '../lines.ts'
import { numberIn } from '../number-text.ts'
import { createTaxa, type Taxa } from './taxa.ts'

const COLUMNS = ['TAXID', 'RANK', 'TAXPATH', 'PERCENTAGE'] as const
type Column = (typeof COLUMNS)[number]
type Slots = Readonly<Record<Column, number>>

/** The exchange format for profiles of CAMI and the bioboxes; also that of the truth of a diversity-analysis dataset. */
export const camiProfile: ProfileFormat = {
  id: 'cami-profile',
  title: 'CAMI (bioboxes) taxonomic profile',
  tool: 'OPAL, CAMI participants and converters of many profilers; also the truth of diversity-analysis',
  kind: 'profile',
  abundance: 'taxonomic',
  isGeneric: true,
  fileNames: ['*.profile'],
  columns: [
    { names: ['TAXID'], required: true, use: 'taxon; any text, so that `36874.1` and GTDB names do' },
    { names: ['RANK'], required: true, use: 'rank; `domain` and `acellular root` count as `superkingdom`' },
    { names: ['TAXPATH'], required: true, use: 'lineage for UniFrac, `|` between ranks, empty for a skipped one' },
    { names: ['PERCENTAGE'], required: true, use: 'abundance, percent of the sample' },
  ],
  notes: [
    'Headers before the columns: `@SampleID`, `@Ranks` (required), `@Version`, `@TaxonomyID`; letter case and order do not matter. Releases 0.9 and 0.10 are read.',
    'Several samples may follow each other, each with its headers. A sample with headers and no rows found nothing.',
    'Percentages are shares of genome copies, as the format defines them; a header `@__abundance__:sequence` (or the option `--abundance sequence`) says that they are shares of reads.',
    'Lines beginning with `#` are comments, and the taxon `-1` is what was not assigned. Rows of one taxon are added up; rows with 0 percent say that it is not there.',
  ],
  sniff: (head) => {
    const lines = headLines(head, 200)
    const columns =
      lines
        .find((line) => line.startsWith('@@'))
        ?.toUpperCase()
        .split(/[\t ]+/) ?? []
    if (columns[0] === '@@TAXID' && columns.includes('PERCENTAGE')) return 1
    return lines.some((line) => /^@ranks\s*:/i.test(line)) ? 0.95 : 0
  },
  open: (context) => openProfile(context),
}

/** What the headers of one sample have said so far. */
interface Section {
  readonly headers: Map<string, string>
  readonly line: number
  slots: Slots | null
  readonly taxa: Taxa
}

const openProfile = (context: ReadingContext<NamedProfile>): OutputConsumer => {
  const { findings } = context
  const firstLines = new Map<string | null, number>()
  let section: Section | null = null

  const finish = (): void => {
    if (section === null) return
    const { headers, line, slots, taxa } = section
    section = null
    const sample = headers.get('SAMPLEID') ?? null
    const ranks = ranksOf(headers.get('RANKS') ?? '')
    if (slots === null) findings.add('The headers are not followed by a line @@TAXID RANK TAXPATH PERCENTAGE.', line, 1)
    if (ranks.length === 0) findings.add('There is no header @Ranks that lists the ranks.', line, 1, RANKS_HINT)
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
    firstLines.set(sample, line)
    const version = headers.get('VERSION')
    if (version !== undefined && !/^0\.(?:9|10)(?:\.|$)/.test(version))
      context.warn(`${context.file}: format version ${version} is read as 0.10.`)
    const stated = headers.get('__ABUNDANCE__')?.toLowerCase()
    const abundance = ABUNDANCE_TYPES.find((type) => type === stated)
    if (stated !== undefined && abundance === undefined)
      findings.add(`The header @__abundance__ says "${stated.slice(0, 40)}".`, line, 1, 'either sequence or taxonomic')
    const taxonomy = headers.get('TAXONOMYID')
    context.emit({
      sample,
      ranks,
      taxa: taxa.list(),
      line,
      ...(abundance === undefined ? {} : { abundance }),
      ...(taxonomy === undefined ? {} : { taxonomy }),
    })
  }

  const readHeader = (text: string, line: number): void => {
    // A header behind the columns opens the next sample.
    if (section !== null && section.slots !== null) finish()
    section ??= { headers: new Map(), line, slots: null, taxa: createTaxa() }
    const colon = text.indexOf(':')
    if (colon < 0) return findings.add('A header has the form @Name:value.', line, 1)
    const value = text.slice(colon + 1).trim()
    if (value !== '') section.headers.set(text.slice(1, colon).trim().toUpperCase(), value)
  }

  const readColumns = (text: string, line: number): void => {
    if (section === null || section.slots !== null)
      return findings.add('There are no headers before this line of columns.', line, 1, RANKS_HINT)
    const names = text
      .slice(2)
      .split('\t')
      .map((name) => name.trim().toUpperCase())
    section.slots = Object.fromEntries(COLUMNS.map((column) => [column, names.indexOf(column)])) as Record<
      Column,
      number
    >
    for (const column of COLUMNS)
      if (section.slots[column] < 0)
        findings.add(
          `There is no column ${column}.`,
          line,
          1,
          names.length === 1 ? 'columns must be separated by tabs' : undefined,
        )
    // Without its columns no row can be read.
    findings.finish()
  }

  return {
    block: (bytes, firstLine) =>
      eachLine(bytes, firstLine, (text, line) => {
        if (text.startsWith('#') || text.trim() === '') return
        if (text.startsWith('@@')) readColumns(text, line)
        else if (text.startsWith('@')) readHeader(text, line)
        else if (section === null || section.slots === null) {
          findings.add('A row stands before the line of columns (@@TAXID …).', line, 1)
          findings.finish()
        } else readRow(text.split('\t'), line, section.slots, section.taxa, context)
      }),
    end: () => {
      finish()
      if (firstLines.size === 0) findings.add('There are neither headers nor rows.', 1, 1, RANKS_HINT)
    },
    namesSamples: () => firstLines.size > 0 && !firstLines.has(null),
  }
}

/** What some tools call the share they could not assign; mostly in a comment, sometimes in a row. */
const UNASSIGNED = '-1'

const RANKS_HINT = 'for example @Ranks:superkingdom|phylum|class|order|family|genus|species|strain'

const ranksOf = (text: string): readonly string[] => [
  ...new Set(
    text
      .split('|')
      .map(canonicalRank)
      .filter((rank) => rank !== ''),
  ),
]

const readRow = (
  cells: readonly string[],
  line: number,
  at: Slots,
  taxa: Taxa,
  { findings }: ReadingContext<NamedProfile>,
): void => {
  const column = (slot: number): number =>
    1 + cells.slice(0, slot).reduce((length, cell) => length + cell.length + 1, 0)
  const last = Math.max(at.TAXID, at.RANK, at.TAXPATH, at.PERCENTAGE)
  if (cells.length <= last)
    return findings.add(`The line has ${cells.length} cells; ${last + 1} are needed.`, line, column(cells.length - 1))
  const cell = (name: Column): string => (cells[at[name]] ?? '').trim()
  const taxid = cell('TAXID')
  const percentage = numberIn(cell('PERCENTAGE'))
  if (taxid === '') findings.add('The taxon is missing.', line, column(at.TAXID))
  if (cell('RANK') === '') findings.add('The rank is missing.', line, column(at.RANK))
  if (!(percentage >= 0 && percentage <= Number.MAX_SAFE_INTEGER))
    findings.add(
      `The percentage "${cell('PERCENTAGE').slice(0, 40)}" is not a number of 0 or more.`,
      line,
      column(at.PERCENTAGE),
    )
  else if (taxid !== '' && taxid !== UNASSIGNED && !taxa.addTo(taxid, percentage, null)) {
    const path = cell('TAXPATH').split('|')
    taxa.add({
      taxid,
      rank: canonicalRank(cell('RANK')),
      path: path.map((entry) => entry.trim()),
      percentage,
      count: null,
    })
  }
}
