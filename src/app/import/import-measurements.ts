import { nearest, Problem } from '../../core/problem.ts'
import { nameOf } from '../../core/relative-path.ts'
import type { Resources } from '../../core/run.ts'
import { resourcesOfTasks } from '../../core/trace/aggregate.ts'
import type { TaskMeasurement, Trace } from '../../core/trace/measurement.ts'
import { tasksByRepeat, tasksOfProcesses } from '../../core/trace/select-tasks.ts'
import type { Files, OutputReader } from '../ports.ts'

/** Where the measurements of finished outputs are. */
export interface MeasurementRequest {
  /** Absolute paths; `{sample}` stands for each sample. Empty = the newest trace in `pipeline_info/`. Null = leave them out. */
  readonly traces: readonly string[] | null
  /** A kind of measurements, or `auto`. */
  readonly format: string
  readonly columns?: Readonly<Record<string, string>>
}

/** What one imported execution is about. */
interface MeasuredTarget {
  readonly sample: string | null
  /** Beginnings of the Nextflow processes it is made of; null = everything. */
  readonly processes: readonly string[] | null
}

/** Measurements that have been read, to be shared out among executions. */
export interface Measurements {
  readonly sources: readonly { readonly file: string; readonly format: string; readonly sha256: string }[]
  /** Of the run as a whole. */
  readonly warnings: readonly string[]
  /** One entry for each repeat, with what to know about it; empty when nothing was measured. */
  of(target: MeasuredTarget): readonly { readonly resources: Resources; readonly warnings: readonly string[] }[]
}

interface Deps {
  readonly files: Files
  readonly reader: OutputReader
}

interface Scope {
  readonly dir: string
  readonly pipeline: string
  readonly samples: readonly string[]
}

interface SampleTrace {
  readonly trace: Trace
  /** The sample the file's path names, or null. */
  readonly sample: string | null
}

/** Reads measurements. Throws `E_NOT_FOUND` for files that are not there and `E_INPUT` for what cannot be true. */
export const readMeasurements = async (
  deps: Deps,
  scope: Scope,
  request: MeasurementRequest,
): Promise<Measurements> => {
  const warnings: string[] = []
  const found = findTraces(deps.files, scope, request, warnings)
  const traces: SampleTrace[] = []
  for (const { file, sample } of found) {
    const { format, columns } = request
    const trace = await deps.reader.trace(file, { format, ...(columns === undefined ? {} : { columns }) })
    traces.push({ trace: ofPipeline(trace, scope.pipeline, warnings), sample })
  }
  const kinds = [...new Set(traces.map(({ trace }) => trace.format))]
  if (kinds.length > 1)
    throw new Problem('E_USAGE', `Measurements of different kinds (${kinds.join(', ')}) cannot be added up.`, {
      hints: ['Give those of one kind.'],
    })
  warnings.push(...new Set(traces.flatMap(({ trace }) => [...trace.lacks, ...trace.warnings])))
  warnings.push(...samplelessTasks(traces, scope))
  const sources = await Promise.all(
    traces.map(async ({ trace: { file, format } }) => ({ file, format, sha256: await deps.files.sha256(file) })),
  )
  return { sources, warnings, of: (target) => shareOf(traces, target, scope) }
}

