import type { NamedProfile } from '../../core/profile/profile.ts'
import { RANKS } from '../../core/profile/ranks.ts'
import type { ProfileFormat, ReadingContext } from '../contract.ts'
import { headLines } from '../lines.ts'
import { headerCells, normalizeColumnName, resolveHeader, type Slots } from '../table-header.ts'
import { pathOf, rankOfPrefix } from './lineage.ts'
import { type Cells, readLines } from './line-reader.ts'
import { createTaxa, type Taxa } from './taxa.ts'

const COLUMNS = {
  clade: {
    names: ['clade_name', 'ID', 'SampleID'],
    required: true,
    use: 'ranks of the lineage: `k__ p__ c__ o__ f__ g__ s__ t__`',
  },
  taxids: {
    names: ['NCBI_tax_id', 'clade_taxid'],
    required: false,
    use: 'taxa of the lineage; where one is empty or repeats one above it, or there is no such column, the clade name stands in for it',
  },
  abundance: {
    names: ['relative_abundance', 'Metaphlan2_Analysis', 'Metaphlan_Analysis'],
    required: true,
    use: 'abundance, percent; in a merged table there is a column of each sample instead',
  },
  reads: {
    names: ['estimated_number_of_reads_from_the_clade'],
    required: false,
    use: 'reads, for Chao1',
  },
}
type Columns = Slots<keyof typeof COLUMNS>

/** Columns of profiles of one sample; a table with one of them is not a merged one. */
const OF_ONE_SAMPLE = [
  ...[COLUMNS.abundance, COLUMNS.reads].flatMap(({ names }) => names.map(normalizeColumnName)),
  ...['additional_species', 'coverage', 'average_genome_length_in_the_clade'],
]

/** One sample of a table: its name (null: the table does not say), and the column of its abundances. */
interface Sample {
  readonly name: string | null
  readonly slot: number
  readonly taxa: Taxa
}

/** MetaPhlAn's profile of one sample, or those of several merged into one table. */
export const metaphlan: ProfileFormat = {
  id: 'metaphlan',
  title: 'MetaPhlAn profile',
  tool: 'MetaPhlAn 2, 3 and 4, also merged (`merge_metaphlan_tables.py`)',
  kind: 'profile',
  abundance: 'taxonomic',
  fileNames: ['*_profile.txt', '*.metaphlan', 'merged_abundance_table.txt'],
  columns: Object.values(COLUMNS),
  notes: [
    'The header begins with `#clade_name`, in MetaPhlAn 2 with `#SampleID`; lines with other comments are skipped.',
    'A merged table begins with `clade_name`, in MetaPhlAn 2 with `ID`; every further column but the taxids is a sample, called like the column or like it without `_profile` at its end.',
    'MetaPhlAn 2 and merged tables of release 4 state no taxids: taxa are clade names such as `s__Escherichia_coli`, and the truth has to use them too.',
    '`UNKNOWN` and `UNCLASSIFIED` are not taxa: what they hold is missing from the sum of the others.',
  ],
  sniff: (head) => {
    const lines = headLines(head, 50)
    const at = lines.findIndex(isHeader)
    if (at < 0) return 0
    const cells = headerCells(lines[at] ?? '')
    if (isOfOne(cells))
      return cells.some((cell) => COLUMNS.abundance.names.map(normalizeColumnName).includes(normalizeColumnName(cell)))
        ? 1
        : 0
    const first = lines.slice(at + 1).find((line) => !line.startsWith('#'))
    const isClade = first === undefined ? normalizeColumnName(cells[0] ?? '') === 'clade_name' : isCladeRow(first)
    return cells.length > 1 && isClade ? 0.95 : 0
  },
  open: (context) => {
    const { findings } = context
    let slots: Columns | null = null
    let samples: readonly Sample[] = []
    let rows = 0
    const readHeader = (cells: Cells): void => {
      const isMerged = !isOfOne(cells.cells)
      const of = isMerged ? { ...COLUMNS, abundance: { ...COLUMNS.abundance, required: false } } : COLUMNS
      slots = resolveHeader(cells.cells, of, cells.line, findings)
      samples = isMerged ? samplesOf(cells, slots) : [{ name: null, slot: slots.abundance, taxa: createTaxa() }]
      if (samples.length === 0) cells.fail(0, 'There is no column of abundances.')
      findings.finish()
    }
    const take = (cells: Cells): void => {
      const line = cells.cells.join('\t')
      // Before their own header, MetaPhlAn 3 and 4 write that of MetaPhlAn 2.
      const isFirst = slots === null || (rows === 0 && isOfOne(cells.cells) && samples[0]?.name === null)
      if (isFirst && isHeader(line)) readHeader(cells)
      else if (line.startsWith('#')) return
      else if (slots !== null) {
        rows++
        addRow(cells, slots, samples, context)
      } else {
        findings.add('A row stands before the header line #clade_name.', cells.line, 1)
        findings.finish()
      }
    }
    const end = (): void => {
      if (slots === null) {
        findings.add('The file has no header line; it may come from a tool that failed.', 1, 1)
        findings.finish()
      }
      for (const { name, taxa } of samples)
        context.emit({ sample: name, ranks: RANKS, taxa: taxa.list(), line: 1, ...shortName(name) })
    }
    return { ...readLines(context, take, end), namesSamples: () => samples.some(({ name }) => name !== null) }
  },
}

