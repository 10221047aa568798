import type { AmrCall } from '../../core/amr/call.ts'
import type { TableRow } from '../table-row.ts'

/** A call being filled in. Every format starts from the same literal, so all calls have one shape in memory. */
export type DraftCall = { -readonly [Key in keyof AmrCall]: AmrCall[Key] }

const NOTHING: readonly string[] = []
const NO_FLAGS: Readonly<Record<string, string>> = {}

export const draftCall = (line: number, tool: string | null, geneSymbol: string): DraftCall => ({
  sample: null,
  geneSymbol,
  geneName: null,
  database: null,
  accession: null,
  aro: null,
  geneFamily: null,
  drugClasses: NOTHING,
  mechanism: null,
  contig: null,
  start: null,
  stop: null,
  strand: null,
  identity: null,
  coverage: null,
  depth: null,
  score: null,
  variationType: 'gene_presence',
  flags: NO_FLAGS,
  tool,
  line,
})

/** The same call on another line. Written out: a spread copies property by property and is many times slower. */
export const copyCall = (of: DraftCall, line: number): DraftCall => ({
  sample: of.sample,
  geneSymbol: of.geneSymbol,
  geneName: of.geneName,
  database: of.database,
  accession: of.accession,
  aro: of.aro,
  geneFamily: of.geneFamily,
  drugClasses: of.drugClasses,
  mechanism: of.mechanism,
  contig: of.contig,
  start: of.start,
  stop: of.stop,
  strand: of.strand,
  identity: of.identity,
  coverage: of.coverage,
  depth: of.depth,
  score: of.score,
  variationType: of.variationType,
  flags: of.flags,
  tool: of.tool,
  line,
})

/** Sets start and stop in order. Tools without a strand column write minus-strand hits backwards. */
export const place = (call: DraftCall, start: number | null, stop: number | null): void => {
  if (start === null || stop === null) return
  const backwards = start > stop
  call.start = backwards ? stop : start
  call.stop = backwards ? start : stop
  if (backwards && call.strand === null) call.strand = '-'
}

/** A sequence id is the first word of a FASTA header; some tools write the whole header. */
export const sequenceId = (cell: string | null): string | null => {
  if (cell === null) return null
  const blank = cell.search(/\s/)
  return blank < 0 ? cell : cell.slice(0, blank)
}

const ARO_NUMBER = /^(?:ARO[:_])?(\d{7})$/i

/** `3000873`, `ARO:3000873` and `ARO_3000873` as `ARO:3000873`; null for anything else. */
export const aroAccession = (text: string | null): string | null => {
  if (text === null) return null
  const digits = ARO_NUMBER.exec(text)?.[1]
  return digits === undefined ? null : `ARO:${digits}`
}

/** Reads the two ends of `10432..11277`; either end may be NA. */
export const placeSpan = (call: DraftCall, row: TableRow, slot: number): void => {
  const span = row.text(slot)
  if (span === null) return
  const [start = '', stop = '', ...more] = span.split('..').map((end) => end.trim())
  if (start === 'NA' || stop === 'NA') return
  const first = Number(start)
  const last = Number(stop)
  if (more.length > 0 || !isPosition(start, first) || !isPosition(stop, last)) {
    row.fail(slot, `The position "${span.slice(0, 40)}" is not of the form start..stop.`)
    return
  }
  place(call, first, last)
}

const isPosition = (text: string, value: number): boolean =>
  /^\d+$/.test(text) && value >= 1 && Number.isSafeInteger(value)
