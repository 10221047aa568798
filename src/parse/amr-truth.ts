import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { AmrTruth, AmrTruthGene } from '../core/amr/truth.ts'
import { nearest } from '../core/problem.ts'
import { aroAccession } from './amr/draft-call.ts'
import { collectFindings, type Findings } from './findings.ts'
import { createRowCursor, type TableRow } from './table-row.ts'
import { openTextFile } from './text-file.ts'

const COLUMNS = [
  'sample',
  'gene_symbol',
  'allele',
  'gene_family',
  'drug_class',
  'aro_accession',
  'contig',
  'start',
  'stop',
  'strand',
  'copies',
  'depth',
  'status',
] as const
// Whatever the tool wrote that the classes were copied from.
const CLASS_SEPARATORS = /[;,/]/
type Column = (typeof COLUMNS)[number]
type Slots = Readonly<Record<Column, number>>

/** Which of a sample's rows stand where, to tell rows that contradict each other. */
interface SampleRows {
  readonly genes: AmrTruthGene[]
  /** Line of the row that says the sample has no genes. */
  emptyLine: number | undefined
}

/**
 * Reads the truth of an amr-detection dataset: `sample` and `gene_symbol`, and what else is known of each gene. A
 * sample without genes has one row with an empty gene symbol. Throws one `E_INPUT` with every fault.
 */
export const readAmrTruth = async (file: string): Promise<AmrTruth> => {
  const text = await openTextFile(file)
  try {
    const findings = collectFindings(file, 'an AMR truth', [`Columns: ${COLUMNS.join(', ')}, separated by tabs.`])
    const reader = openTruth(file, findings)
    await text.each((block, firstLine) => reader.block(block, firstLine))
    const samples = reader.end()
    findings.finish()
    const sha256 = createHash('sha256')
      .update(await readFile(file))
      .digest('hex')
    return { samples, sha256 }
  } finally {
    await text.close()
  }
}

const openTruth = (
  file: string,
  findings: Findings,
): {
  block(bytes: Buffer, firstLine: number): number
  end(): ReadonlyMap<string, readonly AmrTruthGene[]>
} => {
  const { row, each, isBlank, isComment } = createRowCursor(findings)
  const samples = new Map<string, SampleRows>()
  const seen = new Map<string, number>()
  let at: Slots | undefined
  let width = 0

  const readRow = (slots: Slots): void => {
    if (row.width > width) row.fail(width, `The line has ${row.width} cells, the header only ${width}.`)
    const before = findings.count
    const sample = row.required(slots.sample, 'sample')
    const gene = geneOf(row, slots, file)
    if (findings.count > before) return
    const rows = samples.get(sample) ?? { genes: [], emptyLine: undefined }
    samples.set(sample, rows)
    if (gene === undefined) {
      rows.emptyLine ??= row.line
      const other = seen.get(sample)
      if (other !== undefined) row.fail(slots.gene_symbol, `The row repeats line ${other}.`)
      seen.set(sample, row.line)
      return
    }
    const { geneSymbol, allele, contig, start, stop, strand } = gene
    const key = [sample, geneSymbol, allele, contig, start, stop, strand].join('\t')
    const other = seen.get(key)
    if (other === undefined) rows.genes.push(gene)
    else row.fail(slots.gene_symbol, `The row repeats line ${other}.`, 'several copies go into the column copies')
    seen.set(key, row.line)
  }

  return {
    block: (bytes, firstLine) =>
      each(bytes, firstLine, () => {
        if (isComment() || isBlank()) return
        if (at !== undefined) readRow(at)
        else {
          at = headerSlots(row, findings)
          width = row.width
        }
      }),
    end: () => {
      if (at === undefined) findings.add('The file has no header line.', 1, 1)
      else if (samples.size === 0 && findings.count === 0) findings.add('There is no sample.', 1, 1)
      for (const [sample, rows] of samples) reportContradictions(sample, rows, findings)
      return new Map([...samples].map(([sample, { genes }]) => [sample, genes]))
    },
  }
}

