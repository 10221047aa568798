import type { Board } from '../ranking/board.ts'
import type { RankedEntry } from '../ranking/rank-candidates.ts'
import { tQuantile } from '../stats/distributions.ts'
import type { Bounds } from '../stats/t-interval.ts'
import { costOf, type PriceTable, type ResourceUse, resourceUse, type SampleUse, usesBySample } from './cost.ts'

/** What one sample costs before and after. */
export interface Saving {
  readonly before: ResourceUse
  readonly after: ResourceUse
  /** In the currency of the prices; null without prices or measurements. */
  readonly costBefore: number | null
  readonly costAfter: number | null
  /** Share saved of the money, or without prices of the processor (else wall) hours; negative where it costs more. */
  readonly share: number
  /** 95 % interval of the share over samples; null where there is none, and why. */
  readonly interval: Bounds | null
  readonly noInterval: NoInterval | null
}

/** Why a saving has no interval. */
export type NoInterval =
  | 'too_few_samples' // fewer than six, as everywhere here
  | 'not_measured_by_sample' // datasets as a whole, or other samples on the other side
  | 'too_variable' // what it costs now cannot be told from nothing

const NO_INTERVAL_WORDS: Readonly<Record<NoInterval, string>> = {
  too_few_samples: 'fewer than six samples',
  not_measured_by_sample: 'not measured sample by sample, the same samples on both sides',
  too_variable: 'too variable from sample to sample',
}

/** `95 % interval 20.1 % to 48 %`, or why there is none; three digits, because ends near 100 % differ in the third. */
export const intervalWords = (interval: Bounds | null, none: NoInterval | null): string => {
  const percent = (share: number): string => `${String(Number((share * 100).toPrecision(3)))} %`
  if (interval !== null) return `95 % interval ${percent(interval.low)} to ${percent(interval.high)}`
  return `no interval: ${none === null ? 'not measured' : NO_INTERVAL_WORDS[none]}`
}

/** What two entries of one board are held against each other by. */
type Sides = readonly [
  board: Pick<Board, 'datasets'>,
  current: RankedEntry,
  other: RankedEntry,
  prices: PriceTable | null,
]

const FEWEST = 6
const LEVEL = 0.95

/** The share that taking `other` for `current` saves, or null where it was not measured on both sides. */
export const shareSaved = (...sides: Sides): number | null => pointOf(sides)?.share ?? null

/** What taking `other` for `current` saves for one sample, or null where it was not measured on both sides. */
export const savingOf = (...sides: Sides): Saving | null => {
  const point = pointOf(sides)
  if (point === null) return null
  const [board, current, other, prices] = sides
  const { before, after, share, amount } = point
  const found = intervalOf(usesBySample(current.rows, board), usesBySample(other.rows, board), amount, share)
  return {
    before,
    after,
    costBefore: prices && costOf(before, prices),
    costAfter: prices && costOf(after, prices),
    share,
    ...(typeof found === 'string' ? { interval: null, noInterval: found } : { interval: found, noInterval: null }),
  }
}

type Amount = (use: Omit<ResourceUse, 'samples'>) => number | null

const pointOf = ([board, current, other, prices]: Sides) => {
  const before = useOf(current, board)
  const after = useOf(other, board)
  const amounts: readonly Amount[] = [
    ...(prices === null ? [] : [(use: Omit<ResourceUse, 'samples'>) => costOf(use, prices)]),
    (use) => use.cpuHours,
    (use) => use.wallHours,
  ]
  for (const amount of amounts) {
    const [from, to] = [amount(before), amount(after)]
    if (from === null || to === null) continue
    return from <= 0 ? null : { before, after, amount, share: 1 - to / from }
  }
  return null
}

/**
 * Interval of 1 − mean(after) / mean(before) over samples measured on both sides (Fieller, J. R. Stat. Soc. B 16 (1954)
 * 175): the shares ρ that a t test of after − ρ · before does not rule out. Samples of a dataset share its weight.
 */
const intervalOf = (
  before: readonly SampleUse[],
  after: readonly SampleUse[],
  amount: Amount,
  share: number,
): Bounds | NoInterval => {
  const measured = before.flatMap(({ weight, dataset, ...use }, at) => {
    const own = after[at]
    const [from, to] = [amount(use), own === undefined ? null : amount(own)]
    return from === null && to === null ? [] : [{ dataset, weight, from, to }]
  })
  const counts = new Map<string, number>()
  for (const { dataset } of measured) counts.set(dataset, (counts.get(dataset) ?? 0) + 1)
  const n = measured.length
  const pairs = measured.flatMap(({ dataset, weight, from, to }) => {
    const part = weight / (counts.get(dataset) ?? 1)
    return from === null || to === null ? [] : [{ x: part * from, y: part * to }]
  })
  if (pairs.length < n || n === 0) return 'not_measured_by_sample'
  const [x, y] = [meanOf(pairs, ({ x: own }) => own), meanOf(pairs, ({ y: own }) => own)]
  // What was measured of whole datasets beside the samples is in the share, and not in them.
  if (x <= 0 || Math.abs(1 - y / x - share) > 1e-9) return 'not_measured_by_sample'
  if (n < FEWEST) return 'too_few_samples'
  const covariance = (left: (pair: Pair) => number, right: (pair: Pair) => number): number =>
    meanOf(pairs, (pair) => left(pair) * right(pair)) / (n - 1)
  const [dx, dy] = [(pair: Pair) => pair.x - x, (pair: Pair) => pair.y - y]
  const t = tQuantile((1 + LEVEL) / 2, n - 1) ** 2
  const [xx, xy, yy] = [x * x - t * covariance(dx, dx), x * y - t * covariance(dx, dy), y * y - t * covariance(dy, dy)]
  if (xx <= 0) return 'too_variable'
  const reach = Math.sqrt(Math.max(0, xy * xy - xx * yy))
  return { low: 1 - (xy + reach) / xx, high: 1 - (xy - reach) / xx }
}

interface Pair {
  readonly x: number
  readonly y: number
}

const meanOf = (pairs: readonly Pair[], of: (pair: Pair) => number): number =>
  pairs.reduce((sum, pair) => sum + of(pair), 0) / pairs.length

// An entry belongs to one board, and is held against everybody else on it.
const uses = new WeakMap<RankedEntry, ResourceUse>()

const useOf = (entry: RankedEntry, board: Pick<Board, 'datasets'>): ResourceUse => {
  const use = uses.get(entry) ?? resourceUse(entry.rows, board)
  uses.set(entry, use)
  return use
}
