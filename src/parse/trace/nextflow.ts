import { type TaskMeasurement, emptyMeasurement } from '../../core/trace/measurement.ts'
import { tagOfTask } from '../../core/trace/select-tasks.ts'
import { parseDuration } from '../../core/units.ts'
import { headerCells, normalizeColumnName } from '../table-header.ts'
import type { TraceFormat, TraceSource } from './contract.ts'
import { binaryBytes, dateMilliseconds, MOST_BYTES, MOST_PERCENT, MOST_SECONDS, plainNumber } from './quantities.ts'
import { column, type Row, rowsOf } from './rows.ts'

// The user chooses the fields, so nearly all may be missing. `rss` and `vmem` are the peaks of releases before 2019.
const COLUMNS = {
  name: column(false, 'name', 'process'),
  tag: column(false, 'tag'),
  hash: column(false, 'hash'),
  status: column(true, 'status'),
  submit: column(false, 'submit'),
  start: column(false, 'start'),
  complete: column(false, 'complete'),
  duration: column(false, 'duration'),
  realtime: column(false, 'realtime', 'walltime'),
  cpu: column(false, '%cpu'),
  peakRss: column(false, 'peak_rss', 'rss'),
  readChars: column(false, 'rchar'),
  writtenChars: column(false, 'wchar'),
  readBytes: column(false, 'read_bytes'),
  writeBytes: column(false, 'write_bytes'),
}
type Key = keyof typeof COLUMNS

const STATES: Readonly<Record<string, TaskMeasurement['state']>> = {
  COMPLETED: 'completed',
  CACHED: 'cached',
  STORED: 'cached',
  FAILED: 'failed',
  ABORTED: 'failed',
}

const UNENDED = /^(?:NEW|PENDING|SUBMITTED|RUNNING)$/i

/** `execution_trace_*.txt` of nf-core, or any `-with-trace` file; human or raw units, told apart cell by cell. */
export const nextflow: TraceFormat = {
  id: 'nextflow',
  title: 'Nextflow trace',
  method: { agent: 'nextflow-trace', cpu: 'realtime*%cpu', memory: 'vmhwm_sum' },
  lacks: [
    'memory of the whole run is not in a Nextflow trace, only that of each task (sum of every process’ own peak, sampled)',
  ],
  sniff: (head) => {
    const names = headerCells(head.split('\n', 1)[0] ?? '').map(normalizeColumnName)
    return names.includes('status') && ['task_id', 'hash', 'native_id', 'realtime'].some((name) => names.includes(name))
  },
  read: (source) => {
    const seen = new Map<string, TaskMeasurement['state']>()
    const rows = rowsOf(source.text, COLUMNS, source.findings, headerCells)
    return rows.flatMap((row) => {
      const status = row.cell('status') ?? ''
      if (UNENDED.test(status)) {
        source.warn(`tasks that had not ended (${status}) are left out`)
        return []
      }
      const task = taskOf(row, source)
      const hash = row.cell('hash')
      const before = hash === null ? undefined : seen.get(hash)
      if (hash !== null) seen.set(hash, task.state)
      // Resuming repeats rows of the task it took over; the first one says all there is.
      return before !== undefined && (task.state === 'cached' || before === 'cached') ? [] : [task]
    })
  },
}

const taskOf = (row: Row<Key>, { findings }: TraceSource): TaskMeasurement => {
  const name = row.cell('name') ?? row.cell('hash') ?? `line ${row.line}`
  const status = row.cell('status') ?? ''
  const state = STATES[status.toUpperCase()]
  if (state === undefined)
    row.fail(
      'status',
      `The status "${status.slice(0, 40)}" is none of a task that has ended.`,
      `known: ${Object.keys(STATES).join(', ')}`,
    )
  const before = findings.count
  const submitted = moment(row, 'submit')
  const started = moment(row, 'start')
  const duration = row.amount('duration', 'duration', seconds, MOST_SECONDS)
  const wallSeconds = row.amount('realtime', 'realtime', seconds, MOST_SECONDS)
  const percent = row.amount('cpu', '%cpu', (text) => plainNumber(text.replace(/%$/, '')), MOST_PERCENT)
  const bytes = (key: Key): number | null => row.amount(key, COLUMNS[key].names[0] ?? key, binaryBytes, MOST_BYTES)
  const complete = moment(row, 'complete')
  if (complete !== null && complete < (started ?? submitted ?? complete))
    row.fail('complete', `The task ${name.slice(0, 60)} ends before it begins.`)
  const cpuSeconds = percent === null || wallSeconds === null ? null : (percent / 100) * wallSeconds
  return {
    ...emptyMeasurement(name, row.line),
    sample: row.cell('tag') ?? tagOfTask(name),
    state: state ?? 'failed',
    submittedMs: submitted,
    startedMs: started,
    endedMs: complete ?? later(submitted, duration) ?? later(started, wallSeconds),
    wallSeconds: wallSeconds ?? duration,
    cpuSeconds: findings.count > before ? null : cpuSeconds,
    // A process has some memory: 0 is what is written when nothing was sampled of a short task.
    peakRssBytes: bytes('peakRss') || null,
    readCharsBytes: bytes('readChars'),
    writtenCharsBytes: bytes('writtenChars'),
    readBytes: bytes('readBytes'),
    writeBytes: bytes('writeBytes'),
  }
}

const later = (from: number | null, duration: number | null): number | null =>
  from === null || duration === null ? null : from + duration * 1000

// `1m 19s`, `252ms`; raw: milliseconds.
const seconds = (text: string): number | null => {
  const milliseconds = /^\d+$/.test(text) ? Number(text) : parseDuration(text)
  return milliseconds === null ? null : milliseconds / 1000
}

const LATEST = 4e12 // the year 2096, in milliseconds

const moment = (row: Row<Key>, key: Key): number | null =>
  row.amount(key, `time of ${key}`, (text) => (/^\d+$/.test(text) ? Number(text) : dateMilliseconds(text)), LATEST)
