import type { AmrCall } from '../../core/amr/call.ts'
import type { ColumnDescription, AmrFormat, OutputConsumer, ReadingContext } from '../contract.ts'
import type { Findings } from '../findings.ts'
import type { JsonPlace } from '../json-document.ts'
import { createJsonObjects, type JsonObject } from '../json-objects.ts'
import { numberIn } from '../number-text.ts'
import { tableFormat } from '../table-format.ts'
import type { Slots } from '../table-header.ts'
import type { TableRow } from '../table-row.ts'
import { isPotential } from './deeparg.ts'
import { type DraftCall, draftCall, place } from './draft-call.ts'
import { createFlags } from './flags.ts'
import { classesOfPhenotype } from './resfinder-tab.ts'
import { contigOfOrf } from './rgi.ts'

const flags = createFlags()
const ACCEPTED = flags(['deeparg', 'accepted'])
const POTENTIAL = flags(['deeparg', 'potential'])

const columns = {
  sample: { names: ['input_file_name', 'sample_id'], required: true, use: 'sample, as written; see the notes' },
  symbol: { names: ['gene_symbol'], required: true, use: 'gene symbol' },
  name: { names: ['gene_name'], required: false, use: 'gene name' },
  database: { names: ['reference_database_name', 'reference_database_id'], required: false, use: 'database' },
  accession: { names: ['reference_accession'], required: false, use: 'accession of the reference gene' },
  tool: { names: ['analysis_software_name'], required: true, use: 'tool' },
  variation: { names: ['genetic_variation_type'], required: false, use: 'gene presence or kind of variant' },
  coverage: {
    names: ['coverage_percentage', 'coverage_percent'],
    required: false,
    use: 'coverage, percent; more than 100 counts as 100',
  },
  ratio: { names: ['coverage_ratio'], required: false, use: 'coverage, 0..1, where there is no percentage' },
  depth: { names: ['coverage_depth'], required: false, use: 'mean depth' },
  drugClass: { names: ['drug_class'], required: false, use: 'drug classes, split at the separator of the tool' },
  start: { names: ['input_gene_start', 'start'], required: false, use: 'start on the contig' },
  stop: { names: ['input_gene_stop', 'stop'], required: false, use: 'stop on the contig' },
  contig: { names: ['input_sequence_id', 'contig_id'], required: false, use: 'contig' },
  mechanism: { names: ['resistance_mechanism'], required: false, use: 'mechanism' },
  strand: { names: ['strand_orientation'], required: false, use: 'strand' },
  identity: { names: ['sequence_identity'], required: false, use: 'identity, percent' },
} as const

const VARIATIONS: Readonly<Record<string, AmrCall['variationType']>> = {
  gene_presence_detected: 'gene_presence',
  protein_variant_detected: 'protein_variant',
  nucleotide_variant_detected: 'nucleotide_variant',
}

const ofSample = (call: DraftCall, row: TableRow, at: Slots<keyof typeof columns>): void => {
  call.sample = row.required(at.sample, 'input_file_name')
  if (call.tool === 'deeparg') call.flags = isPotential(call.sample) ? POTENTIAL : ACCEPTED
}

const table = tableFormat({
  id: 'hamronization',
  title: 'hAMRonization report',
  tool: 'hAMRonization, nf-core/funcscan',
  fileNames: ['hamronization_combined_report.tsv', 'hamronization_complete_summary_taxonomy.tsv.gz', '*.json'],
  columns,
  emptyMeansNoHits: true,
  notes: [
    'TSV, a JSON list and JSON lines are read; names of older releases and of nf-core/funcscan’s taxonomy variant too.',
    'input_file_name is not a sample id: the ending each tool gives it in nf-core/funcscan is taken off before it is ' +
      'compared with the samples of the truth.',
    'A combined report mixes in what DeepARG put below its own threshold (`.potential.ARG`): those rows carry the ' +
      'flag `deeparg: potential` and are left out of the scoring.',
    'Reports without genetic_variation_type count as gene presence.',
  ],
  call: (row, at) => {
    const tool = row.required(at.tool, 'analysis_software_name')
    const call = draftCall(row.line, tool, row.required(at.symbol, 'gene_symbol'))
    call.geneName = row.text(at.name)
    call.database = row.text(at.database)
    call.accession = row.text(at.accession)
    const variation = row.text(at.variation)
    if (variation !== null) {
      const known = VARIATIONS[variation]
      if (known === undefined) row.fail(at.variation, `There is no genetic_variation_type "${variation.slice(0, 40)}".`)
      else call.variationType = known
    }
    call.mechanism = row.text(at.mechanism)
    call.drugClasses = /^(?:resfinder|staramr|pointfinder)/i.test(tool)
      ? classesOfPhenotype(row.text(at.drugClass))
      : row.list(at.drugClass, separatorOf(tool))
    return call
  },
  hits: {
    geneColumns: ['symbol', 'name', 'database', 'accession', 'tool', 'variation', 'drugClass', 'mechanism'],
    complete: (call, row, at) => {
      ofSample(call, row, at)
      call.coverage = row.percent(at.coverage, 'coverage_percentage', MAY_EXCEED) ?? ratioAsPercent(row, at.ratio)
      call.depth = row.number(at.depth, 'coverage_depth', 0)
      const contig = row.word(at.contig)
      call.contig = call.tool === 'rgi' ? contigOfOrf(contig) : contig
      call.strand = row.strand(at.strand)
      place(call, row.position(at.start, 'input_gene_start'), row.position(at.stop, 'input_gene_stop'))
      call.identity = row.percent(at.identity, 'sequence_identity')
    },
    repeats: {
      ofSample,
      sample: 'sample',
      telling: ['symbol', 'accession'],
      identity: 'identity',
      coverage: 'coverage',
      positions: ['start', 'stop'],
      empty: ['depth'],
    },
  },
})

