import { sixDigits } from '../comparison/comparison.ts'
import { fromScale, type Scale, steadyMean, toScale } from '../comparison/difference-scale.ts'
import { effectRule } from '../comparison/effect-rule.ts'
import { median } from '../stats/correlation.ts'
import { pooledSpread, type Spread, variance } from '../stats/spread.ts'
import { databaseChanges } from './database-changes.ts'
import type { HistoryOptions, HistorySeries, Turn } from './history.ts'

/** A series on the scale its differences are taken on, one level for each version. */
export interface Levels {
  readonly scale: Scale
  readonly labels: readonly string[]
  readonly levels: readonly number[]
  /** First index of each stretch between blessed shifts and changed databases. */
  readonly stretches: readonly number[]
  /** Smallest shift of interest on the scale. */
  readonly smallest: number
  /** Spread of repeats of other configurations. */
  readonly borrowed: Spread | null
}

/** Repeats become one level (their geometric mean where values are sizes); versions without a value are left out. */
export const levelsOf = (series: HistorySeries, options: HistoryOptions): Levels => {
  const rule = effectRule(series.definition, options)
  const measured = series.points.filter(({ values }) => values.length > 0)
  const scale: Scale =
    rule.scale === 'log' && measured.every(({ values }) => values.every((value) => value > 0)) ? 'log' : 'raw'
  const levels = measured.map(({ values }) => steadyMean(values.map((value) => toScale(value, scale))))
  const { of, value } = rule.smallest
  const middle = levels.length === 0 ? 0 : Math.abs(median(levels))
  const groups = (series.storedRepeats ?? []).filter((group) => scale === 'raw' || group.every((one) => one > 0))
  const own = measured.map(({ values }) => values)
  return {
    scale,
    labels: measured.map(({ label }) => label),
    levels,
    stretches: [...new Set([0, ...startsAnewAt(series)])].filter((index) => index < levels.length),
    smallest: scale === 'log' ? Math.log1p(value) : of === 'unit' ? value : value * middle,
    borrowed: pooledSpread([...groups, ...own].map((group) => group.map((one) => toScale(one, scale)))),
  }
}

/**
 * Blessed shifts and changed databases: with these the versions before are not comparable. One at a version that was not
 * measured counts from the next one that was.
 */
const startsAnewAt = ({ points }: HistorySeries): readonly number[] => {
  const changed = new Set(databaseChanges(points).map(({ index }) => index))
  let index = 0
  return points.flatMap(({ values, isBlessed }, at) => {
    const here = isBlessed === true || changed.has(at) ? [index] : []
    if (values.length > 0) index++
    return here
  })
}

/** Spread inside the stretches before a point: what starts anew has another centre, and the spread is kept. */
export const spreadBefore = ({ levels, stretches }: Levels, end: number): Spread | null => {
  const groups = stretches
    .filter((start) => start < end)
    .map((start, index, all) => levels.slice(start, Math.min(end, all[index + 1] ?? end)))
    .filter((group) => group.length >= 2)
  const df = groups.reduce((sum, group) => sum + group.length - 1, 0)
  if (df === 0) return null
  const squares = groups.reduce((sum, group) => sum + variance(group) * (group.length - 1), 0)
  return { sd: Math.sqrt(squares / df), df }
}

/** Which way a move on the scale is. */
export const turnOf = (move: number, { definition: { direction } }: HistorySeries): Turn => {
  if (direction === 'none' || move === 0) return 'other'
  return move > 0 === (direction === 'higher') ? 'better' : 'worse'
}

/** A level in the metric's unit. */
export const levelOf = (value: number, { scale }: Levels): number => fromScale(value, scale)

/** The level of every point in the metric's unit, as it is judged; null where there is none. */
export const pointLevels = (series: HistorySeries, options: HistoryOptions = {}): readonly (number | null)[] => {
  const judged = levelsOf(series, options)
  let next = 0
  return series.points.map(({ values }) =>
    values.length === 0 ? null : sixDigits(levelOf(judged.levels[next++] ?? 0, judged)),
  )
}
