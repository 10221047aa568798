import { ranks } from './correlation.ts'
import { type RandomSource, seededRandom } from './random.ts'

/** Values a segment must have on each side of a change, and a series in all to be looked at. */
const FEWEST_IN_SEGMENT = 3
const FEWEST_IN_SERIES = 8
/** Up to so many values every order is counted. */
const COUNTED = 16
const PERMUTATIONS = 49_999
const PERMUTATIONS_WITH_TIES = 9_999
const ROUNDING = 1e-9

/** Where a series most looks as if it had changed its level. */
export interface ScanResult {
  /** Values before the change. */
  readonly at: number
  readonly statistic: number
  /** How often a series in random order looks as changed somewhere. */
  readonly p: number
}

/**
 * Scan for one change of level (Pettitt, Appl. Stat. 28 (1979) 126, as the largest standardised rank sum): with centred
 * ranks r, T = max over 3 <= k <= n - 3 of |Σ₁..ₖ r| / √(k (n - k) (n + 1) / 12). Its law under no change is that of
 * the ranks in every order, counted up to 16 values, drawn above. Null below eight values and when none differs.
 */
export const rankScan = (series: readonly number[], random: RandomSource): ScanResult | null => {
  const n = series.length
  if (n < FEWEST_IN_SERIES) return null
  const found = ranks(series)
  const different = new Set(series).size
  if (different === 1) return null
  const { at, statistic } = largestShift(found)
  if (n <= COUNTED) return { at, statistic, p: exactTail(found, statistic) }
  const law = different < n ? scanLaw(found, PERMUTATIONS_WITH_TIES, random) : lawOf(n)
  return { at, statistic, p: tailOf(law, statistic) }
}

/** The smallest T whose p is at most this, for a series of n different values; null where none is. */
export const criticalScan = (n: number, p: number): number | null => {
  const law = lawOf(n)
  const different = law.filter((statistic, index) => index === 0 || statistic > (law[index - 1] ?? 0) + ROUNDING)
  const tail = (statistic: number): number => (n <= COUNTED ? exactTail(upTo(n), statistic) : tailOf(law, statistic))
  let [low, high] = [0, different.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (tail(different[middle] ?? Infinity) <= p) high = middle
    else low = middle + 1
  }
  return different[low] ?? null
}

const largestShift = (of: readonly number[]): { at: number; statistic: number } => {
  const n = of.length
  let [sum, at, statistic] = [0, 0, -1]
  for (let k = 1; k <= n - FEWEST_IN_SEGMENT; k++) {
    sum += (of[k - 1] ?? 0) - (n + 1) / 2
    if (k < FEWEST_IN_SEGMENT) continue
    const size = Math.abs(sum) / Math.sqrt((k * (n - k) * (n + 1)) / 12)
    if (size > statistic + ROUNDING) [at, statistic] = [k, size]
  }
  return { at, statistic }
}

// Made once for each length of series: the seed is the length, so it is the same law everywhere and every time.
const LAWS = new Map<number, Float64Array>()

const lawOf = (n: number): Float64Array => {
  const law = LAWS.get(n) ?? scanLaw(upTo(n), PERMUTATIONS, seededRandom(n))
  LAWS.set(n, law)
  return law
}

const upTo = (n: number): readonly number[] => Array.from({ length: n }, (_, index) => index + 1)

/**
 * Share of all orders whose T is at least this. An order is a path from the empty set of values to the full one; the
 * paths that stay below are counted set by set.
 */
const exactTail = (of: readonly number[], statistic: number): number => {
  const n = of.length
  const sums = new Float64Array(2 ** n)
  const sizes = new Uint8Array(2 ** n)
  const paths = new Float64Array(2 ** n)
  const limits = Array.from({ length: n + 1 }, (_, k) =>
    k < FEWEST_IN_SEGMENT || k > n - FEWEST_IN_SEGMENT
      ? Infinity
      : (statistic - ROUNDING) * Math.sqrt((k * (n - k) * (n + 1)) / 12),
  )
  paths[0] = 1
  for (let set = 1; set < paths.length; set++) {
    const lowest = 31 - Math.clz32(set & -set)
    const rest = set & (set - 1)
    sums[set] = (sums[rest] ?? 0) + (of[lowest] ?? 0) - (n + 1) / 2
    sizes[set] = (sizes[rest] ?? 0) + 1
    if (Math.abs(sums[set] ?? 0) >= (limits[sizes[set] ?? 0] ?? 0)) continue
    let count = 0
    for (let left = set; left !== 0; left &= left - 1) count += paths[set ^ (left & -left)] ?? 0
    // As a share of the orders of the set, so that numbers stay small.
    paths[set] = count / (sizes[set] ?? 1)
  }
  return Math.max(0, 1 - (paths[paths.length - 1] ?? 0))
}

/**
 * The statistics of random orders of these ranks, ascending. Centred ranks sum to 0 and are halves, so the sum of the first
 * k is, exactly, that of the others with its sign changed: an order is looked at from its end, while it is drawn.
 */
const scanLaw = (of: readonly number[], count: number, random: RandomSource): Float64Array => {
  const n = of.length
  const shuffled = Float64Array.from(of, (rank) => rank - (n + 1) / 2)
  const weights = Float64Array.from(of, (_, k) =>
    k < FEWEST_IN_SEGMENT || k > n - FEWEST_IN_SEGMENT ? 0 : 1 / Math.sqrt((k * (n - k) * (n + 1)) / 12),
  )
  const statistics = new Float64Array(count)
  for (let draw = 0; draw < count; draw++) {
    let [sum, statistic] = [0, 0]
    for (let last = n - 1; last > 0; last--) {
      const other = Math.floor(random() * (last + 1))
      const moved = shuffled[other] ?? 0
      shuffled[other] = shuffled[last] ?? 0
      shuffled[last] = moved
      sum += moved
      const size = Math.abs(sum) * (weights[last] ?? 0)
      if (size > statistic) statistic = size
    }
    statistics[draw] = statistic
  }
  return statistics.sort()
}

const tailOf = (law: Float64Array, statistic: number): number => {
  let [low, high] = [0, law.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((law[middle] ?? 0) < statistic - ROUNDING) low = middle + 1
    else high = middle
  }
  return (law.length - low + 1) / (law.length + 1)
}
