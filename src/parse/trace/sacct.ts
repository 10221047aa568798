import { type TaskMeasurement, emptyMeasurement } from '../../core/trace/measurement.ts'
import { normalizeColumnName } from '../table-header.ts'
import type { TraceFormat, TraceSource } from './contract.ts'
import { binaryBytes, clockSeconds, dateMilliseconds, MOST_BYTES, MOST_SECONDS, plainNumber } from './quantities.ts'
import { column, type Row, rowsOf } from './rows.ts'

const COLUMNS = {
  id: column(true, 'JobID', 'JobIDRaw'),
  name: column(false, 'JobName'),
  state: column(true, 'State'),
  submit: column(false, 'Submit'),
  start: column(false, 'Start'),
  end: column(false, 'End'),
  elapsed: column(false, 'Elapsed'),
  elapsedRaw: column(false, 'ElapsedRaw'),
  cpu: column(false, 'TotalCPU'),
  user: column(false, 'UserCPU'),
  system: column(false, 'SystemCPU'),
  maxRss: column(false, 'MaxRSS'),
}
type Key = keyof typeof COLUMNS

const UNENDED = /^(?:PENDING|RUNNING|SUSPENDED|REQUEUED|COMPLETING|CONFIGURING|RESIZING)/

/** What `sacct -P` prints: a line for each job and each of its steps, made one measurement for each job. */
export const sacct: TraceFormat = {
  id: 'sacct',
  title: 'sacct -P table',
  method: { agent: 'slurm-sacct', cpu: 'slurmd', memory: 'slurmd_sampled_max_step' },
  lacks: ['memory by Slurm is sampled at the interval of the site, often 30 s; it is the largest of any step'],
  sniff: (head) => {
    const names = (head.split('\n', 1)[0] ?? '').split('|').map(normalizeColumnName)
    return (names.includes('jobid') || names.includes('jobidraw')) && names.includes('state')
  },
  read: (source) => {
    const rows = rowsOf(source.text, COLUMNS, source.findings, (line) => line.split('|'))
    const jobs = new Map<string, Row<Key>[]>()
    for (const row of rows) {
      const id = row.cell('id')
      if (id === null) {
        row.fail('id', 'The job id is missing.')
        continue
      }
      const job = id.replace(/\..*$/, '')
      const steps = jobs.get(job)
      if (steps === undefined) jobs.set(job, [row])
      else steps.push(row)
    }
    return [...jobs].flatMap(([job, steps]) => taskOf(job, steps, source) ?? [])
  },
}

const taskOf = (job: string, rows: readonly Row<Key>[], { warn }: TraceSource): TaskMeasurement | null => {
  // The line of the job itself; `-o` with a filter on steps may leave only those.
  const main = rows.find((row) => row.cell('id') === job) ?? rows[0]
  if (main === undefined) return null
  const state = main.cell('state') ?? ''
  if (UNENDED.test(state)) {
    warn(`job ${job} has not ended (${state}); it is left out`)
    return null
  }
  const steps = rows.filter((row) => row !== main)
  const largest = (read: (row: Row<Key>) => number | null): number | null =>
    rows.map(read).reduce((most, value) => (value === null ? most : Math.max(most ?? 0, value)), null)
  // The line of the job holds the sum of its steps.
  const sumOf = (key: Key): number | null => {
    const read = (row: Row<Key>): number | null =>
      row.amount(key, COLUMNS[key].names[0] ?? key, clockSeconds, MOST_SECONDS)
    const own = read(main)
    if (own !== null || steps.length === 0) return own
    return steps.map(read).reduce((sum, value) => (value === null ? sum : (sum ?? 0) + value), null)
  }
  const name = main.cell('name') ?? job
  const [submittedMs, startedMs, endedMs] = (['submit', 'start', 'end'] as const).map((key) =>
    main.amount(key, `time of ${key}`, dateMilliseconds, LATEST),
  )
  if (startedMs != null && endedMs != null && endedMs < startedMs) main.fail('end', `Job ${job} ends before it starts.`)
  return {
    ...emptyMeasurement(name, main.line),
    sample: name,
    state: state.startsWith('COMPLETED') ? 'completed' : 'failed',
    submittedMs: submittedMs ?? null,
    startedMs: startedMs ?? null,
    endedMs: endedMs ?? null,
    wallSeconds: largest(
      (row) =>
        row.amount('elapsedRaw', 'ElapsedRaw', plainNumber, MOST_SECONDS) ??
        row.amount('elapsed', 'Elapsed', clockSeconds, MOST_SECONDS),
    ),
    cpuSeconds: sumOf('cpu'),
    cpuUserSeconds: sumOf('user'),
    cpuSystemSeconds: sumOf('system'),
    peakRssBytes: largest((row) => row.amount('maxRss', 'MaxRSS', binaryBytes, MOST_BYTES)) || null,
  }
}

const LATEST = 4e12
