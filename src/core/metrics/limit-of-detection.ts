import { LEVEL_UNITS, parseLevel } from '../pathogen/truth-level.ts'
import { known, missing, type Quantity, type Summary } from '../score.ts'
import { mean } from '../stats/correlation.ts'
import { DETECTED_SHARE, FEWEST_AT_LEVEL } from './pathogen.ts'
import type { SampleTable, Series } from './sample-table.ts'

/** One truth level: how often what was there was found, and in how many samples that was tried. */
interface TriedLevel {
  readonly amount: number
  readonly rate: number
  readonly samples: number
}

/**
 * The smallest of the levels at which, and above which, everything is reliably detected. A level tried in too few
 * samples cannot be the limit, but a miss there rules out all levels below.
 */
export const limitOfDetection = (levels: readonly TriedLevel[]): Quantity => {
  if (levels.every(({ samples }) => samples < FEWEST_AT_LEVEL)) return missing('too_few')
  let limit: number | null = null
  for (const { amount, rate, samples } of [...levels].sort((left, right) => right.amount - left.amount)) {
    // 19/20 as a mean of ones and zeros may come out a hair below 0.95.
    if (rate < DETECTED_SHARE - 1e-9) break
    if (samples >= FEWEST_AT_LEVEL) limit = amount
  }
  return limit === null ? missing('not_reached') : known(limit)
}

/**
 * Limits of detection of one prediction or pipeline, from the detection rates stored with its samples. It takes all
 * samples together, so no execution on a single one can give it.
 */
export const limitsOfDetection = (series: readonly Series[], table: SampleTable): readonly Summary[] => {
  const rates = series.filter(({ metric }) => metric === 'detection_rate')
  const [first] = rates
  if (first === undefined) return []
  const columns = rates.map((one) => ({ level: parseLevel(one.level), column: table.column(one) }))
  const tried = columns.flatMap(({ level, column }): readonly TriedLevel[] => {
    const values = column.flatMap(({ value }) => (value === null ? [] : [value]))
    return level === null || values.length === 0
      ? []
      : [{ amount: level.amount, rate: mean(values), samples: values.length }]
  })
  const measure = columns.find(({ level }) => level !== null)?.level?.measure
  const quantity =
    measure === undefined
      ? missing('not_applicable')
      : tried.length === 0
        ? missing('not_run')
        : limitOfDetection(tried)
  const scored = table.samples.filter((_sample, row) =>
    columns.some(({ level, column }) => level !== null && (column[row]?.value ?? null) !== null),
  )
  return [
    {
      metric: 'limit_of_detection',
      level: null,
      rank: first.rank,
      unit: LEVEL_UNITS[measure ?? 'reads'],
      direction: 'lower',
      ...quantity,
      n: scored.length,
      nExpected: table.samples.length,
      low: null,
      high: null,
      method: { aggregation: 'total', interval: null },
    },
  ]
}
