import { median } from '../stats/correlation.ts'
import { mannWhitneyTest, rankSumInterval, rankSumShift } from '../stats/rank-sum.ts'
import { seededRandom } from '../stats/random.ts'
import { signFlipBounds, signFlipTest } from '../stats/sign-flip.ts'
import { ascending, FEWEST_DF, hasStraggler, pooledSpread, standardDeviation } from '../stats/spread.ts'
import { borrowedTest, type Bounds, boundsOf, pairedTTest, type TTest, welchTest } from '../stats/t-interval.ts'
import { fromScale, type Scale, steadyMean } from './difference-scale.ts'
import { EQUIVALENCE_LEVEL, type Evidence, LEVEL, statistic } from './evidence.ts'
import { FEWEST_PAIRS } from './paired-evidence.ts'

/** One value of each block (run and repeat), on the scale. */
export type Blocks = ReadonlyMap<string, number>

/** What both sides measured, and where a spread can be borrowed. */
export interface RepeatInput {
  readonly baseline: Blocks
  readonly candidate: Blocks
  readonly scale: Scale
  /** Repeats of equal configurations on the same machine class and data set, on the scale; those of both sides too. */
  readonly pool: readonly (readonly number[])[]
  readonly isInterleaved: boolean
  readonly seed: bigint
}

/** Repeats on each side from which on ranks are compared; fewer need a t test and its assumption. */
export const FEWEST_FOR_RANKS = 4
const LOG_NORMAL = 'repeats are independent with log-normal noise'

type Tested = Pick<Evidence, 'difference' | 'outer' | 'inner' | 'p' | 'shift' | 'lacking' | 'statistic'>

/**
 * Evidence of repeats: blocks as pairs where both sides ran in the same blocks; else from four on each side the exact
 * Mann-Whitney test, from two Welch's t, and for a single one a borrowed spread.
 */
export const repeatEvidence = (input: RepeatInput): Evidence => {
  const [baseline, candidate] = [valuesOf(input.baseline), valuesOf(input.candidate)]
  const levels = { baseline: levelOf(baseline, input.scale), candidate: levelOf(candidate, input.scale) }
  const tested = testOf(input, baseline, candidate)
  const warnings = [...tested.statistic.warnings, ...stragglers(baseline, candidate, input.scale)]
  return {
    scale: input.scale,
    unitOfAnalysis: 'repeats',
    ...levels,
    spread: spreadOf(baseline, candidate, input.pool),
    ...tested,
    statistic: { ...tested.statistic, warnings },
  }
}

const valuesOf = (blocks: Blocks): readonly number[] => [...blocks.values()].sort(ascending)

const testOf = (input: RepeatInput, baseline: readonly number[], candidate: readonly number[]): Tested => {
  const fewest = Math.min(baseline.length, candidate.length)
  if (fewest === 0) return untested(null, 'nothing was measured anew on both sides', baseline, candidate)
  const common = [...input.baseline.keys()].filter((block) => input.candidate.has(block))
  if (input.isInterleaved && common.length >= 2) return blockTest(input, common)
  if (fewest >= FEWEST_FOR_RANKS) return rankTest(baseline, candidate)
  if (fewest >= 2) return tTest(welchTest(baseline, candidate), 'welch_t', LOG_NORMAL, input, baseline, candidate)
  const spread = pooledSpread(input.pool)
  if (spread === null)
    return untested(
      steadyMean(candidate) - steadyMean(baseline),
      `no interval (n=1): nothing to borrow a spread from (needs ${FEWEST_DF} degrees of freedom)`,
      baseline,
      candidate,
    )
  const assumption = `${LOG_NORMAL}; spread borrowed from other configurations on this machine class and data set`
  return tTest(borrowedTest(baseline, candidate, spread), 'borrowed_t', assumption, input, baseline, candidate)
}

const untested = (
  difference: number | null,
  lacking: string,
  baseline: readonly number[],
  candidate: readonly number[],
): Tested => ({
  ...{ difference, outer: null, inner: null, p: null, shift: null, lacking },
  statistic: statistic({ method: 'none', n: [baseline.length, candidate.length] }),
})

