import { ABUNDANCE_TYPES, type NamedProfile } from '../../core/profile/profile.ts'
import { canonicalRank } from '../../core/profile/ranks.ts'
import type { OutputConsumer, ProfileFormat, ReadingContext } from '../contract.ts'
import { columnOf, readSections } from '../cami-sections.ts'
import { headLines } from '../lines.ts'
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

const openProfile = (context: ReadingContext<NamedProfile>): OutputConsumer => {
  const { findings } = context
  return readSections<Slots, Taxa>(context, {
    columnsLine: '@@TAXID RANK TAXPATH PERCENTAGE',
    example: RANKS_HINT,
    needsHeaders: true,
    begin: createTaxa,
    columns: (names, line) => {
      for (const column of COLUMNS)
        if (!names.includes(column))
          findings.add(
            `There is no column ${column}.`,
            line,
            1,
            names.length === 1 ? 'columns must be separated by tabs' : undefined,
          )
      return Object.fromEntries(COLUMNS.map((column) => [column, names.indexOf(column)])) as Record<Column, number>
    },
    row: (cells, line, at, taxa) => readRow(cells, line, at, taxa, context),
    end: (sample, headers, line, taxa) => {
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
  taxa: Taxa,
  { findings }: ReadingContext<NamedProfile>,
): void => {
  const column = (slot: number): number => columnOf(cells, slot)
  const last = Math.max(at.TAXID, at.RANK, at.TAXPATH, at.PERCENTAGE)
  if (cells.length <= last)
    return findings.add(`The line has ${cells.length} cells; ${last + 1} are needed.`, line, column(cells.length - 1))
  const cell = (slot: number): string => (cells[slot] ?? '').trim()
  const [taxid, rank, share] = [cell(at.TAXID), cell(at.RANK), cell(at.PERCENTAGE)]
  const percentage = numberIn(share)
  if (taxid === '') findings.add('The taxon is missing.', line, column(at.TAXID))
  if (rank === '') findings.add('The rank is missing.', line, column(at.RANK))
  if (!(percentage >= 0 && percentage <= Number.MAX_SAFE_INTEGER))
    findings.add(`The percentage "${share.slice(0, 40)}" is not a number of 0 or more.`, line, column(at.PERCENTAGE))
  else if (taxid !== '' && taxid !== UNASSIGNED && !taxa.addTo(taxid, percentage, null)) {
    const path = cell(at.TAXPATH).split('|')
    for (let place = 0; place < path.length; place++) path[place] = (path[place] ?? '').trim()
    taxa.add({ taxid, rank: canonicalRank(rank), path, percentage, count: null })
  }
}