const findTraces = (
  files: Files,
  { dir, samples }: Scope,
  { traces }: MeasurementRequest,
  warnings: string[],
): readonly { readonly file: string; readonly sample: string | null }[] => {
  if (traces === null) return []
  if (traces.length === 0) {
    // Their names end with the time the run began, so the last one is the newest.
    const noted = files.glob(dir, 'pipeline_info/execution_trace_*.txt')
    const newest = noted.at(-1)
    if (newest === undefined) {
      warnings.push('no measurements were found: nothing is known of time and memory (--trace names a file)')
      return []
    }
    if (noted.length > 1)
      warnings.push(
        `pipeline_info holds ${noted.length} traces; ${newest.slice(dir.length + 1)}, the newest, was read: what earlier runs of a resumed pipeline cost is not in it`,
      )
    return [{ file: newest, sample: null }]
  }
  return traces.flatMap((file): readonly { readonly file: string; readonly sample: string | null }[] => {
    if (!file.includes('{sample}')) return [{ file, sample: null }]
    const there = samples
      .map((sample) => ({ file: file.replaceAll('{sample}', sample), sample }))
      .filter((one) => files.exists(one.file))
    if (there.length === 0)
      throw new Problem('E_NOT_FOUND', `No sample has measurements ${file}.`, {
        hints: [`{sample} was replaced by ${samples.slice(0, 10).join(', ')}.`],
      })
    if (there.length < samples.length)
      warnings.push(`${nameOf(file)}: there are measurements of ${there.length} of ${samples.length} samples`)
    return there
  })
}

// A file may hold the measurements of several pipelines; those of others are theirs.
const ofPipeline = (trace: Trace, pipeline: string, warnings: string[]): Trace => {
  const named = new Set(trace.tasks.flatMap((task) => task.pipeline ?? []))
  if (named.size === 0) return trace
  if (!named.has(pipeline))
    throw new Problem('E_INPUT', `${trace.file} has no measurements of ${pipeline}.`, {
      location: { file: trace.file },
      hints: [
        ...nearest(pipeline, named, 1).map((name) => `Did you mean ${name}?`),
        `It has those of ${[...named].slice(0, 10).join(', ')}.`,
      ],
    })
  const tasks = trace.tasks.filter((task) => task.pipeline === null || task.pipeline === pipeline)
  if (tasks.length < trace.tasks.length)
    warnings.push(
      `${nameOf(trace.file)}: ${trace.tasks.length - tasks.length} measurements of other pipelines were left out`,
    )
  return { ...trace, tasks }
}

const samplelessTasks = (traces: readonly SampleTrace[], { samples }: Scope): readonly string[] => {
  const known = new Set(samples)
  return traces.flatMap(({ trace, sample }) => {
    const strangers = trace.tasks.filter((task) => sample === null && !known.has(task.sample ?? '')).length
    if (strangers === 0 || samples.length <= 1) return []
    if (strangers < trace.tasks.length)
      return [`${nameOf(trace.file)}: ${strangers} of ${trace.tasks.length} tasks belong to no single sample`]
    // A pipeline that Nextflow ran for all samples at once is measured as a whole; other files are most often of one.
    if (trace.format === 'nextflow') return []
    return [
      `${nameOf(trace.file)} names none of the samples: its time and memory are of none of them (--trace with {sample} in the path names a file for each)`,
    ]
  })
}

const shareOf = (
  traces: readonly SampleTrace[],
  { sample, processes }: MeasuredTarget,
  { samples }: Scope,
): ReturnType<Measurements['of']> => {
  const [first] = traces
  if (first === undefined || (processes !== null && first.trace.format !== 'nextflow')) return []
  const isOnly = samples.length === 1
  const ofSample = (one: SampleTrace): readonly TaskMeasurement[] => {
    if (sample === null || one.sample === sample) return one.trace.tasks
    if (one.sample !== null) return []
    const own = one.trace.tasks.filter((task) => task.sample === sample)
    return own.length === 0 && isOnly ? one.trace.tasks : own
  }
  const all = traces.flatMap(ofSample)
  const tasks = processes === null ? all : tasksOfProcesses(all, processes)
  const { file, method } = first.trace
  return [...tasksByRepeat(tasks).values()].flatMap((members) => {
    const { resources, warnings } = resourcesOfTasks({ file: nameOf(file), method }, members)
    const partly =
      processes === null
        ? []
        : [`time and memory are those of the processes ${processes.join(', ')}*, while others ran too`]
    return resources === null ? [] : [{ resources, warnings: [...partly, ...warnings] }]
  })
}