const rankTest = (baseline: readonly number[], candidate: readonly number[]): Tested => {
  const bounds = (level: number): Bounds | null => rankSumInterval(baseline, candidate, level)
  const { p, isExact } = mannWhitneyTest(baseline, candidate)
  const shift = rankSumShift(baseline, candidate)
  return {
    difference: shift,
    outer: bounds(LEVEL),
    inner: bounds(EQUIVALENCE_LEVEL),
    p,
    shift: { shift, bounds: bounds(LEVEL) },
    lacking: null,
    statistic: statistic({
      method: isExact ? 'mann_whitney_exact' : 'mann_whitney_normal',
      n: [baseline.length, candidate.length],
      level: LEVEL,
      assumption: 'repeats are independent',
    }),
  }
}

const tTest = (
  test: TTest | null,
  method: string,
  assumption: string,
  { scale }: RepeatInput,
  baseline: readonly number[],
  candidate: readonly number[],
): Tested => {
  const difference = steadyMean(candidate) - steadyMean(baseline)
  if (test === null)
    return untested(difference, 'repeats do not differ at all, so their noise is unknown', baseline, candidate)
  return {
    ...{ difference, p: test.p, shift: null, lacking: null },
    outer: boundsOf(test, LEVEL),
    inner: boundsOf(test, EQUIVALENCE_LEVEL),
    statistic: statistic({
      method,
      n: [baseline.length, candidate.length],
      df: test.df,
      level: LEVEL,
      assumption: scale === 'log' ? assumption : assumption.replace('log-normal', 'normal'),
    }),
  }
}

const blockTest = (input: RepeatInput, common: readonly string[]): Tested => {
  const differences = [...common]
    .sort()
    .map((block) => (input.candidate.get(block) ?? 0) - (input.baseline.get(block) ?? 0))
  const m = differences.length
  const difference = steadyMean(differences)
  if (m < FEWEST_PAIRS) {
    const ends = differences.map(() => 0)
    const tested = tTest(pairedTTest(differences), 'paired_t_blocks', LOG_NORMAL, input, ends, ends)
    return { ...tested, difference, statistic: { ...tested.statistic, m } }
  }
  const bounds = signFlipBounds(differences, seededRandom(input.seed))
  const { p, isExact } = signFlipTest(differences, seededRandom(input.seed))
  return {
    ...{ difference, p, shift: null, lacking: null, outer: bounds(LEVEL), inner: bounds(EQUIVALENCE_LEVEL) },
    statistic: statistic({
      method: isExact ? 'sign_flip_blocks_exact' : 'sign_flip_blocks_random',
      n: [m, m],
      m,
      level: LEVEL,
      assumption: 'blocks are independent; differences are symmetric when nothing changed',
      seed: isExact ? null : String(input.seed),
    }),
  }
}

/** The mean, or with a straggler the median, which it cannot move. */
const levelOf = (values: readonly number[], scale: Scale): number | null => {
  if (values.length === 0) return null
  return isStraggling(values, scale) ? median(values) : steadyMean(values)
}

const isStraggling = (values: readonly number[], scale: Scale): boolean =>
  hasStraggler(values.map((value) => fromScale(value, scale)))

const stragglers = (baseline: readonly number[], candidate: readonly number[], scale: Scale): readonly string[] => {
  const sides = [
    ...(isStraggling(baseline, scale) ? ['baseline'] : []),
    ...(isStraggling(candidate, scale) ? ['candidate'] : []),
  ]
  return sides.map((side) => `a repeat of the ${side} stands far off the others: it is kept, and the median shown`)
}

const spreadOf = (
  baseline: readonly number[],
  candidate: readonly number[],
  pool: readonly (readonly number[])[],
): number | null => {
  const own = [baseline, candidate].filter((values) => values.length >= 2)
  const borrowed = pooledSpread(pool)
  if (own.length === 0) return borrowed?.sd ?? null
  const df = own.reduce((sum, values) => sum + values.length - 1, 0)
  const squares = own.map((values) => standardDeviation(values) ** 2 * (values.length - 1)).sort(ascending)
  return Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / df)
}
