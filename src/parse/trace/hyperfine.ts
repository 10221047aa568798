import { BIGGEST_PROCESS } from '../../core/trace/aggregate.ts'
import { type TaskMeasurement, emptyMeasurement } from '../../core/trace/measurement.ts'
import type { TraceFormat, TraceSource } from './contract.ts'
import { MOST_BYTES, MOST_SECONDS } from './quantities.ts'

interface Result {
  readonly command?: unknown
  readonly times?: unknown
  readonly exit_codes?: unknown
  readonly memory_usage_byte?: unknown
  readonly user?: unknown
  readonly system?: unknown
}

/** `hyperfine --export-json`: each time of a command is a repeat. */
export const hyperfine: TraceFormat = {
  id: 'hyperfine',
  title: 'hyperfine JSON',
  method: { agent: 'hyperfine', cpu: 'mean_of_repeats', memory: BIGGEST_PROCESS },
  lacks: ['CPU time by hyperfine is the mean over its repeats, the same for each of them'],
  sniff: (head) => /^\s*\{\s*"results"\s*:/.test(head),
  read: (source) => {
    const results = resultsOf(source)
    return results.flatMap((result, index) => tasksOf(result, index, results.length, source))
  },
}

const resultsOf = ({ text, findings }: TraceSource): readonly Result[] => {
  try {
    const { results } = JSON.parse(text) as { readonly results?: unknown }
    if (Array.isArray(results) && results.length > 0) return results as Result[]
    findings.add('There is no list "results", or it is empty.', 1, 1)
  } catch (error) {
    if (!(error instanceof SyntaxError) && !(error instanceof TypeError)) throw error
    findings.add(`The file is not whole JSON: ${error.message}.`, 1, 1)
  }
  findings.finish()
  return []
}

const tasksOf = (
  { command, times, exit_codes: exits, memory_usage_byte: memory, user, system }: Result,
  index: number,
  results: number,
  source: TraceSource,
): readonly TaskMeasurement[] => {
  const { findings } = source
  const name = typeof command === 'string' ? command : `result ${index + 1}`
  const line = lineOf(source.text, index)
  if (!Array.isArray(times) || times.length === 0) {
    findings.add(`"${name.slice(0, 60)}" has no list "times".`, line, 1, 'export with --export-json')
    return []
  }
  const amount = (value: unknown, what: string, most: number): number | null => {
    if (value === null || value === undefined) return null
    if (typeof value === 'number' && value >= 0 && value <= most) return value
    const why = typeof value === 'number' && value < 0 ? 'is negative' : 'is not a number that can be true'
    findings.add(`${what} ${JSON.stringify(value)} of "${name.slice(0, 60)}" ${why}.`, line, 1)
    return null
  }
  const [userSeconds, systemSeconds] = [amount(user, 'user', MOST_SECONDS), amount(system, 'system', MOST_SECONDS)]
  return times.map((time: unknown, nth): TaskMeasurement => {
    const exit = at(exits, nth)
    return {
      ...emptyMeasurement(name, line),
      // One command is whatever is imported; of several, the one that bears the pipeline's name.
      pipeline: results === 1 ? null : name,
      repeat: nth + 1,
      state: exit === undefined || exit === 0 ? 'completed' : 'failed',
      wallSeconds: amount(time ?? Number.NaN, 'The time', MOST_SECONDS),
      cpuSeconds: userSeconds === null || systemSeconds === null ? null : userSeconds + systemSeconds,
      cpuUserSeconds: userSeconds,
      cpuSystemSeconds: systemSeconds,
      peakRssBytes: amount(at(memory, nth), 'The memory', MOST_BYTES) || null,
    }
  })
}

const at = (list: unknown, index: number): unknown => (Array.isArray(list) ? (list as unknown[])[index] : undefined)

// JSON.parse forgets where things stood; the n-th "command" begins the n-th result.
const lineOf = (text: string, index: number): number => {
  const found = [...text.matchAll(/"command"\s*:/g)][index]
  return found === undefined ? 1 : text.slice(0, found.index).split('\n').length
}
