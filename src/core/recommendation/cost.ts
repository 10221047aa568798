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
  const values = valuesByPlace(rows)
  const wall = perSample(board, (dataset, sample) => hoursAt(values, 'wall_seconds', dataset, sample))
  const cpu = perSample(board, (dataset, sample) => hoursAt(values, 'cpu_seconds', dataset, sample))
  const memory = perSample(board, (dataset, sample) => memoryAt(values, dataset, sample))
  return {
    wallHours: wall.value,
    cpuHours: cpu.value,
    memoryGbHours: memory.value,
    samples: Math.max(wall.samples, cpu.samples, memory.samples),
  }
}

/** What one sample took that was measured by itself; nulls where it was not. */
export interface SampleUse extends Omit<ResourceUse, 'samples'> {
  readonly dataset: string
  /** Of its dataset. */
  readonly weight: number
}

/** Use of each sample, in the order of the board. */
export const usesBySample = (rows: readonly Observation[], board: Pick<Board, 'datasets'>): readonly SampleUse[] => {
  const values = valuesByPlace(rows)
  return board.datasets.flatMap(({ dataset, samples, weight }) =>
    samples.map((sample) => ({
      dataset,
      weight,
      wallHours: hoursAt(values, 'wall_seconds', dataset, sample),
      cpuHours: hoursAt(values, 'cpu_seconds', dataset, sample),
      memoryGbHours: memoryAt(values, dataset, sample),
    })),
  )
}

/** Cost of one sample, or null where a part of it was not measured. */
export const costOf = (use: Pick<ResourceUse, 'cpuHours' | 'memoryGbHours'>, prices: PriceTable): number | null =>
  use.cpuHours === null || use.memoryGbHours === null
    ? null
    : use.cpuHours * prices.cpuHour + use.memoryGbHours * prices.memoryGbHour

interface MeanUse {
  readonly value: number | null
  readonly samples: number
}

const hoursAt = (values: ValuesByPlace, metric: string, dataset: string, sample: string | null): number | null => {
  const seconds = valueAt(values, metric, dataset, sample)
  return seconds === null ? null : seconds / SECONDS
}

const memoryAt = (values: ValuesByPlace, dataset: string, sample: string | null): number | null => {
  const hours = hoursAt(values, 'wall_seconds', dataset, sample)
  const bytes = valueAt(values, 'peak_rss_bytes', dataset, sample)
  return hours === null || bytes === null ? null : hours * (bytes / GIGABYTE)
}

const perSample = (
  board: Pick<Board, 'datasets'>,
  use: (dataset: string, sample: string | null) => number | null,
): MeanUse => {
  let sum = 0
  let weights = 0
  let counted = 0
  for (const { dataset, samples, weight } of board.datasets) {
    const own = samples.flatMap((sample) => use(dataset, sample) ?? [])
    const whole = use(dataset, null)
    if (own.length === 0 && whole === null) continue
    sum += weight * (own.length > 0 ? mean(own) : (whole ?? 0) / samples.length)
    weights += weight
    counted += own.length > 0 ? own.length : samples.length
  }
  return { value: weights === 0 ? null : sum / weights, samples: counted }
}

type ValuesByPlace = ReadonlyMap<string, readonly number[]>

const COSTS = new Set(['wall_seconds', 'cpu_seconds', 'peak_rss_bytes'])

const placeOf = (metric: string, dataset: string, sample: string | null): string =>
  JSON.stringify([metric, dataset, sample])

/** Costs by metric, dataset and sample: each is asked for once for every sample, of which there may be thousands. */
const valuesByPlace = (rows: readonly Observation[]): ValuesByPlace => {
  const values = new Map<string, number[]>()
  for (const { metric, dataset, sample, value } of rows) {
    if (value === null || !COSTS.has(metric)) continue
    const place = placeOf(metric, dataset, sample)
    const known = values.get(place)
    if (known === undefined) values.set(place, [value])
    else known.push(value)
  }
  return values
}

const valueAt = (values: ValuesByPlace, metric: string, dataset: string, sample: string | null): number | null => {
  const found = values.get(placeOf(metric, dataset, sample))
  // In order of size, so that the order of rows does not show in the last digit.
  return found === undefined ? null : mean([...found].sort((left, right) => left - right))
}
