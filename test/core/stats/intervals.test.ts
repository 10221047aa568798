import { describe, expect, test } from 'vitest'
import fc from 'fast-check'
import { bootstrapInterval, bootstrapMeans, percentile } from '../../../src/core/stats/bootstrap.ts'
import { mean, median, pearson, ranks, spearman } from '../../../src/core/stats/correlation.ts'
import { intervalOverSamples, medianInterval, rangeLevel } from '../../../src/core/stats/interval.ts'
import { normalCdf, normalQuantile } from '../../../src/core/stats/normal.ts'
import { seededRandom } from '../../../src/core/stats/random.ts'
import { hodgesLehmannInterval, signedRankCounts } from '../../../src/core/stats/signed-rank.ts'

// Reference values: scipy 1.17.1, the call is named at each.

describe('normal distribution', () => {
  // scipy.stats.norm.cdf(z)
  test.each([
    [0.5, 0.6914624612740131],
    [1, 0.8413447460685429],
    [1.96, 0.9750021048517795],
    [-2.5, 0.006209665325776132],
    [6, 0.9999999990134123],
  ])('the distribution function at %d is that of scipy', (z, expected) => {
    expect(Math.abs(normalCdf(z) - expected)).toBeLessThan(1e-14)
  })

  // scipy.stats.norm.ppf(p)
  test.each([
    [1e-10, -6.361340902404056],
    [0.001, -3.090232306167813],
    [0.4, -0.2533471031357997],
    [0.975, 1.959963984540054],
    [0.999999, 4.753424308817087],
  ])('the quantile of %d is that of scipy', (p, expected) => {
    expect(Math.abs(normalQuantile(p) - expected)).toBeLessThan(1e-12)
  })

  test('the quantile undoes the distribution function', () => {
    fc.assert(
      fc.property(fc.double({ min: -5, max: 5, noNaN: true }), (z) => {
        expect(normalQuantile(normalCdf(z))).toBeCloseTo(z, 7)
      }),
    )
  })

  test('a probability of 0 or 1 has no quantile', () => {
    expect(() => normalQuantile(0)).toThrow(RangeError)
    expect(() => normalQuantile(1)).toThrow(RangeError)
  })
})

describe('signed rank distribution', () => {
  test('the counts for four values are those counted by hand', () => {
    expect(signedRankCounts(4)).toEqual([1, 1, 1, 2, 2, 2, 2, 2, 1, 1, 1])
  })

  test('all sign patterns are counted', () => {
    for (const n of [1, 5, 9, 20]) expect(signedRankCounts(n).reduce((sum, count) => sum + count)).toBe(2 ** n)
  })

  test('six values give the whole range, five give no 95 % interval', () => {
    expect(hodgesLehmannInterval([1, 2, 4, 7, 11, 16], 0.95)).toEqual({ low: 1, high: 16 })
    expect(hodgesLehmannInterval([1, 2, 4, 7, 11], 0.95)).toBeNull()
  })

  test('seven values cut two means of pairs from each end', () => {
    // P(W <= 2) = 3/128 <= 0.025 < P(W <= 3) = 5/128; smallest pair means 1, 1.5, 2, … and largest 22, 19, 16.5, …
    expect(hodgesLehmannInterval([1, 2, 4, 7, 11, 16, 22], 0.95)).toEqual({ low: 2, high: 16.5 })
  })
})

describe('bootstrap', () => {
  const values = [0.42, 0.5, 0.61, 0.66, 0.7, 0.75, 0.8, 0.83, 0.91, 0.95, 0.97, 1]

  test('the interval of given replicates is what scipy computes from the same ones', () => {
    // BCa from these replicates with scipy.special.ndtr, ndtri and numpy.percentile: [0.64666667 0.85166667]
    const replicates = bootstrapMeans(values, 2000, seededRandom(7n))
    const interval = bootstrapInterval(values, replicates, 0.95)
    expect(interval.method).toBe('bca_bootstrap')
    expect(interval.low).toBeCloseTo(0.64666667, 7)
    expect(interval.high).toBeCloseTo(0.85166667, 7)
  })

  test('the interval is close to that of scipy with other random numbers', () => {
    // scipy.stats.bootstrap((values,), numpy.mean, n_resamples=2000, method='BCa', random_state=1): 0.64565, 0.85250
    const interval = intervalOverSamples(values)
    expect(interval?.low).toBeCloseTo(0.646, 1)
    expect(interval?.high).toBeCloseTo(0.852, 1)
  })

  test('equal values give an interval without width', () => {
    expect(intervalOverSamples(new Array(12).fill(0.5) as number[])).toMatchObject({ low: 0.5, high: 0.5 })
  })

  test('percentiles are linear between neighbours', () => {
    expect(percentile([1, 2, 3, 4], 0.5)).toBe(2.5)
    expect(percentile([1, 2, 3, 4], 0)).toBe(1)
    expect(percentile([1, 2, 3, 4], 1)).toBe(4)
  })

  test('random numbers of one seed are the same every time and fill the unit interval', () => {
    const [first, second] = [seededRandom(123n), seededRandom(123n)]
    const drawn = Array.from({ length: 2000 }, () => first())
    expect(Array.from({ length: 2000 }, () => second())).toEqual(drawn)
    expect(Math.min(...drawn)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...drawn)).toBeLessThan(1)
    expect(Math.abs(mean(drawn) - 0.5)).toBeLessThan(0.02)
  })
})

