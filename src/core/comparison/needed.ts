import { normalQuantile } from '../stats/normal.ts'
import type { Needed } from './comparison.ts'
import { FEWEST_PAIRS } from './paired-evidence.ts'
import { FEWEST_FOR_RANKS } from './repeat-evidence.ts'

/** Four of five: how often a difference that is there should be shown. */
export const POWER = 0.8
// For the t distribution's wider tails.
const FOR_THE_T = 2
/** More than this nobody will run. */
const MOST = 100_000

/** Fewest common samples with which one of this many tests can pass Holm's correction: 2 / 2^m <= alpha / tests. */
export const reachableSamples = (tests: number, alpha = 0.05): number =>
  Math.max(FEWEST_PAIRS, Math.ceil(1 + Math.log2(tests / alpha) - 1e-9))

/** Fewest repeats on each side with which a Mann-Whitney test can: 2 / C(2n, n) <= alpha / tests. */
export const reachableRepeats = (tests: number, alpha = 0.05): number => {
  let splits = 6
  let n = 2
  while (2 / splits > alpha / Math.max(1, tests)) {
    n++
    splits = (splits * (2 * n) * (2 * n - 1)) / (n * n)
  }
  return n
}

/**
 * Samples or repeats on each side to show a difference in four of five cases: m = (z + 0.84)² (s / delta)² pairs, twice
 * that for repeats, two more for the t, and as many as the correction for all tests demands.
 */
export const neededFor = (
  delta: number,
  spread: number | null,
  { what, tests, alpha }: { readonly what: Needed['what']; readonly tests: number; readonly alpha: number },
): number | null => {
  if (spread === null || !(delta > 0)) return null
  const z = normalQuantile(1 - alpha / Math.max(1, tests) / 2) + normalQuantile(POWER)
  const count = Math.ceil((what === 'samples' ? 1 : 2) * z ** 2 * (spread / delta) ** 2) + FOR_THE_T
  if (count > MOST) return null
  if (what === 'samples') return Math.max(count, reachableSamples(Math.max(1, tests), alpha))
  // Two and three repeats are compared by a t test, which any p can come out of.
  return count < FEWEST_FOR_RANKS ? count : Math.max(count, reachableRepeats(tests, alpha))
}
