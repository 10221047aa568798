import { mean } from '../stats/correlation.ts'
import { tTwoSided } from '../stats/distributions.ts'
import { FEWEST_DF, type Spread } from '../stats/spread.ts'
import { predictionInterval } from '../stats/t-interval.ts'
import { type Levels, spreadBefore } from './levels.ts'

/** So many earlier versions have a spread of their own; fewer borrow one. */
const OWN_SPREAD = 5
const LEVEL = 0.95

/** The newest level against what earlier ones lead to expect, on the scale. */
export interface Expectation {
  readonly value: number
  readonly centre: number
  readonly low: number
  readonly high: number
  readonly earlier: number
  readonly isBorrowed: boolean
  readonly df: number
  readonly p: number
}

/** Why there is no expectation. */
export type NoExpectation = 'too short' | 'zero spread'

/**
 * Prediction interval for the newest version: mean ± t · s · √(1 + 1/k) of the k versions at the level it should have,
 * since the last accepted shift. From five on with the spread of the series (kept over blessed shifts), below with a
 * borrowed one.
 */
export const expectNewest = (levels: Levels, since: number): Expectation | NoExpectation => {
  const last = levels.levels.length - 1
  const value = levels.levels[last]
  const earlier = levels.levels.slice(since, last)
  if (value === undefined || earlier.length === 0) return 'too short'
  const centre = mean(earlier)
  const own = spreadBefore(levels, last)
  // Levels that never moved leave no noise to hold a change against, borrowed or not.
  if (own !== null && own.sd <= 1e-12 * Math.max(1, Math.abs(centre))) return 'zero spread'
  const chosen = chooseSpread(own, levels.borrowed, earlier.length)
  if (chosen === null) return 'too short'
  const { spread, isBorrowed } = chosen
  const bounds = predictionInterval(earlier, LEVEL, spread)
  if (bounds === null) return 'too short'
  const error = spread.sd * Math.sqrt(1 + 1 / earlier.length)
  const p = tTwoSided((value - centre) / error, spread.df)
  return { value, centre, ...bounds, earlier: earlier.length, isBorrowed, df: spread.df, p }
}

const chooseSpread = (
  own: Spread | null,
  borrowed: Spread | null,
  earlier: number,
): { readonly spread: Spread; readonly isBorrowed: boolean } | null => {
  if (own !== null && (earlier >= OWN_SPREAD || own.df >= OWN_SPREAD - 1)) return { spread: own, isBorrowed: false }
  return borrowed !== null && borrowed.df >= FEWEST_DF ? { spread: borrowed, isBorrowed: true } : null
}
