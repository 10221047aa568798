import { logsFolder, outputsFolder } from '../../core/execution-name.ts'
import type { RunPlan } from '../../core/plan.ts'
import { Problem } from '../../core/problem.ts'
import { nameOf } from '../../core/relative-path.ts'
import { type Execution, hasOutputs, type Run } from '../../core/run.ts'
import type { TaskMeasurement } from '../../core/trace/measurement.ts'
import type { Files, OutputReader } from '../ports.ts'
import type { Part, ProcessUse } from './report-parts.ts'

/** Where nf-core pipelines leave the trace of their processes, in their output folder. */
export const TRACE_PATTERN = 'pipeline_info/execution_trace_*.txt'

interface TraceDeps {
  readonly files: Pick<Files, 'exists' | 'glob' | 'sha256'>
  readonly reader: Pick<OutputReader, 'trace'>
}

type Owner = Pick<Execution, 'pipeline' | 'version' | 'params'>

interface TraceOf {
  readonly owner: Owner
  readonly file: string
}

/**
 * What each process of the workflows cost, from the traces they left in their output folders or were imported with.
 * `prunedAt`: when outputs of the run were removed, or null.
 */
export const processesOf = async (
  deps: TraceDeps,
  run: Run,
  plan: RunPlan | null,
  prunedAt: string | null,
): Promise<Part<readonly ProcessUse[]>> => {
  const { traces, missing } = plan === null ? await importedTraces(deps, run) : ownTraces(deps, run, plan, prunedAt)
  const uses = new Map<string, Growing>()
  const unreadable: string[] = []
  for (const { owner, file } of traces)
    try {
      const { tasks } = await deps.reader.trace(file, { format: 'nextflow' })
      for (const task of tasks) add(uses, owner, task)
    } catch (cause) {
      if (!(cause instanceof Problem)) throw cause
      unreadable.push(cause.message)
    }
  if (uses.size > 0) return { found: [...uses.values()], missing: null }
  const [first] = unreadable
  return none(first === undefined ? missing : `The trace cannot be read: ${first}`)
}

interface FoundTraces {
  readonly traces: readonly TraceOf[]
  /** Why there is none. */
  readonly missing: string
}

const ownTraces = ({ files }: TraceDeps, run: Run, plan: RunPlan, prunedAt: string | null): FoundTraces => ({
  traces: run.executions.flatMap((execution) => {
    if (execution.warmup || !hasOutputs(execution.state)) return []
    const folder = outputsFolder(plan.resultsDir, execution, execution.attempt)
    // Outputs that were removed to free space leave their trace with the logs.
    const kept = logsFolder(plan.resultsDir, execution, execution.attempt)
    const file = files.glob(folder, TRACE_PATTERN).at(-1) ?? files.glob(kept, nameOf(TRACE_PATTERN)).at(-1)
    return file === undefined ? [] : [{ owner: execution, file }]
  }),
  missing:
    prunedAt === null
      ? `No pipeline of this run left a trace of its processes (${TRACE_PATTERN}).`
      : `No trace of its processes is there; outputs of this run were removed by \`benchmark prune\` on ${prunedAt.slice(0, 10)}.`,
})

/** The traces an import took its figures from, where they still are what they were. They are of the pipeline as a whole. */
const importedTraces = async ({ files }: TraceDeps, run: Run): Promise<FoundTraces> => {
  const sources = importSources(run.environment).filter(({ format }) => format === 'nextflow')
  const traces: TraceOf[] = []
  for (const { file, sha256 } of sources)
    if (files.exists(file) && (await files.sha256(file)) === sha256)
      traces.push({
        owner: { pipeline: run.pipelines[0] ?? '', version: run.executions[0]?.version ?? null, params: {} },
        file,
      })
  return {
    traces,
    missing:
      sources.length === 0
        ? 'This run was imported without a Nextflow trace.'
        : `The trace this run was imported with is gone or has changed: ${sources.map(({ file }) => nameOf(file)).join(', ')}.`,
  }
}

interface Source {
  readonly file: string
  readonly format: string
  readonly sha256: string
}

/** What an import wrote down of its measurements; other environments have none. */
const importSources = (environment: Run['environment']): readonly Source[] => {
  const { measurements } = (environment['import'] ?? {}) as { readonly measurements?: unknown }
  return Array.isArray(measurements) ? (measurements as readonly Source[]) : []
}

const none = (missing: string): Part<never> => ({ found: null, missing, next: null })

type Growing = { -readonly [Key in keyof ProcessUse]: ProcessUse[Key] }

const add = (uses: Map<string, Growing>, { pipeline, version, params }: Owner, task: TaskMeasurement): void => {
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
