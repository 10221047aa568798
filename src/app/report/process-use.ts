import { outputsFolder } from '../../core/execution-name.ts'
import type { RunPlan } from '../../core/plan.ts'
import { Problem } from '../../core/problem.ts'
import { type Execution, hasOutputs, type Run } from '../../core/run.ts'
import type { TaskMeasurement } from '../../core/trace/measurement.ts'
import type { Files, OutputReader } from '../ports.ts'
import type { Part, ProcessUse } from './report-parts.ts'

interface TraceDeps {
  readonly files: Files
  readonly reader: Pick<OutputReader, 'trace'>
}

/** What each process of the workflows cost, from the traces they left in their output folders. */
export const processesOf = async (
  deps: TraceDeps,
  run: Run,
  plan: RunPlan | null,
): Promise<Part<readonly ProcessUse[]>> => {
  if (plan === null) return none('This run was imported; its tasks were added up then and are not kept one by one.')
  const uses = new Map<string, Growing>()
  const unreadable: string[] = []
  for (const execution of run.executions) {
    if (execution.warmup || !hasOutputs(execution.state)) continue
    const folder = outputsFolder(plan.resultsDir, execution, execution.attempt)
    const newest = deps.files.exists(folder)
      ? deps.files.glob(folder, 'pipeline_info/execution_trace_*.txt').at(-1)
      : undefined
    if (newest === undefined) continue
    try {
      const { tasks } = await deps.reader.trace(newest, { format: 'nextflow' })
      for (const task of tasks) add(uses, execution, task)
    } catch (cause) {
      if (!(cause instanceof Problem)) throw cause
      unreadable.push(cause.message)
    }
  }
  if (uses.size > 0) return { found: [...uses.values()], missing: null }
  const [first] = unreadable
  return none(
    first === undefined
      ? 'No pipeline of this run left a trace of its processes (pipeline_info/execution_trace_*.txt).'
      : `The trace cannot be read: ${first}`,
  )
}

const none = (missing: string): Part<never> => ({ found: null, missing, next: null })

type Growing = { -readonly [Key in keyof ProcessUse]: ProcessUse[Key] }

const add = (uses: Map<string, Growing>, execution: Execution, task: TaskMeasurement): void => {
  const { pipeline, version, params } = execution
  const process = processName(task.name)
  const key = JSON.stringify([pipeline, version, params, process])
  const use: Growing = uses.get(key) ?? {
    ...{ pipeline, version, params, process, tasks: 0, failed: 0, cached: 0 },
    ...{ wallSeconds: null, cpuSeconds: null, peakRssBytes: null, readBytes: null, writtenBytes: null },
  }
  uses.set(key, use)
  use.tasks++
  if (task.state === 'failed') use.failed++
  if (task.state === 'cached') {
    // Its numbers are those of an earlier run.
    use.cached++
    return
  }
  use.wallSeconds = sum(use.wallSeconds, task.wallSeconds)
  use.cpuSeconds = sum(use.cpuSeconds, task.cpuSeconds)
  use.readBytes = sum(use.readBytes, task.readCharsBytes)
  use.writtenBytes = sum(use.writtenBytes, task.writtenCharsBytes)
  if (task.peakRssBytes !== null) use.peakRssBytes = Math.max(use.peakRssBytes ?? 0, task.peakRssBytes)
}

const sum = (one: number | null, other: number | null): number | null => (other === null ? one : (one ?? 0) + other)

/** `NFCORE_MAG:MAG:MEGAHIT (group1)` is a task of `NFCORE_MAG:MAG:MEGAHIT`; the last part is what people call it. */
const processName = (task: string): string => {
  const process = task.replace(/ \(.*\)$/s, '')
  return process.split(':').at(-1) ?? process
}
