import { fnv1a } from '../hash.ts'
import { bootstrapInterval, bootstrapMeans } from './bootstrap.ts'
import { mean } from './correlation.ts'
import { seededRandom } from './random.ts'
import { hodgesLehmannInterval } from './signed-rank.ts'
import { studentTQuantile } from './student-t.ts'

const CONFIDENCE = 0.95
const RESAMPLES = 2000
/** Fewer samples are listed, not summarised by an interval; more than this are resampled. */
const FEWEST = 6
const ENOUGH_TO_RESAMPLE = 10

/** A 95 % interval and the name of its method. */
export interface Interval {
  readonly low: number
  readonly high: number
  readonly method: 'geometric_mean_log_t' | 'hodges_lehmann' | 'bca_bootstrap' | 'percentile_bootstrap'
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
 * Interval of the geometric mean of positive measurements, exp(m ± t s/√n) on logarithms; from two values. Null for
 * fewer, or when a value is not positive.
 */
export const geometricMeanInterval = (values: readonly number[]): Interval | null => {
  const n = values.length
  if (n < 2 || values.some((value) => value <= 0)) return null
  const logs = values.map(Math.log).sort((left, right) => left - right)
  const centre = mean(logs)
  const variance = logs.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (n - 1)
  const half = studentTQuantile((1 + CONFIDENCE) / 2, n - 1) * Math.sqrt(variance / n)
  return { low: Math.exp(centre - half), high: Math.exp(centre + half), method: 'geometric_mean_log_t' }
}
