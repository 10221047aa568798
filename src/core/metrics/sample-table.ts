import type { Execution } from '../run.ts'
import { known, missing, type Quantity, type Score } from '../score.ts'
import { mean } from '../stats/correlation.ts'

/** One metric at one level and rank. */
export interface Series extends Pick<Score, 'metric' | 'level' | 'rank' | 'unit' | 'direction'> {
  /** A number of the whole dataset, not of single samples. */
  readonly ofDataset: boolean
}

/** The scores of one pipeline, one quantity for each expected sample. */
export interface SampleTable {
  readonly samples: readonly string[]
  /** One quantity for each of `samples`, in that order (a single one for a series of the dataset). */
  column(series: Pick<Series, 'metric' | 'level' | 'rank' | 'ofDataset'>): readonly Quantity[]
}

/** Lays scores out by metric and sample. Repeats are averaged over those with a value; no score at all = `not_run`. */
export const sampleTable = (
  executions: readonly Pick<Execution, 'scores'>[],
  samples: readonly string[],
): SampleTable => {
  const cells = new Map<string, Score[]>()
  for (const { scores } of executions)
    for (const score of scores) {
      const key = cellKey(score, score.sample)
      cells.set(key, [...(cells.get(key) ?? []), score])
    }
  return {
    samples,
    column: (series) =>
      (series.ofDataset ? [null] : samples).map((sample) => meanOf(cells.get(cellKey(series, sample)) ?? [])),
  }
}

const cellKey = (of: Pick<Score, 'metric' | 'level' | 'rank'>, sample: string | null): string =>
  JSON.stringify([of.metric, of.level, of.rank, sample])

const meanOf = (repeats: readonly Score[]): Quantity => {
  // In order of size, so that the order of repeats does not change the last bit.
  const values = repeats.flatMap(({ value }) => (value === null ? [] : [value])).sort((left, right) => left - right)
  return values.length > 0 ? known(mean(values)) : missing(repeats[0]?.reason ?? 'not_run')
}
