import { type TaskMeasurement, emptyMeasurement } from '../../core/trace/measurement.ts'
import { nearest } from '../../core/problem.ts'
import { parseDuration, parseSize } from '../../core/units.ts'
import type { ColumnTable } from '../table-header.ts'
import type { TraceFormat, TraceSource } from './contract.ts'
import { jsonRows } from './json-rows.ts'
import { clockSeconds, dateMilliseconds, MOST_BYTES, MOST_SECONDS, plainNumber } from './quantities.ts'
import { column, type Row, rowsOf } from './rows.ts'
import { splitter } from './split-line.ts'

const REQUIRED = ['sample', 'wall_s'] as const
const OPTIONAL = [
  'pipeline',
  'cpu_s',
  'peak_rss_bytes',
  'read_bytes',
  'write_bytes',
  'started_at',
  'repeat',
  'name',
] as const
type Key = (typeof REQUIRED)[number] | (typeof OPTIONAL)[number]
const FIELDS: readonly Key[] = [...REQUIRED, ...OPTIONAL]

/** A table of anybody's measurements (CSV, TSV, a JSON list or JSON lines); `columns` maps our fields to its columns. */
export const table: TraceFormat = {
  id: 'table',
  title: 'table of measurements',
  method: { agent: 'imported-table', cpu: 'unknown', memory: 'unknown' },
  lacks: ['how the figures of the table were measured is not known'],
  sniff: (head) => {
    const first = head.split('\n', 1)[0] ?? ''
    const names = splitter(first)(first).map((name) => name.trim())
    return REQUIRED.every((field) => names.includes(field)) || /^\s*\[?\s*\{[^}]*"wall_s"\s*:/.test(head)
  },
  read: (source) => {
    const columns = columnsOf(source)
    source.findings.finish()
    const { text, findings } = source
    const first = text.split('\n').find((line) => line.trim() !== '') ?? ''
    const rows = /^\s*[[{]/.test(text)
      ? jsonRows(text, columns, findings)
      : rowsOf(text, columns, findings, splitter(first))
    // A table without pipelines is of the one that is imported; one that names some must name all.
    const namesPipelines = rows.some((row) => row.cell('pipeline') !== null)
    return rows.flatMap((row) => taskOf(row, namesPipelines) ?? [])
  },
}

const columnsOf = ({ columns = {}, findings }: TraceSource): ColumnTable<Key> => {
  for (const field of Object.keys(columns))
    if (!FIELDS.some((known) => known === field)) {
      const near = nearest(field, FIELDS, 1)[0]
      findings.add(
        `--trace-columns: there is no field "${field}".`,
        undefined,
        undefined,
        near === undefined ? `fields: ${FIELDS.join(', ')}` : `did you mean ${near}?`,
      )
    }
  return Object.fromEntries(
    FIELDS.map((field) => [
      field,
      column(REQUIRED.some((one) => one === field) || columns[field] !== undefined, columns[field] ?? field),
    ]),
  ) as Record<Key, ReturnType<typeof column>>
}

const taskOf = (row: Row<Key>, namesPipelines: boolean): TaskMeasurement | null => {
  const [sample, wallText, pipeline] = [...REQUIRED, 'pipeline' as const].map((field) => {
    const text = row.cell(field)
    if (text === null && (field !== 'pipeline' || namesPipelines)) row.fail(field, `The ${field} is missing.`)
    return text
  })
  if (sample == null || wallText == null || pipeline === undefined || (pipeline === null && namesPipelines)) return null
  const wallSeconds = row.amount('wall_s', 'wall_s', seconds, MOST_SECONDS)
  const startedMs = row.amount('started_at', 'started_at', dateMilliseconds, 4e12)
  return {
    ...emptyMeasurement(row.cell('name') ?? sample, row.line),
    pipeline,
    sample,
    repeat: row.amount('repeat', 'repeat', wholeNumber, 1e6) ?? 1,
    startedMs,
    endedMs: startedMs === null || wallSeconds === null ? null : startedMs + wallSeconds * 1000,
    wallSeconds,
    cpuSeconds: row.amount('cpu_s', 'cpu_s', seconds, MOST_SECONDS),
    peakRssBytes: row.amount('peak_rss_bytes', 'peak_rss_bytes', bytes, MOST_BYTES) || null,
    readBytes: row.amount('read_bytes', 'read_bytes', bytes, MOST_BYTES),
    writeBytes: row.amount('write_bytes', 'write_bytes', bytes, MOST_BYTES),
  }
}

// Seconds, or a text with its unit: `1h30m`, `1:30:00`.
const seconds = (text: string): number | null => {
  const milliseconds = parseDuration(text)
  return plainNumber(text) ?? clockSeconds(text) ?? (milliseconds === null ? null : milliseconds / 1000)
}

const bytes = (text: string): number | null => plainNumber(text) ?? parseSize(text)

const wholeNumber = (text: string): number | null => (/^[1-9]\d*$/.test(text) ? Number(text) : null)