const MAY_EXCEED = { mayExceed: true }

const separatorOf = (tool: string): string => (tool.toLowerCase() === 'amrfinderplus' ? '/' : ';')

// Some tools' ratios are texts such as 903/903; a ratio that is no number says nothing that is not elsewhere.
const ratioAsPercent = (row: TableRow, slot: number): number | null => {
  const text = row.text(slot)
  if (text === null || Number.isNaN(numberIn(text))) return null
  const ratio = row.number(slot, 'coverage_ratio', 0, 10)
  return ratio === null ? null : Math.min(100, ratio * 100)
}

export const hamronization: AmrFormat = {
  ...table,
  sniff: (head) => (startsAsJson(head) ? (/"analysis_software_name"/.test(head) ? 1 : 0) : table.sniff(head)),
  open: (context) => {
    let reader: OutputConsumer | undefined
    return {
      block: (bytes, firstLine) => {
        reader ??= startsAsJson(bytes.toString('latin1', 0, 100)) ? openJson(context) : table.open(context)
        return reader.block(bytes, firstLine)
      },
      end: () => (reader ?? table.open(context)).end(),
      namesSamples: () => true,
    }
  },
}

const startsAsJson = (text: string): boolean => /^\s*[[{]/.test(text)

const COLUMNS: readonly ColumnDescription[] = Object.values(columns)
const HEADER = `${COLUMNS.map((column) => column.names[0] ?? '').join('\t')}\n`

// An entry becomes a line of the table, so that both forms obey the same rules. A fault is told where the value stands
// in the entry, or the entry itself where it has none.
const openJson = (context: ReadingContext): OutputConsumer => {
  let entry: JsonObject = {}
  let placeOf: (key: string) => JsonPlace = () => ({ line: 1, column: 1 })
  let cells: readonly string[] = []
  const findings: Findings = {
    get count() {
      return context.findings.count
    },
    add: (message, _line, column = 1, hint) => {
      // The column of the made-up line tells which cell it is.
      let end = 0
      const slot = cells.findIndex((cell) => (end += cell.length + 1) >= column)
      const place = placeOf(keyIn(entry, COLUMNS[slot]?.names ?? []) ?? '')
      context.findings.add(message, place.line, place.column, hint)
    },
    finish: () => context.findings.finish(),
  }
  // Entries may share a line, and lines tell which of two rows is the earlier.
  const rows = table.open({ ...context, findings, addsUp: false })
  rows.block(Buffer.from(HEADER), 1)
  return createJsonObjects(context.findings, (next, line, placeOfKey) => {
    entry = next
    placeOf = placeOfKey
    const before = context.findings.count
    cells = COLUMNS.map(({ names }) => cellOf(next, names, context.findings, placeOfKey))
    if (context.findings.count === before) rows.block(Buffer.from(`${cells.join('\t')}\n`), line)
  })
}

const keyIn = (entry: JsonObject, names: readonly string[]): string | undefined =>
  names.find((name) => (entry[name] ?? null) !== null) ?? names.find((name) => name in entry)

const cellOf = (
  entry: JsonObject,
  names: readonly string[],
  findings: Findings,
  placeOf: (key: string) => JsonPlace,
): string => {
  const key = keyIn(entry, names)
  const value = key === undefined ? null : entry[key]
  if (key === undefined || value === null || value === undefined) return ''
  if (typeof value === 'string' || typeof value === 'number') return String(value).replaceAll(/[\t\r\n]/g, ' ')
  const { line, column } = placeOf(key)
  findings.add(`${key} is neither a text nor a number.`, line, column)
  return ''
}
