import { type TaskMeasurement, emptyMeasurement } from '../../core/trace/measurement.ts'
import { headerCells, normalizeColumnName } from '../table-header.ts'
import type { TraceFormat, TraceSource } from './contract.ts'
import { jsonRows } from './json-rows.ts'
import { clockSeconds, MOST_BYTES, MOST_SECONDS, plainNumber } from './quantities.ts'
import { column, type Row, rowsOf } from './rows.ts'

const COLUMNS = {
  seconds: column(true, 's'),
  clock: column(false, 'h:m:s'),
  maxRss: column(false, 'max_rss'),
  maxVms: column(false, 'max_vms'),
  ioIn: column(false, 'io_in'),
  ioOut: column(false, 'io_out'),
  cpuTime: column(false, 'cpu_time'),
  rule: column(false, 'rule_name'),
  wildcards: column(false, 'wildcards'),
}
type Key = keyof typeof COLUMNS

const MEBIBYTE = 2 ** 20

/** A file of Snakemake's `benchmark:`, tab-separated or (from 8.11 on) JSON lines; several rows are repeats. */
export const snakemake: TraceFormat = {
  id: 'snakemake',
  title: 'Snakemake benchmark',
  method: { agent: 'snakemake-benchmark', cpu: 'sampled_live_processes', memory: 'rss_sum' },
  lacks: [
    'CPU time of a Snakemake benchmark misses processes that had ended (releases before 9 miss nearly all of it)',
    'a Snakemake benchmark is of one rule and does not say when it ran',
  ],
  sniff: (head) => {
    const names = headerCells(head.split('\n', 1)[0] ?? '').map(normalizeColumnName)
    return (names.includes('s') && names.includes('h:m:s')) || /^\s*\{[^\n]*"h:m:s"/.test(head)
  },
  read: (source) => {
    const { text, findings, file } = source
    const rows = /^\s*\{/.test(text) ? jsonRows(text, COLUMNS, findings) : rowsOf(text, COLUMNS, findings, headerCells)
    const repeats = new Map<string, number>()
    return rows.map((row) => {
      const name = row.cell('rule') ?? baseName(file)
      const identity = `${name}\t${row.cell('wildcards') ?? ''}`
      const repeat = (repeats.get(identity) ?? 0) + 1
      repeats.set(identity, repeat)
      return taskOf(row, name, repeat, source)
    })
  },
}

const taskOf = (row: Row<Key>, name: string, repeat: number, { warn }: TraceSource): TaskMeasurement => {
  const megabytes = (key: Key): number | null =>
    row.amount(key, COLUMNS[key].names[0] ?? key, (text) => scaled(plainNumber(text)), MOST_BYTES)
  const wallSeconds =
    row.amount('seconds', 'time s', plainNumber, MOST_SECONDS) ??
    row.amount('clock', 'time h:m:s', clockSeconds, MOST_SECONDS)
  const peak = megabytes('maxRss')
  const cpuSeconds = row.amount('cpuTime', 'cpu_time', plainNumber, MOST_SECONDS)
  // Nothing was sampled of a rule this short; its zeros are no measurement.
  const isSampled = peak !== null && peak > 0
  if (!isSampled) warn('memory and CPU time of rules too short to be sampled are missing, not 0')
  return {
    ...emptyMeasurement(name, row.line),
    repeat,
    sample: sampleIn(row.cell('wildcards')),
    wallSeconds,
    cpuSeconds: isSampled || (cpuSeconds ?? 0) > 0 ? cpuSeconds : null,
    peakRssBytes: isSampled ? peak : null,
    readBytes: isSampled ? megabytes('ioIn') : null,
    writeBytes: isSampled ? megabytes('ioOut') : null,
  }
}

const scaled = (value: number | null): number | null => (value === null ? null : Math.round(value * MEBIBYTE))

// `--benchmark-extended` writes the wildcards as JSON.
const sampleIn = (wildcards: string | null): string | null => {
  if (wildcards === null) return null
  try {
    const value = JSON.parse(wildcards) as { readonly sample?: unknown } | null
    return typeof value?.sample === 'string' ? value.sample : null
  } catch {
    return null
  }
}

const baseName = (file: string): string =>
  (file.split(/[\\/]/).at(-1) ?? file).replace(/\.gz$/, '').replace(/\.[^.]+$/, '')
