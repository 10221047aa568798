import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addToSeries, emptySeries, seriesLines } from '../../../src/exec/local/series.ts'

test('any number of looks fits into 2,000 buckets that lose no look, no peak and no order', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20_000 }), fc.infiniteStream(fc.nat(1e9)), (count, sizes) => {
      const series = emptySeries()
      let most = 0
      for (let index = 0; index < count; index++) {
        const rssBytes = sizes.next().value as number
        most = Math.max(most, rssBytes)
        addToSeries(series, { seconds: index / 4, rssBytes, cpuSeconds: index / 8, processes: 1 })
      }
      const { buckets } = series
      expect(buckets.length).toBeLessThanOrEqual(2000)
      expect(buckets.length).toBeGreaterThan(Math.min(count, 2000) / 2.1)
      expect(buckets.reduce((sum, { looks }) => sum + looks, 0)).toBe(count)
      expect(Math.max(...buckets.map(({ rssMaxBytes }) => rssMaxBytes))).toBe(most)
      for (const [index, bucket] of buckets.entries()) {
        expect(bucket.rssMinBytes).toBeLessThanOrEqual(Math.ceil(bucket.rssMeanBytes))
        expect(bucket.rssMaxBytes).toBeGreaterThanOrEqual(Math.floor(bucket.rssMeanBytes))
        expect(bucket.fromSeconds).toBeGreaterThan(buckets[index - 1]?.toSeconds ?? -1)
      }
    }),
    { numRuns: 15, seed: 7 },
  )
})

test('the mean of a bucket is that of its looks', () => {
  const series = emptySeries()
  series.looksPerBucket = 4
  for (const [index, rssBytes] of [10, 20, 60, 30].entries())
    addToSeries(series, { seconds: index, rssBytes, cpuSeconds: 0, processes: 1 })
  expect(JSON.parse(seriesLines(series))).toEqual({
    from_s: 0,
    to_s: 3,
    looks: 4,
    rss_min_bytes: 10,
    rss_mean_bytes: 30,
    rss_max_bytes: 60,
    cpu_s: 0,
    processes: 1,
  })
})
