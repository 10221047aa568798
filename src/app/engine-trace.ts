import { Problem } from '../core/problem.ts'
import type { Resources } from '../core/run.ts'
import { resourcesOfTasks } from '../core/trace/aggregate.ts'
import type { Files, OutputReader } from './ports.ts'

/** From this factor on the tasks cannot have been among the processes that were measured. */
const CLEARLY_MORE = 1.2

/**
 * What a workflow engine's own trace says beside our measurement. An engine that starts its tasks in containers or on a
 * cluster leaves nothing but itself to measure here; then the two figures differ, and that has to be said.
 */
export const engineTraceNotes = async (
  deps: { readonly files: Files; readonly reader: OutputReader },
  dir: string,
  measured: Resources | null,
): Promise<readonly string[]> => {
  const newest = deps.files.glob(dir, 'pipeline_info/execution_trace_*.txt').at(-1)
  if (newest === undefined) return []
  try {
    const trace = await deps.reader.trace(newest, { format: 'nextflow' })
    const { resources } = resourcesOfTasks(trace, trace.tasks)
    return resources === null ? [] : notesOn(trace.tasks.length, resources, measured)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return [`the trace of the pipeline cannot be read: ${error.message}`]
  }
}

const notesOn = (tasks: number, traced: Resources, measured: Resources | null): readonly string[] => {
  const { cpuSeconds, peakRssBytes } = traced
  const figures = [
    cpuSeconds === null ? null : `CPU time ${cpuSeconds} s`,
    peakRssBytes === null ? null : `memory of its largest task ${Math.ceil(peakRssBytes / 1e6)} MB`,
  ].filter((figure) => figure !== null)
  if (figures.length === 0) return []
  const own = `the pipeline’s own trace (${tasks} tasks) says: ${figures.join(', ')}`
  const ranElsewhere =
    (cpuSeconds ?? 0) > CLEARLY_MORE * (measured?.cpuSeconds ?? Infinity) ||
    (peakRssBytes ?? 0) > CLEARLY_MORE * (measured?.peakRssBytes ?? Infinity)
  return [
    ranElsewhere
      ? `${own}; its tasks ran outside of the processes measured here (in containers, on a cluster): CPU time and memory of this execution are those of the engine alone`
      : own,
  ]
}
