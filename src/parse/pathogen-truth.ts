import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { PathogenTruth, PathogenTruthTaxon } from '../core/pathogen/truth.ts'
import { nearest } from '../core/problem.ts'
import { canonicalRank, RANKS } from '../core/profile/ranks.ts'
import { collectFindings, type Findings } from './findings.ts'
import { normalizeColumnName } from './table-header.ts'
import { createRowCursor, type TableRow } from './table-row.ts'
import { openTextFile } from './text-file.ts'

/** Columns by the names people give them, ours first. */
const COLUMNS = {
  sample: ['sample', 'sample_id'],
  taxid: ['taxid', 'tax_id', 'taxonomy_id', 'taxon_id'],
  rank: ['rank', 'taxonomic_rank'],
  status: ['status'],
  name: ['name', 'taxon_name', 'organism', 'organism_name'],
  abundance: ['abundance', 'percentage', 'percent'],
  reads: ['reads', 'read_count', 'n_reads'],
  copies: ['copies', 'genome_copies'],
  species_taxid: ['species_taxid'],
  genus_taxid: ['genus_taxid'],
  lineage: ['lineage', 'taxpath', 'id_lineage'],
} as const
type Column = keyof typeof COLUMNS
type Slots = Readonly<Record<Column, number>>

const NAMES = Object.keys(COLUMNS) as Column[]
const REQUIRED: readonly Column[] = ['sample', 'taxid', 'rank']
const BY_SYNONYM = new Map<string, Column>(NAMES.flatMap((name) => COLUMNS[name].map((word) => [word, name])))
/** Ranks below species, which are all strains here. */
const STRAINS = new Set([
  'subspecies',
  'serotype',
  'serovar',
  'serogroup',
  'pathovar',
  'biotype',
  'isolate',
  'genotype',
])

/** Which of a sample's rows stand where, to tell rows that contradict each other. */
interface SampleRows {
  readonly taxa: Map<string, PathogenTruthTaxon>
  /** Line of the row that says nothing is there, or null. */
  emptyLine: number | null
}

/**
 * Reads the truth of a pathogen-detection dataset: `sample`, `taxid` and `rank`, whether the taxon is present (the
 * default) or absent, and what else is known of it. A sample with nothing in it has only absent taxa, or one row with an
 * empty taxid. Throws one `E_INPUT` with every fault.
 */
export const readPathogenTruth = async (file: string): Promise<PathogenTruth> => {
  const text = await openTextFile(file)
  try {
    const findings = collectFindings(file, 'a pathogen truth', [`Columns: ${NAMES.join(', ')}, separated by tabs.`])
    const { row, each, isBlank, isComment } = createRowCursor(findings)
    const samples = new Map<string, SampleRows>()
    let header: { readonly slots: Slots; readonly width: number } | null = null
    await text.each((block, firstLine) =>
      each(block, firstLine, () => {
        if (isBlank() || (isComment() && !isHeader(row))) return
        if (header === null) header = { slots: headerSlots(row, findings), width: row.width }
        else readRow(row, header, samples, findings, file)
      }),
    )
    if (header === null) findings.add('The file has no header line.', 1, 1)
    else if (samples.size === 0 && findings.count === 0) findings.add('There is no sample.', 1, 1)
    findings.finish()
    const sha256 = createHash('sha256')
      .update(await readFile(file))
      .digest('hex')
    return { samples: new Map([...samples].map(([sample, { taxa }]) => [sample, [...taxa.values()]])), sha256 }
  } finally {
    await text.close()
  }
}

// `#sample` opens a header too.
const isHeader = (row: TableRow): boolean => row.width > 1 && BY_SYNONYM.has(normalizeColumnName(row.text(0) ?? ''))

const headerSlots = (row: TableRow, findings: Findings): Slots => {
  const slots = Object.fromEntries(NAMES.map((column) => [column, -1])) as Record<Column, number>
  for (let slot = 0; slot < row.width; slot++) {
    const name = normalizeColumnName(row.text(slot) ?? '')
    const column = BY_SYNONYM.get(name)
    if (column === undefined) {
      const similar = nearest(name, BY_SYNONYM.keys(), 1)[0]
      const message = name === '' ? 'A column has no name.' : `There is no column "${name.slice(0, 40)}" in a truth.`
      row.fail(slot, message, similar === undefined ? undefined : `did you mean ${similar}?`)
    } else if (slots[column] >= 0) row.fail(slot, `There are two columns for the ${column}.`)
    else slots[column] = slot
  }
  const hint = row.width === 1 ? 'columns must be separated by tabs' : undefined
  for (const column of REQUIRED) if (slots[column] < 0) findings.add(`There is no column ${column}.`, row.line, 1, hint)
  findings.finish()
  return slots
}

