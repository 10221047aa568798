import { expect, test } from 'vitest'
import { theilSen } from '../../../src/core/stats/kendall.ts'
import { seededRandom } from '../../../src/core/stats/random.ts'
import { rankScan } from '../../../src/core/stats/rank-scan.ts'

/** Series of all kinds: with and without ties, with a step, sorted, constant but for one. */
const series = (seed: number, n: number): readonly number[] => {
  const random = seededRandom(seed)
  const step = seed % 3 === 0 ? 0.5 : 0
  const raw = Array.from({ length: n }, (_, index) => random() + (index > n / 2 ? step : 0))
  if (seed % 2 === 0) return raw.map((value) => Math.round(value * 8) / 8)
  return seed % 5 === 0 ? raw.sort((left, right) => left - right) : raw
}

/** The middle of all slopes, by sorting them. */
const plainSlope = (values: readonly number[]): number => {
  const slopes = values
    .flatMap((value, i) => values.slice(i + 1).map((later, k) => (later - value) / (k + 1)))
    .sort((left, right) => left - right)
  const half = slopes.length >> 1
  return slopes.length % 2 === 1 ? (slopes[half] ?? NaN) : ((slopes[half - 1] ?? NaN) + (slopes[half] ?? NaN)) / 2
}

/** Mid-ranks, then T of the series and of as many random orders, each looked at from its beginning. */
const plainScan = (
  values: readonly number[],
  { draws, seed, isSorted }: { draws: number; seed: number; isSorted: boolean },
): { statistic: number; p: number } => {
  const n = values.length
  const ranks = values.map(
    (value) => values.filter((one) => one < value).length + (values.filter((one) => one === value).length + 1) / 2,
  )
  const scan = (order: readonly number[]): number => {
    let [sum, most] = [0, 0]
    for (const [index, rank] of order.entries()) {
      const k = index + 1
      sum += rank - (n + 1) / 2
      if (k >= 3 && k <= n - 3) most = Math.max(most, Math.abs(sum) / Math.sqrt((k * (n - k) * (n + 1)) / 12))
    }
    return most
  }
  const statistic = scan(ranks)
  const random = seededRandom(seed)
  const order = isSorted ? [...ranks].sort((left, right) => left - right) : [...ranks]
  let reached = 0
  for (let draw = 0; draw < draws; draw++) {
    for (let last = n - 1; last > 0; last--) {
      const other = Math.floor(random() * (last + 1))
      const moved = order[last] ?? 0
      order[last] = order[other] ?? 0
      order[other] = moved
    }
    if (scan(order) >= statistic - 1e-9) reached++
  }
  return { statistic, p: (reached + 1) / (draws + 1) }
}

test('the slope of any series is the middle of all slopes', () => {
  for (let seed = 1; seed <= 60; seed++) {
    const values = series(seed, 2 + (seed % 37))
    expect(theilSen(values), `seed ${String(seed)}`).toBe(plainSlope(values))
  }
})

test('a scan of ties draws the orders, and counts them, as if each were looked at from its beginning', () => {
  for (const seed of [2, 4, 6, 12]) {
    const values = series(seed, 17 + seed)
    const expected = plainScan(values, { draws: 9_999, seed, isSorted: false })
    const found = rankScan(values, seededRandom(seed))
    expect(found?.statistic).toBeCloseTo(expected.statistic, 9)
    expect(found?.p).toBe(expected.p)
  }
})

test('a scan of different values takes the law of its length', () => {
  for (const seed of [3, 5]) {
    const values = series(seed, 18 + seed)
    expect(rankScan(values, seededRandom(seed))?.p).toBe(
      plainScan(values, { draws: 49_999, seed: values.length, isSorted: true }).p,
    )
  }
})

test('thousands of versions are scanned in the time of a breath', () => {
  const before = process.cpuUsage()
  expect(rankScan(series(2, 2000), seededRandom(1))).not.toBeNull()
  expect(theilSen(series(1, 2000))).not.toBeNaN()
  const { user } = process.cpuUsage(before)
  expect(user / 1e6).toBeLessThan(2)
})
