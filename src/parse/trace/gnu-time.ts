import { BIGGEST_PROCESS } from '../../core/trace/aggregate.ts'
import { type TaskMeasurement, emptyMeasurement } from '../../core/trace/measurement.ts'
import type { TraceFormat, TraceSource } from './contract.ts'
import { clockSeconds, MOST_BYTES, MOST_SECONDS, plainNumber } from './quantities.ts'
import { faultOf } from './rows.ts'

const FIRST = 'Command being timed:'
const LABELS = {
  user: 'User time (seconds):',
  system: 'System time (seconds):',
  elapsed: 'Elapsed (wall clock) time (h:mm:ss or m:ss):',
  memory: 'Maximum resident set size (kbytes):',
  inputs: 'File system inputs:',
  outputs: 'File system outputs:',
  exit: 'Exit status:',
}
type Label = keyof typeof LABELS

const BLOCK_BYTES = 512

interface Report {
  readonly command: string
  readonly line: number
  readonly texts: Map<Label, { readonly text: string; readonly line: number; readonly column: number }>
}

/** What `/usr/bin/time -v` prints, with or without what the command itself printed around it. */
export const gnuTime: TraceFormat = {
  id: 'gnu-time',
  title: 'GNU time -v report',
  method: { agent: 'gnu-time', cpu: 'wait4', memory: BIGGEST_PROCESS },
  lacks: ['memory by GNU time is that of the largest single process, not of the process tree'],
  sniff: (head) => head.includes(FIRST) && head.includes(LABELS.elapsed),
  read: (source) => {
    const reports = reportsIn(source.text)
    if (reports.length === 0)
      source.findings.add(`There is no line "${FIRST}".`, 1, 1, 'use /usr/bin/time -v, not the word of the shell')
    const runs = new Map<string, number>()
    return reports.map((report) => {
      const repeat = (runs.get(report.command) ?? 0) + 1
      runs.set(report.command, repeat)
      return taskOf(report, repeat, source)
    })
  },
}

const reportsIn = (text: string): readonly Report[] => {
  const reports: Report[] = []
  for (const [index, line] of text.split('\n').entries()) {
    const trimmed = line.trim()
    if (trimmed.startsWith(FIRST)) {
      const command = trimmed
        .slice(FIRST.length)
        .trim()
        .replace(/^"(.*)"$/, '$1')
      reports.push({ command, line: index + 1, texts: new Map() })
      continue
    }
    const report = reports.at(-1)
    const label = (Object.keys(LABELS) as Label[]).find((key) => trimmed.startsWith(LABELS[key]))
    if (report === undefined || label === undefined) continue
    const value = trimmed.slice(LABELS[label].length).trim()
    report.texts.set(label, { text: value, line: index + 1, column: line.lastIndexOf(value) + 1 })
  }
  return reports
}

const taskOf = ({ command, line, texts }: Report, repeat: number, { findings }: TraceSource): TaskMeasurement => {
  const amount = (label: Label, read: (text: string) => number | null, most: number): number | null => {
    const found = texts.get(label)
    if (found === undefined) return null
    const fault = faultOf(found.text, LABELS[label].replace(/:$/, ''), read(found.text), most)
    if (fault === null) return read(found.text)
    findings.add(fault, found.line, found.column)
    return null
  }
  const wallSeconds = amount('elapsed', clockSeconds, MOST_SECONDS)
  if (!texts.has('elapsed'))
    findings.add('The report that begins here has no elapsed time.', line, 1, 'it may have been cut off')
  const user = amount('user', plainNumber, MOST_SECONDS)
  const system = amount('system', plainNumber, MOST_SECONDS)
  const scaled = (label: Label, unit: number): number | null => {
    const value = amount(label, plainNumber, MOST_BYTES / unit)
    return value === null ? null : value * unit
  }
  return {
    ...emptyMeasurement(command, line),
    repeat,
    state: (texts.get('exit')?.text ?? '0') === '0' ? 'completed' : 'failed',
    wallSeconds,
    cpuSeconds: user === null || system === null ? null : user + system,
    cpuUserSeconds: user,
    cpuSystemSeconds: system,
    peakRssBytes: scaled('memory', 1024) || null,
    readBytes: scaled('inputs', BLOCK_BYTES),
    writeBytes: scaled('outputs', BLOCK_BYTES),
  }
}