const readRow = (
  row: TableRow,
  { slots: at, width }: { readonly slots: Slots; readonly width: number },
  samples: Map<string, SampleRows>,
  findings: Findings,
  file: string,
): void => {
  const before = findings.count
  if (row.width > width) row.fail(width, `The line has ${row.width} cells, the header only ${width}.`)
  const sample = row.required(at.sample, 'sample')
  const taxon = taxonOf(row, at, file)
  if (findings.count > before) return
  const rows = samples.get(sample) ?? { taxa: new Map<string, PathogenTruthTaxon>(), emptyLine: null }
  samples.set(sample, rows)
  const present = [...rows.taxa.values()].find(({ status }) => status === 'present')
  const negative = (line: number, other: PathogenTruthTaxon): void =>
    row.fail(
      at.taxid,
      `Of lines ${line} and ${other.location.line ?? 0} one says that nothing is in ${sample}, the other that ${other.taxid} is.`,
    )
  if (taxon === null) {
    if (rows.emptyLine !== null) row.fail(at.taxid, `The row repeats line ${rows.emptyLine}.`)
    else if (present !== undefined) negative(row.line, present)
    rows.emptyLine ??= row.line
    return
  }
  const other = rows.taxa.get(taxon.taxid)
  if (rows.emptyLine !== null && taxon.status === 'present') negative(rows.emptyLine, taxon)
  if (other === undefined) rows.taxa.set(taxon.taxid, taxon)
  else if (other.status === taxon.status) row.fail(at.taxid, `The row repeats line ${other.location.line ?? 0}.`)
  else
    row.fail(
      at.taxid,
      `${taxon.taxid} is ${taxon.status} in ${sample} here and ${other.status} on line ${other.location.line ?? 0}.`,
    )
}

// Null = a row that says nothing is in the sample.
const taxonOf = (row: TableRow, at: Slots, file: string): PathogenTruthTaxon | null => {
  const status = statusOf(row, at)
  if (row.isEmpty(at.taxid)) {
    const says = NAMES.slice(2).find((column) => column !== 'status' && row.text(at[column]) !== null)
    if (says !== undefined || row.text(at.status) === 'present')
      row.fail(at.taxid, 'The taxid is missing.', 'only a row with nothing but the sample says "nothing is there"')
    return null
  }
  const taxid = row.required(at.taxid, 'taxid')
  const rank = rankOf(row, at)
  const abundance = row.percent(at.abundance, 'abundance')
  const reads = row.number(at.reads, 'number of reads', 0)
  const copies = row.number(at.copies, 'number of copies', 0)
  const amounts = { abundance, reads, copies }
  for (const column of ['abundance', 'reads', 'copies'] as const) {
    const amount = amounts[column]
    if (status === 'present' && amount === 0)
      row.fail(at[column], `A taxon with 0 ${column} is not there.`, 'use the status absent')
    if (status === 'absent' && amount !== null && amount > 0)
      row.fail(at[column], `An absent taxon has no ${column}.`, 'leave the cell empty, or use the status present')
  }
  return {
    taxid,
    rank,
    status,
    name: row.text(at.name),
    ...(status === 'present' ? amounts : { abundance: null, reads: null, copies: null }),
    lineage: lineageOf(row, at, taxid, rank),
    location: { file, line: row.line, column: 1 },
  }
}

const statusOf = (row: TableRow, at: Slots): PathogenTruthTaxon['status'] => {
  const status = (row.text(at.status) ?? 'present').toLowerCase()
  if (status === 'present' || status === 'absent') return status
  row.fail(at.status, `The status "${status.slice(0, 40)}" is neither present nor absent.`)
  return 'present'
}

const rankOf = (row: TableRow, at: Slots): string => {
  const written = row.text(at.rank)
  if (written === null) {
    row.fail(at.rank, 'The rank is missing.', `one of ${RANKS.join(', ')}`)
    return ''
  }
  const rank = canonicalRank(written)
  if (STRAINS.has(rank)) return 'strain'
  if ((RANKS as readonly string[]).includes(rank)) return rank
  const similar = nearest(rank, RANKS, 1)[0]
  row.fail(
    at.rank,
    `"${written.slice(0, 40)}" is none of the ranks ${RANKS.join(', ')}.`,
    similar && `did you mean ${similar}?`,
  )
  return rank
}

// Columns of single ranks, and a path with a place for each rank as profiles have it.
const lineageOf = (row: TableRow, at: Slots, taxid: string, rank: string): ReadonlyMap<string, string> => {
  const lineage = new Map<string, string>([[rank, taxid]])
  const ranks: readonly string[] = RANKS
  const learn = (slot: number, place: string, entry: string): void => {
    const known = lineage.get(place)
    if (known !== undefined && known !== entry)
      row.fail(slot, `The ${place} of ${taxid} is ${known} and ${entry} in one row.`)
    else lineage.set(place, entry)
  }
  for (const [column, place] of [
    ['species_taxid', 'species'],
    ['genus_taxid', 'genus'],
  ] as const) {
    const entry = row.text(at[column])
    if (entry !== null && ranks.indexOf(place) <= ranks.indexOf(rank)) learn(at[column], place, entry)
  }
  const path = row.text(at.lineage)?.split(/[|;]/)
  if (path === undefined || !ranks.includes(rank)) return lineage
  if (path.length !== ranks.indexOf(rank) + 1)
    row.fail(
      at.lineage,
      `The lineage has ${path.length} places; down to ${rank} there are ${ranks.indexOf(rank) + 1}.`,
      `taxids of ${ranks.slice(0, ranks.indexOf(rank) + 1).join('|')}, empty where there is none`,
    )
  else
    for (const [place, entry] of path.entries())
      if (entry.trim() !== '') learn(at.lineage, ranks[place] ?? '', entry.trim())
  return lineage
}
