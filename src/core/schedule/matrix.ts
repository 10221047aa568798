import type { Parameters, Pipeline } from '../pipeline.ts'
import type { PlannedExecution } from '../plan.ts'
import type { Sample } from '../sample.ts'

export interface MatrixRequest {
  readonly pipelines: readonly Pipeline[]
  readonly samples: readonly Sample[]
  readonly repeats: number
  /** Warm-ups for each pipeline and parameter set, on its first sample; measured, marked, never in statistics. */
  readonly warmup: number
  readonly order: 'blocks' | 'sequential' | 'random'
  /** Uniform in [0, 1); seeded by the caller, so that a plan can be repeated. */
  readonly random: () => number
}

/** How many executions a matrix has at most; nothing of that size is made. Samples without what a pipeline needs count too. */
export const countExecutions = ({
  pipelines,
  samples,
  repeats,
  warmup,
}: Pick<MatrixRequest, 'pipelines' | 'samples' | 'repeats' | 'warmup'>): number =>
  pipelines.reduce(
    (count, { parameterSets, scope }) =>
      count + parameterSets.length * ((scope === 'dataset' ? 1 : samples.length) * repeats + warmup),
    0,
  )

type Cell = Omit<PlannedExecution, 'id' | 'repeat' | 'warmup'>

/**
 * Pipelines x parameter sets x samples x repeats, in the order of execution.
 *
 * `blocks` is the complete randomised block design: every cell once in shuffled order, then every cell again. An
 * interrupted run is then balanced, and a machine that slows down hits all pipelines alike.
 */
export const buildMatrix = (request: MatrixRequest): PlannedExecution[] => {
  const cells = request.pipelines.flatMap((pipeline, index) => cellsOf(pipeline, index, request.samples))
  const runnable = cells.filter((cell) => cell.skip === null)
  const warmups = repeat(request.warmup, () => firstOfEach(runnable)).map((cell) => ({ ...cell, warmup: true }))
  const blocks = Array.from({ length: request.repeats }, () => cells.map((cell) => ({ ...cell, warmup: false })))

  const ordered =
    request.order === 'sequential'
      ? cells.flatMap((cell) => repeat(request.repeats, () => [{ ...cell, warmup: false }]))
      : request.order === 'random'
        ? shuffled(blocks.flat(), request.random)
        : blocks.flatMap((block) => shuffled(block, request.random))

  const seen = new Map<string, number>()
  return [...warmups, ...ordered].map((cell, index) => {
    const key = JSON.stringify([cell.pipelineIndex, cell.params, cell.sample, cell.warmup])
    const nth = (seen.get(key) ?? 0) + 1
    seen.set(key, nth)
    return { ...cell, id: index + 1, repeat: nth }
  })
}

const cellsOf = (pipeline: Pipeline, pipelineIndex: number, samples: readonly Sample[]): Cell[] =>
  pipeline.parameterSets.flatMap((params): Cell[] => {
    if (pipeline.scope === 'dataset')
      return [{ pipelineIndex, pipeline: pipeline.name, params, sample: null, skip: null }]
    return samples.map((sample) => ({
      pipelineIndex,
      pipeline: pipeline.name,
      params,
      sample: sample.id,
      skip: missingInput(pipeline, sample),
    }))
  })

const INPUTS = { reads_1: 'reads1', reads_2: 'reads2', fasta: 'fasta' } as const

const missingInput = (pipeline: Pipeline, sample: Sample): string | null => {
  const lacking = pipeline.needs.filter((need) => sample.files[INPUTS[need]] === null)
  return lacking.length === 0 ? null : `sample ${sample.id} has no ${lacking.join(', ')}`
}

const firstOfEach = (cells: readonly Cell[]): Cell[] => {
  const first = new Map<string, Cell>()
  for (const cell of cells) {
    const key = parameterKey(String(cell.pipelineIndex), cell.params)
    if (!first.has(key)) first.set(key, cell)
  }
  return [...first.values()]
}

/** One text for one pipeline and parameter set, whatever the order its parameters were written in. */
export const parameterKey = (pipeline: string, params: Parameters): string =>
  JSON.stringify([pipeline, Object.entries(params).sort(([left], [right]) => (left < right ? -1 : 1))])

const repeat = <T>(times: number, make: () => readonly T[]): T[] => Array.from({ length: times }, make).flat()

// Fisher-Yates.
const shuffled = <T>(items: readonly T[], random: () => number): T[] => {
  const result = [...items]
  for (let last = result.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1))
    const moved = result[last] as T
    result[last] = result[other] as T
    result[other] = moved
  }
  return result
}
