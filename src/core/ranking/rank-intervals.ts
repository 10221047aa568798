import { seededRandom } from '../stats/random.ts'
import { emptyMeans, fillMetricMeans, type MetricMeans, scoresOf, weightsOf } from './metric-means.ts'
import { type Basis, basisOf, seedFor } from './observation.ts'
import type { SampleRange, UtilityTable } from './utility-table.ts'

/** Draws of the paired bootstrap. */
export const DRAWS = 2000
const CONFIDENCE = 0.95
/** With fewer samples the interval is marked provisional: it is too narrow (see `scripts/bench/statistics`). */
export const FEWEST_SAMPLES = 5
/** With fewer samples a percentile interval of a mean is too narrow to be shown. */
const ENOUGH_FOR_SCORES = 10

/** Where a candidate may stand, with 95 % confidence. */
export interface RankInterval {
  readonly rankLow: number
  readonly rankHigh: number
  /** 95 % interval of the score; from 10 samples on, else null. */
  readonly scoreLow: number | null
  readonly scoreHigh: number | null
  /** Share of the draws in which nobody was better, 0..1. */
  readonly shareBest: number
}

/** Intervals of all candidates of a table, in its order; null where one sample cannot say anything about others. */
export interface RankIntervals {
  readonly intervals: readonly RankInterval[] | null
  readonly basis: Basis
}

/** Takes in one draw after the other, each with how often it came up, and then says what they show. */
export interface DrawCollector<T> {
  visit(means: MetricMeans, times: number): void
  finish(): T
}

/** Calls `visit` with the metric means of each draw; the arrays are reused from draw to draw. */
export type EachDraw = (visit: (means: MetricMeans, times: number) => void) => void

/**
 * The draws of a paired bootstrap: samples are drawn with replacement inside each dataset, the same ones for all
 * candidates, because samples are hard or easy for everybody (Efron and Tibshirani, An Introduction to the Bootstrap,
 * 1993, ch. 8). Few samples can be drawn in few ways (four in 35): each way is then visited once, with its number.
 */
export const pairedDraws =
  (table: UtilityTable, seed: string, draws = DRAWS): EachDraw =>
  (visit) => {
    const random = seededRandom(seedFor(seed, 'rank-intervals'))
    const means = emptyMeans(table)
    const take = (counts: Float64Array, times: number): void => {
      fillMetricMeans(table, counts, means)
      visit(means, times)
    }
    const repeats = waysToDraw(table.ranges) < draws / 2
    const ways = new Map<string, { readonly counts: Float64Array; times: number }>()
    const counts = new Float64Array(table.samples.length)
    for (let draw = 0; draw < draws; draw++) {
      counts.fill(0)
      for (const range of table.ranges) drawFrom(range, counts, random)
      if (!repeats) {
        take(counts, 1)
        continue
      }
      const key = counts.join()
      const known = ways.get(key)
      if (known === undefined) ways.set(key, { counts: counts.slice(), times: 1 })
      else known.times++
    }
    for (const way of ways.values()) take(way.counts, way.times)
  }

/** In how many ways samples can be drawn, whatever the order: (2m - 1 over m) for the m of each dataset. */
const waysToDraw = (ranges: readonly SampleRange[]): number =>
  ranges.reduce((ways, { from, to }) => {
    for (let i = 1; i <= to - from; i++) ways *= (to - from - 1 + i) / i
    return ways
  }, 1)

const drawFrom = ({ from, to }: SampleRange, counts: Float64Array, random: () => number): void => {
  for (let i = from; i < to; i++) {
    const drawn = from + Math.floor(random() * (to - from))
    counts[drawn] = (counts[drawn] ?? 0) + 1
  }
}

/**
 * 95 % intervals of ranks: the whole ranking is redone in each draw, percentiles are ranks that occurred (the lower
 * one rounded down, the upper one up). A candidate with missing optional values is taken at its best for the lower
 * bound and at its worst for the upper one. Equal scores share the better rank.
 */
