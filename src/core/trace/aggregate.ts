import type { Resources } from '../run.ts'
import { concurrentMemoryBound } from './concurrent-memory.ts'
import type { TaskMeasurement, Trace } from './measurement.ts'

/** What tasks cost together; `resources` null when none of them was measured. */
interface TraceTotal {
  readonly resources: Resources | null
  readonly warnings: readonly string[]
}

/**
 * The tasks of one execution as its resources: wall = last end − first submission (or start), of a single task its own
 * time; CPU and volumes are sums; memory is the largest of any task, because the peaks of tasks need not have met.
 * Tasks taken from an earlier run (`cached`) cost this run nothing and are left out, aloud.
 */
export const resourcesOfTasks = (
  trace: Pick<Trace, 'file' | 'method'>,
  tasks: readonly TaskMeasurement[],
): TraceTotal => {
  const measured = tasks.filter(({ state }) => state !== 'cached')
  const warnings: string[] = []
  const say = (text: string): void => void warnings.push(`${trace.file}: ${text}`)
  const cached = tasks.length - measured.length
  if (cached > 0)
    say(
      `${count(cached, 'task')} came from an earlier run (CACHED); time and memory are those of the other ${measured.length}, not of the whole pipeline`,
    )
  if (measured.length === 0) return { resources: null, warnings }

  const failed = measured.filter(({ state }) => state === 'failed').length
  if (failed > 0) say(`${count(failed, 'task')} failed; what they cost is included`)
  const sum = (read: (task: TaskMeasurement) => number | null, what?: string): number | null => {
    const values = measured.map(read).filter((value) => value !== null)
    if (what !== undefined && values.length > 0 && values.length < measured.length)
      say(`${what} is known of ${values.length} of ${measured.length} tasks; the sum is of those`)
    return values.length === 0 ? null : tidy(values.reduce((one, other) => one + other, 0))
  }
  const cpuSeconds = sum((task) => task.cpuSeconds, 'CPU time')
  const peak = peakOf(measured, say)
  const resources: Resources = {
    wallSeconds: wallOf(measured, say),
    cpuSeconds,
    cpuUserSeconds: sum((task) => task.cpuUserSeconds),
    cpuSystemSeconds: sum((task) => task.cpuSystemSeconds),
    peakRssBytes: peak,
    peakRssSumBytes: null,
    peakPssBytes: null,
    biggestProcessBytes: trace.method.memory === BIGGEST_PROCESS ? peak : null,
    cgroupPeakBytes: null,
    readCharsBytes: sum((task) => task.readCharsBytes),
    writtenCharsBytes: sum((task) => task.writtenCharsBytes),
    readBytes: sum((task) => task.readBytes),
    writeBytes: sum((task) => task.writeBytes),
    outputBytes: null,
    cpuEfficiency: null,
    method: {
      agent: trace.method.agent,
      cpu: cpuSeconds === null ? null : trace.method.cpu,
      memory: peak === null ? null : memoryMethod(trace.method.memory, measured.length),
      intervalMs: null,
      ticks: null,
      escapedProcesses: null,
      samplingGapSeconds: null,
    },
    noise: null,
  }
  return { resources, warnings }
}

/** `method.memory` of instruments that know the largest single process and nothing else. */
export const BIGGEST_PROCESS = 'biggest_process'

const memoryMethod = (method: string | null, tasks: number): string | null =>
  method === null || tasks === 1 ? method : `max_task(${method})`

type Say = (text: string) => void

// The spread of a loop: a file may have more tasks than a call takes arguments.
const wallOf = (tasks: readonly TaskMeasurement[], say: Say): number | null => {
  const placed = tasks.filter((task) => begin(task) !== null && task.endedMs !== null)
  const [only] = tasks
  if (placed.length === 0) {
    if (tasks.length === 1 && only !== undefined) return only.wallSeconds
    say(`${tasks.length} tasks without times of day may have run at once; how long they took together is not known`)
    return null
  }
  if (placed.length < tasks.length)
    say(`${count(tasks.length - placed.length, 'task')} without times of day are not part of the elapsed time`)
  let first = Infinity
  let last = -Infinity
  for (const task of placed) {
    first = Math.min(first, begin(task) ?? Infinity)
    last = Math.max(last, task.endedMs ?? -Infinity)
  }
  return tidy((last - first) / 1000)
}

const begin = ({ submittedMs, startedMs }: TaskMeasurement): number | null => submittedMs ?? startedMs

const highest = (tasks: readonly TaskMeasurement[]): number | null =>
  tasks.reduce<number | null>(
    (most, { peakRssBytes }) => (peakRssBytes === null ? most : Math.max(most ?? 0, peakRssBytes)),
    null,
  )

const peakOf = (tasks: readonly TaskMeasurement[], say: Say): number | null => {
  const peak = highest(tasks)
  const unknown = tasks.filter(({ peakRssBytes }) => peakRssBytes === null).length
  if (peak === null || tasks.length === 1) return peak
  if (unknown > 0) say(`peak memory is known of ${tasks.length - unknown} of ${tasks.length} tasks`)
  const bound = concurrentMemoryBound(tasks)
  const total = bound === null ? 'what all held at once is not known' : `all held at most ${gigabytes(bound)} at once`
  say(`peak memory is that of the largest task; ${total}`)
  return peak
}

const gigabytes = (bytes: number): string => `${Math.ceil(bytes / 1e7) / 100} GB`

const count = (number: number, what: string): string => `${number} ${what}${number === 1 ? '' : 's'}`

/** Without the digits that adding decimals invents. */
const tidy = (value: number): number => Math.round(value * 10_000) / 10_000