describe('intervals of summaries', () => {
  test('fewer than six samples have none, six to nine the exact one, ten are resampled', () => {
    const values = (n: number): number[] => Array.from({ length: n }, (_, index) => (index * 7) % 10)
    expect(intervalOverSamples(values(5))).toBeNull()
    expect(intervalOverSamples(values(6))?.method).toBe('hodges_lehmann')
    expect(intervalOverSamples(values(9))?.method).toBe('hodges_lehmann')
    expect(intervalOverSamples(values(10))?.method).toBe('bca_bootstrap')
  })

  test('the order of samples does not change an interval', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 6, maxLength: 14 }), (values) => {
        expect(intervalOverSamples([...values].reverse())).toEqual(intervalOverSamples(values))
      }),
      { numRuns: 20 },
    )
  })

  test('an interval is inside the range of the values', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 6, maxLength: 14 }), (values) => {
        const interval = intervalOverSamples(values)
        expect(interval?.low).toBeGreaterThanOrEqual(Math.min(...values))
        expect(interval?.high).toBeLessThanOrEqual(Math.max(...values))
        expect(interval?.low).toBeLessThanOrEqual(interval?.high ?? 0)
      }),
      { numRuns: 20 },
    )
  })

  // Levels: 1 - 2 * scipy.stats.binom.cdf(k - 1, n, 0.5) = 0.96875 (n = 6, k = 1), 0.9785 (n = 10, k = 2), 0.9586 (n = 20, k = 6)
  test.each([
    [6, 1, 6],
    [10, 2, 9],
    [20, 6, 15],
  ])('the median of %i values lies between the ordered values %i and %i', (n, low, high) => {
    const values = Array.from({ length: n }, (_, index) => n - index)
    expect(medianInterval(values)).toEqual({ low, high, method: 'median_order_statistics' })
  })

  // scipy.stats.binom.ppf(0.025, n, 0.5); 1 / 2^1075 is no number any more
  test.each([
    [1000, 469],
    [1075, 505],
    [1100, 518],
    [5000, 2431],
    [20_000, 9861],
  ])('of %i measurements the %i-th from both ends', (n, k) => {
    const values = Array.from({ length: n }, (_, index) => index + 1)
    expect(medianInterval(values)).toEqual({ low: k, high: n - k + 1, method: 'median_order_statistics' })
  })

  test('the range of few values holds the median less often than 95 %, and says how often', () => {
    expect([1, 2, 3, 4, 5, 6].map(rangeLevel)).toEqual([0, 0.5, 0.75, 0.875, 0.9375, 0.96875])
  })

  test('fewer than six measurements give no interval', () => {
    expect(medianInterval([1, 2, 3, 4, 5])).toBeNull()
    expect(medianInterval([])).toBeNull()
  })
})

describe('correlations and middles', () => {
  test('ties share their mean rank', () => {
    expect(ranks([3, 1, 1, 2])).toEqual([4, 1.5, 1.5, 3])
  })

  test('Pearson and Spearman are those of scipy', () => {
    // scipy.stats.pearsonr, scipy.stats.spearmanr
    expect(pearson([1, 2, 3, 4, 5], [5, 6, 7, 8, 7])).toBeCloseTo(0.8320502943378436, 12)
    expect(spearman([1, 2, 3, 4, 5], [5, 6, 7, 8, 7])).toBeCloseTo(0.8207826816681233, 12)
    expect(spearman([1, 2, 2, 4], [3, 1, 1, 2])).toBeCloseTo(-0.3333333333333334, 12)
  })

  test('a constant side has no correlation', () => {
    expect(pearson([1, 1, 1], [1, 2, 3])).toBeNull()
    expect(pearson([1, 2, 3], [0.1, 0.1, 0.1])).toBeNull()
  })

  test('correlation is symmetric and within -1..1', () => {
    const pairs = fc.array(fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: -50, max: 50 })), {
      minLength: 3,
      maxLength: 12,
    })
    fc.assert(
      fc.property(pairs, (points) => {
        const left = points.map(([x]) => x)
        const right = points.map(([, y]) => y)
        const value = pearson(left, right)
        expect(pearson(right, left)).toBe(value)
        if (value !== null) expect(Math.abs(value)).toBeLessThanOrEqual(1)
      }),
    )
  })

  test('the median of an even number of values lies between the two middle ones', () => {
    expect(median([4, 1, 3, 2])).toBe(2.5)
    expect(median([5, 1, 3])).toBe(3)
    expect(() => median([])).toThrow(RangeError)
    expect(() => mean([])).toThrow(RangeError)
  })
})
