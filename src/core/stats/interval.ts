import { fnv1a } from '../hash.ts'
import { bootstrapInterval, bootstrapMeans } from './bootstrap.ts'
import { seededRandom } from './random.ts'
import { hodgesLehmannInterval } from './signed-rank.ts'

const CONFIDENCE = 0.95
const RESAMPLES = 2000
/** Fewer samples are listed, not summarised by an interval; more than this are resampled. */
const FEWEST = 6
const ENOUGH_TO_RESAMPLE = 10

/** A 95 % interval and the name of its method. */
export interface Interval {
  readonly low: number
  readonly high: number
  readonly method: 'median_order_statistics' | 'hodges_lehmann' | 'bca_bootstrap' | 'percentile_bootstrap'
}

/**
 * Interval of a mean over samples: from 10 samples a bootstrap with 2000 resamples, from 6 the
 * exact Hodges-Lehmann interval, below none. The random numbers depend on the values only, so that everybody gets
 * the same interval.
 */
export const intervalOverSamples = (values: readonly number[]): Interval | null => {
  if (values.length < FEWEST) return null
  const sorted = [...values].sort((left, right) => left - right)
  if (values.length < ENOUGH_TO_RESAMPLE) {
    const interval = hodgesLehmannInterval(sorted, CONFIDENCE)
    return interval && { ...interval, method: 'hodges_lehmann' }
  }
  const replicates = bootstrapMeans(sorted, RESAMPLES, seededRandom(fnv1a(sorted.join(' '))))
  return bootstrapInterval(sorted, replicates, CONFIDENCE)
}

/**
 * Interval of a median by order statistics: the k-th smallest and k-th largest value, k the largest with
 * P(Binomial(n, 1/2) < k) <= 2.5 %. Free of any assumption about the distribution; null below six values, where even
 * the whole range holds the median with less than 95 % confidence.
 */
export const medianInterval = (values: readonly number[]): Interval | null => {
  const n = values.length
  const sorted = [...values].sort((left, right) => left - right)
  // ln P(Binomial(n, 1/2) = 0), then each term from the one before: of 1,075 values on, 1 / 2^n itself is too small for a number.
  let term = -n * Math.LN2
  let cumulative = Math.exp(term)
  let k = 0
  while (cumulative <= (1 - CONFIDENCE) / 2) {
    k++
    term += Math.log((n - k + 1) / k)
    cumulative += Math.exp(term)
  }
  const low = sorted[k - 1]
  const high = sorted[n - k]
  return low === undefined || high === undefined ? null : { low, high, method: 'median_order_statistics' }
}

/**
 * How often the range of so few values holds the median: 1 - 2^(1 - n). What is told below six values, where no interval
 * of 95 % exists.
 */
export const rangeLevel = (n: number): number => (n < 2 ? 0 : 1 - 2 ** (1 - n))