const headerSlots = (row: TableRow, findings: Findings): Slots => {
  const slots = Object.fromEntries(COLUMNS.map((column) => [column, -1])) as Record<Column, number>
  const names = Array.from({ length: row.width }, (_, slot) => row.text(slot) ?? '')
  // Mostly the report of a tool: a line for each of its columns would hide that.
  if (names.length > 1 && !names.some((name) => (COLUMNS as readonly string[]).includes(name))) {
    findings.add(
      'None of these columns is one of a truth.',
      row.line,
      1,
      'what a tool reports is given with --prediction',
    )
    findings.finish()
  }
  for (const [slot, name] of names.entries()) {
    const column = COLUMNS.find((known) => known === name)
    if (column !== undefined && slots[column] < 0) slots[column] = slot
    else if (column !== undefined) row.fail(slot, `The column ${name} is there twice.`)
    else {
      const similar = nearest(name, COLUMNS, 1)[0]
      const hint = similar === undefined ? undefined : `did you mean ${similar}?`
      row.fail(
        slot,
        name === '' ? 'A column has no name.' : `There is no column "${name.slice(0, 40)}" in a truth.`,
        hint,
      )
    }
  }
  for (const column of ['sample', 'gene_symbol'] as const)
    if (slots[column] < 0)
      findings.add(
        `There is no column ${column}.`,
        row.line,
        1,
        names.length === 1 ? 'columns must be separated by tabs' : undefined,
      )
  findings.finish()
  return slots
}

// Undefined = a row that says the sample has no genes.
const geneOf = (row: TableRow, at: Slots, file: string): AmrTruthGene | undefined => {
  const status = statusOf(row, at)
  const details = COLUMNS.slice(2).filter((column) => row.text(at[column]) !== null && column !== 'status')
  if (row.isEmpty(at.gene_symbol)) {
    if (details[0] !== undefined || status === 'absent')
      row.fail(at.gene_symbol, 'The gene symbol is missing.', 'only a row with nothing but the sample says "no genes"')
    return undefined
  }
  const aro = aroAccession(row.text(at.aro_accession))
  if (aro === null && row.text(at.aro_accession) !== null)
    row.fail(at.aro_accession, 'The ARO accession is not of the form ARO:3000873.')
  if (row.strand(at.strand) === null && row.text(at.strand) !== null)
    row.fail(at.strand, 'The strand is neither + nor -.')
  const start = row.position(at.start, 'start')
  const stop = row.position(at.stop, 'stop')
  if (start !== null && stop !== null && start > stop)
    row.fail(at.start, `The start ${start} is behind the stop ${stop}.`, 'the strand goes into its own column')
  const [hasStart, hasStop] = [row.text(at.start) !== null, row.text(at.stop) !== null]
  if (hasStart !== hasStop) row.fail(hasStart ? at.stop : at.start, 'One end of the gene is missing.')
  const copies = row.number(at.copies, 'number of copies', 0)
  if (copies === 0) row.fail(at.copies, 'A gene with 0 copies is not there.', 'use the status absent')
  return {
    geneSymbol: row.required(at.gene_symbol, 'gene symbol'),
    allele: row.text(at.allele),
    geneFamily: row.text(at.gene_family),
    drugClasses: row.list(at.drug_class, CLASS_SEPARATORS),
    aro,
    contig: row.text(at.contig),
    start,
    stop,
    strand: row.strand(at.strand),
    copies,
    depth: row.number(at.depth, 'depth', 0),
    status,
    location: { file, line: row.line, column: 1 },
  }
}

const statusOf = (row: TableRow, at: Slots): AmrTruthGene['status'] => {
  const status = row.text(at.status) ?? 'present'
  if (status === 'present' || status === 'absent') return status
  row.fail(at.status, `The status "${status.slice(0, 40)}" is neither present nor absent.`)
  return 'present'
}

const reportContradictions = (sample: string, { genes, emptyLine }: SampleRows, findings: Findings): void => {
  const present = genes.filter(({ status }) => status === 'present')
  const first = present[0]
  if (emptyLine !== undefined && first !== undefined)
    findings.add(
      `This row says that ${sample} has no genes, line ${first.location.line ?? 0} gives it ${first.geneSymbol}.`,
      emptyLine,
      1,
    )
  const lines = new Map(present.map((gene) => [gene.geneSymbol, gene.location.line ?? 0]))
  for (const { status, geneSymbol, location } of genes)
    if (status === 'absent' && lines.has(geneSymbol))
      findings.add(
        `${geneSymbol} is absent from ${sample} here and present on line ${lines.get(geneSymbol) ?? 0}.`,
        location.line,
        location.column,
      )
}
