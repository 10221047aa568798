import { ABUNDANCE_TYPES, type NamedProfile } from '../../core/profile/profile.ts'
import { canonicalRank } from '../../core/profile/ranks.ts'
import type { OutputConsumer, ProfileFormat, ReadingContext } from '../contract.ts'
import { columnOf, readSections } from '../cami-sections.ts'
import { headLines } from '../lines.ts'
import { numberIn } from '../number-text.ts'
import { copyOf, createTaxa, type Taxa } from './taxa.ts'

const COLUMNS = ['TAXID', 'RANK', 'TAXPATH', 'PERCENTAGE'] as const
type Column = (typeof COLUMNS)[number]
/** Where the columns are, and how many cells a row needs for that. */
type Slots = Readonly<Record<Column | 'cells', number>>

interface Rows {
  readonly taxa: Taxa
  /** The name this program uses for each rank that was met. */
  readonly ranks: Map<string, string>
}

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

const openProfile = (context: ReadingContext<NamedProfile>): OutputConsumer => {
  const { findings } = context
  return readSections<Slots, Rows>(context, {
    columnsLine: '@@TAXID RANK TAXPATH PERCENTAGE',
    example: RANKS_HINT,
    needsHeaders: true,
    begin: () => ({ taxa: createTaxa(), ranks: new Map() }),
    columns: (names, line) => {
      for (const column of COLUMNS)
        if (!names.includes(column))
          findings.add(
            `There is no column ${column}.`,
            line,
            1,
            names.length === 1 ? 'columns must be separated by tabs' : undefined,
          )
      const slots = COLUMNS.map((column) => [column, names.indexOf(column)] as const)
      const cells = 1 + Math.max(...slots.map(([, slot]) => slot))
      return { ...(Object.fromEntries(slots) as Record<Column, number>), cells }
    },
    row: (cells, line, at, rows) => readRow(cells, line, at, rows, context),
    end: (sample, headers, line, { taxa }) => {
      const ranks = ranksOf(headers.get('RANKS') ?? '')
      if (ranks.length === 0) findings.add('There is no header @Ranks that lists the ranks.', line, 1, RANKS_HINT)
      const stated = headers.get('__ABUNDANCE__')?.toLowerCase()
      const abundance = ABUNDANCE_TYPES.find((type) => type === stated)
      if (stated !== undefined && abundance === undefined)
        findings.add(
          `The header @__abundance__ says "${stated.slice(0, 40)}".`,
          line,
          1,
          'either sequence or taxonomic',
        )
      const taxonomy = headers.get('TAXONOMYID')
      context.emit({
        sample,
        ranks,
        taxa: taxa.list(),
        line,
        ...(abundance === undefined ? {} : { abundance }),
        ...(taxonomy === undefined ? {} : { taxonomy }),
      })
    },
  })
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
  rows: Rows,
  { findings }: ReadingContext<NamedProfile>,
): void => {
  if (cells.length < at.cells)
    return findings.add(
      `The line has ${cells.length} cells; ${at.cells} are needed.`,
      line,
      columnOf(cells, cells.length - 1),
    )
  const taxid = (cells[at.TAXID] ?? '').trim()
  const rank = (cells[at.RANK] ?? '').trim()
  const share = (cells[at.PERCENTAGE] ?? '').trim()
  const percentage = numberIn(share)
  if (taxid === '') findings.add('The taxon is missing.', line, columnOf(cells, at.TAXID))
  if (rank === '') findings.add('The rank is missing.', line, columnOf(cells, at.RANK))
  if (!(percentage >= 0 && percentage <= Number.MAX_SAFE_INTEGER))
    findings.add(
      `The percentage "${share.slice(0, 40)}" is not a number of 0 or more.`,
      line,
      columnOf(cells, at.PERCENTAGE),
    )
  else if (taxid !== '' && taxid !== UNASSIGNED && !rows.taxa.addTo(taxid, percentage, null)) {
    const path = pathIn((cells[at.TAXPATH] ?? '').trim())
    rows.taxa.addNew({ taxid, rank: rankIn(rank, rows), path, percentage, count: null })
  }
}

const rankIn = (text: string, { ranks }: Rows): string => {
  const known = ranks.get(text)
  if (known !== undefined) return known
  const rank = canonicalRank(text)
  ranks.set(copyOf(text), rank)
  return rank
}

const pathIn = (text: string): readonly string[] => {
  const path = text.split('|')
  return /\s/.test(text) ? path.map((entry) => entry.trim()) : path
}