const isHeader = (line: string): boolean => {
  // Asked about the first lines of every file whose format is not known: most are told apart by this.
  if (!/^[#\s"]*(?:clade|id|sampleid)/i.test(line)) return false
  const [first = '', second = ''] = headerCells(line).map(normalizeColumnName)
  // Other tables begin with an id too.
  return (
    first === 'clade_name' ||
    (first === 'id' && second !== '') ||
    (first === 'sampleid' && /^metaphlan\d?_analysis$/.test(second))
  )
}

const isOfOne = (cells: readonly string[]): boolean =>
  cells.some((cell) => OF_ONE_SAMPLE.includes(normalizeColumnName(cell)))

const isCladeRow = (line: string): boolean => /^(?:[kd]__|UNKNOWN\t|UNCLASSIFIED\t)/.test(line)

const samplesOf = (cells: Cells, at: Columns): readonly Sample[] => {
  const slots = [...cells.cells.keys()].filter((slot) => slot !== at.clade && slot !== at.taxids)
  const names = slots.map((slot) => cells.text(slot))
  for (const [index, name] of names.entries()) {
    if (name === '') cells.fail(slots[index] ?? 0, 'The column has no name.')
    else if (names.indexOf(name) < index) cells.fail(slots[index] ?? 0, `The column ${name} is there twice.`)
  }
  return names.map((name, index) => ({ name, slot: slots[index] ?? -1, taxa: createTaxa() }))
}

/** Columns of a merged table are called like the files that were merged. */
const shortName = (name: string | null): Pick<NamedProfile, 'shortSample'> => {
  const short = name?.replace(/[._](?:metaphlan\d?[._])?profile$/i, '')
  return short === undefined || short === '' || short === name ? {} : { shortSample: short }
}

const addRow = (
  cells: Cells,
  at: Columns,
  samples: readonly Sample[],
  { findings }: ReadingContext<NamedProfile>,
): void => {
  const before = findings.count
  const clades = cells.text(at.clade).split('|')
  if (/^(?:UNKNOWN|UNCLASSIFIED)$/i.test(clades[0] ?? '')) return
  const ids = at.taxids < 0 ? [] : cells.text(at.taxids).split('|')
  const percentages = samples.map(({ slot }) => cells.amount(slot, 'abundance'))
  const count = at.reads < 0 ? null : cells.amount(at.reads, 'number of reads')
  const lineage: Record<string, string> = {}
  for (const [place, clade] of clades.entries()) {
    const rank = rankOfPrefix(clade)
    if (rank === undefined)
      return cells.fail(at.clade, `"${clade.slice(0, 40)}" does not begin with a rank such as s__.`)
    const id = (ids[place] ?? '').trim()
    // One number for two ranks would make one taxon of them.
    lineage[rank] = id === '' || id === '-1' || Object.values(lineage).includes(id) ? clade : id
    if (place < clades.length - 1 || findings.count > before) continue
    const taxon = { taxid: lineage[rank], rank, path: pathOf(lineage, rank), count }
    for (const [index, { taxa }] of samples.entries()) taxa.add({ ...taxon, percentage: percentages[index] ?? 0 })
  }
}