export const collectRanks = (table: UtilityTable, seed: string, draws = DRAWS): DrawCollector<RankIntervals> => {
  const size = table.candidates.length
  const m = table.samples.length
  const weights = weightsOf(table.board)
  const low = new Float64Array(size)
  const high = new Float64Array(size)
  const best = new Uint32Array(size * draws)
  const worst = new Uint32Array(size * draws)
  const lows = new Float64Array(size * draws)
  const highs = new Float64Array(size * draws)
  const firsts = new Uint32Array(size)
  let draw = 0
  // Where nothing is missing both ends are the same: half of the work.
  const isComplete = table.candidates.every(({ complete }) => complete)
  const sortedLow = new Float64Array(size)
  const sortedHigh = isComplete ? sortedLow : new Float64Array(size)
  const visit = (means: MetricMeans, times: number): void => {
    scoresOf(means.low, means.applies, weights, table.board.aggregate, low)
    if (isComplete) high.set(low)
    else scoresOf(means.high, means.applies, weights, table.board.aggregate, high)
    sortedLow.set(low)
    sortedLow.sort()
    if (!isComplete) {
      sortedHigh.set(high)
      sortedHigh.sort()
    }
    for (let c = 0; c < size; c++) {
      const ownLow = low[c] ?? 0
      const ownHigh = high[c] ?? 0
      const from = c * draws + draw
      const rank = 1 + countAbove(sortedLow, ownHigh)
      // Its own best score is no rival of its worst one.
      const worstRank = isComplete ? rank : 1 + countAbove(sortedHigh, ownLow) - (ownHigh > ownLow ? 1 : 0)
      best.fill(rank, from, from + times)
      worst.fill(worstRank, from, from + times)
      lows.fill(ownLow, from, from + times)
      highs.fill(ownHigh, from, from + times)
      if (worstRank === 1) firsts[c] = (firsts[c] ?? 0) + times
    }
    draw += times
  }
  const finish = (): RankIntervals => {
    const basis = basisOf({
      method: 'paired_percentile_bootstrap',
      n: draws,
      m,
      level: CONFIDENCE,
      assumption: 'samples_exchangeable_within_dataset',
      seed,
      warnings: [
        ...(m < FEWEST_SAMPLES ? ['provisional'] : []),
        ...(table.ranges.some(({ from, to }) => to - from === 1) ? ['single_sample_dataset'] : []),
      ],
    })
    if (m < 2) return { intervals: null, basis }
    const tail = (1 - CONFIDENCE) / 2
    const below = Math.floor(tail * (draws - 1))
    const above = Math.ceil((1 - tail) * (draws - 1))
    const intervals = table.candidates.map((_candidate, c) => {
      const [from, to] = [c * draws, (c + 1) * draws]
      return {
        rankLow: rankAt(best.subarray(from, to), size, below),
        rankHigh: rankAt(worst.subarray(from, to), size, above),
        scoreLow: m < ENOUGH_FOR_SCORES ? null : (lows.subarray(from, to).sort()[below] ?? null),
        scoreHigh: m < ENOUGH_FOR_SCORES ? null : (highs.subarray(from, to).sort()[above] ?? null),
        shareBest: (firsts[c] ?? 0) / draws,
      }
    })
    return { intervals, basis }
  }
  return { visit, finish }
}

/** The rank at a position of the ascending ranks, by counting: ranks are few. */
const rankAt = (ranks: Uint32Array, size: number, position: number): number => {
  const counts = new Uint32Array(size + 1)
  for (const rank of ranks) counts[rank] = (counts[rank] ?? 0) + 1
  let passed = 0
  for (let rank = 1; rank <= size; rank++) {
    passed += counts[rank] ?? 0
    if (passed > position) return rank
  }
  return size
}

/** How many of ascending values are above a limit. */
const countAbove = (ascending: Float64Array, limit: number): number => {
  let from = 0
  let to = ascending.length
  while (from < to) {
    const middle = (from + to) >>> 1
    if ((ascending[middle] ?? 0) > limit) to = middle
    else from = middle + 1
  }
  return ascending.length - from
}
