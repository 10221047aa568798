import type { Board } from '../ranking/board.ts'
import type { Observation } from '../ranking/observation.ts'
import { mean } from '../stats/correlation.ts'

/** What computing costs somewhere. Prices are data: they come from a file, with a date and a source. */
export interface PriceTable {
  /** For one hour of one processor. */
  readonly cpuHour: number
  /** For one gigabyte (10⁹ bytes) of memory over one hour. */
  readonly memoryGbHour: number
  /** ISO 4217. */
  readonly currency: string
  readonly date: string
  readonly source: string
}

/** Mean use of resources for one sample; null what was not measured. */
export interface ResourceUse {
  readonly wallHours: number | null
  readonly cpuHours: number | null
  /** Peak memory times wall time: what a reservation of that size takes. */
  readonly memoryGbHours: number | null
  /** Samples it rests on. */
  readonly samples: number
}

const SECONDS = 3600
const GIGABYTE = 1e9

/**
 * Mean use for one sample: over repeats, samples, then datasets by weight. What a whole dataset took in one execution is
 * shared among its samples.
 */
export const resourceUse = (rows: readonly Observation[], board: Pick<Board, 'datasets'>): ResourceUse => {
  const wall = meanOf(rows, board, 'wall_seconds', SECONDS)
  const cpu = meanOf(rows, board, 'cpu_seconds', SECONDS)
  const memory = perSample(board, (dataset, sample, shared) => {
    const seconds = valueAt(rows, 'wall_seconds', dataset, sample)
    const bytes = valueAt(rows, 'peak_rss_bytes', dataset, sample)
    return seconds === null || bytes === null ? null : (seconds / SECONDS / shared) * (bytes / GIGABYTE)
  })
  return {
    wallHours: wall.value,
    cpuHours: cpu.value,
    memoryGbHours: memory.value,
    samples: Math.max(wall.samples, cpu.samples, memory.samples),
  }
}

/** Cost of one sample, or null where a part of it was not measured. */
export const costOf = (use: ResourceUse, prices: PriceTable): number | null =>
  use.cpuHours === null || use.memoryGbHours === null
    ? null
    : use.cpuHours * prices.cpuHour + use.memoryGbHours * prices.memoryGbHour

interface MeanUse {
  readonly value: number | null
  readonly samples: number
}

const meanOf = (
  rows: readonly Observation[],
  board: Pick<Board, 'datasets'>,
  metric: string,
  divisor: number,
): MeanUse =>
  perSample(board, (dataset, sample, shared) => {
    const value = valueAt(rows, metric, dataset, sample)
    return value === null ? null : value / divisor / shared
  })

const perSample = (
  board: Pick<Board, 'datasets'>,
  use: (dataset: string, sample: string | null, shared: number) => number | null,
): MeanUse => {
  let sum = 0
  let weights = 0
  let counted = 0
  for (const { dataset, samples, weight } of board.datasets) {
    const own = samples.flatMap((sample) => use(dataset, sample, 1) ?? [])
    const whole = use(dataset, null, samples.length)
    if (own.length === 0 && whole === null) continue
    sum += weight * (own.length > 0 ? mean(own) : (whole ?? 0))
    weights += weight
    counted += own.length > 0 ? own.length : samples.length
  }
  return { value: weights === 0 ? null : sum / weights, samples: counted }
}

const valueAt = (
  rows: readonly Observation[],
  metric: string,
  dataset: string,
  sample: string | null,
): number | null => {
  const values = rows
    .flatMap((row) =>
      row.metric === metric && row.dataset === dataset && row.sample === sample && row.value !== null
        ? [row.value]
        : [],
    )
    .sort((left, right) => left - right)
  return values.length === 0 ? null : mean(values)
}
