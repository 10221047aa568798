import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ranks } from '../../../src/core/stats/correlation.ts'
import { friedmanTest } from '../../../src/core/stats/friedman.ts'
import { kendallTauB, mannKendallTest } from '../../../src/core/stats/kendall.ts'
import { benjaminiHochberg, holm } from '../../../src/core/stats/multiple-testing.ts'
import { normalQuantile } from '../../../src/core/stats/normal.ts'
import { seededRandom } from '../../../src/core/stats/random.ts'
import { mannWhitneyTest, rankSumInterval } from '../../../src/core/stats/rank-sum.ts'
import { criticalScan, rankScan } from '../../../src/core/stats/rank-scan.ts'
import { signFlipBounds, signFlipTest } from '../../../src/core/stats/sign-flip.ts'
import { rankBiserial, signedRankTest } from '../../../src/core/stats/signed-rank.ts'
import { hasStraggler, pooledSpread } from '../../../src/core/stats/spread.ts'
import { borrowedTest, tInterval, welchTest } from '../../../src/core/stats/t-interval.ts'

const random = () => seededRandom(1)
const numbers = (minLength: number, maxLength: number) =>
  fc.array(fc.integer({ min: -50, max: 50 }), { minLength, maxLength })
const normals = (n: number, source: () => number): number[] =>
  Array.from({ length: n }, () => normalQuantile(source() * 0.999998 + 1e-6))

describe('sign flips', () => {
  test('six differences of one sign are the fewest to reach 0.05', () => {
    expect(signFlipTest([1, 2, 3, 4, 5], random())).toEqual({ p: 2 / 32, isExact: true })
    expect(signFlipTest([1, 2, 3, 4, 5, 6], random())).toEqual({ p: 2 / 64, isExact: true })
    expect(signFlipTest([0, 0, 0], random())).toEqual({ p: 1, isExact: true })
  })

  test('the interval leaves out 0 exactly when the test rejects', () => {
    fc.assert(
      fc.property(numbers(6, 10), (differences) => {
        const { p } = signFlipTest(differences, random())
        const bounds = signFlipBounds(differences, random())(0.95)
        if (bounds === null) return
        if (p <= 0.05) expect(bounds.low >= 0 || bounds.high <= 0).toBe(true)
        if (bounds.low > 0 || bounds.high < 0) expect(p).toBeLessThanOrEqual(0.05)
      }),
    )
  })

  test('more than 16 are drawn, and close to what enumerating would say', () => {
    const many = normals(40, random()).map((value) => value + 0.4)
    const { p, isExact } = signFlipTest(many, random())
    expect(isExact).toBe(false)
    expect(Math.abs(p - signedRankTest(many).p)).toBeLessThan(0.02)
    expect(signFlipTest(many, random()).p).toBe(p)
  })

  test('turning every difference around mirrors the interval and leaves p', () => {
    fc.assert(
      fc.property(numbers(6, 24), (differences) => {
        const turned = differences.map((value) => -value)
        expect(signFlipTest(turned, random()).p).toBe(signFlipTest(differences, random()).p)
        const [there, back] = [differences, turned].map((of) => signFlipBounds(of, random())(0.9))
        const total = differences.reduce((sum, value) => sum + value, 0)
        if (total === 0 && differences.length > 16) return
        expect(back?.low).toBeCloseTo(-(there?.high ?? NaN), 9)
        expect(back?.high).toBeCloseTo(-(there?.low ?? NaN), 9)
      }),
      { numRuns: 40 },
    )
  })
})

describe('laws under no difference', () => {
  // Of 2000 p values about 5 % are below 0.05 and no share of small ones is above what it says.
  const shareBelow = (limit: number, p: () => number): number =>
    Array.from({ length: 2000 }, p).filter((value) => value <= limit).length / 2000

  test.each([
    ['sign flips', (source: () => number) => signFlipTest(normals(10, source), source).p],
    ['signed ranks', (source: () => number) => signedRankTest(normals(10, source)).p],
    ['rank sums', (source: () => number) => mannWhitneyTest(normals(7, source), normals(8, source)).p],
    ['Welch', (source: () => number) => welchTest(normals(6, source), normals(6, source))?.p ?? 1],
    ['rank scan', (source: () => number) => rankScan(normals(12, source), source)?.p ?? 1],
    ['Mann-Kendall', (source: () => number) => mannKendallTest(normals(15, source)).p],
    [
      'borrowed spread',
      (source: () => number) => {
        const pool = pooledSpread([normals(4, source), normals(4, source)])
        return pool === null ? 1 : (borrowedTest(normals(1, source), normals(1, source), pool)?.p ?? 1)
      },
    ],
  ])('p values of %s are uniform', (_name, draw) => {
    const source = seededRandom(20)
    for (const limit of [0.05, 0.2, 0.5]) {
      const share = shareBelow(limit, () => draw(source))
      expect(share).toBeLessThan(limit + 0.03)
      expect(share).toBeGreaterThan(limit * 0.6)
    }
  })
})

describe('rank scan', () => {
  // Critical values of the design; from 17 values on the law is drawn.
  test.each([
    [8, 2.309, null],
    [10, 2.402, 2.611],
    [12, 2.402, 2.722],
    [15, 2.546, 2.893],
    [20, 2.593, 3.001],
    [30, 2.699, 3.118],
    [50, 2.82, 3.269],
  ])('of %i values is at its 5 %% and 1 %% limits at %d and %d', (n, five, one) => {
    expect(Math.abs((criticalScan(n, 0.05) ?? 0) - five)).toBeLessThan(n <= 16 ? 0.001 : 0.03)
    if (one === null) expect(criticalScan(n, 0.01)).toBeNull()
    else expect(Math.abs((criticalScan(n, 0.01) ?? 0) - one)).toBeLessThan(n <= 12 ? 0.001 : 0.03)
  })

  test('looks at least at eight values, and finds nothing where none differs', () => {
    expect(rankScan([1, 2, 3, 4, 5, 6, 7], random())).toBeNull()
    expect(rankScan(new Array<number>(9).fill(2), random())).toBeNull()
    expect(rankScan([1, 1.1, 0.9, 1, 2, 2.1, 1.9, 2], random())?.at).toBe(4)
  })

  test('drawn and counted laws agree, with ties too', () => {
    const tied = [1, 1, 2, 2, 2, 3, 1, 3, 3, 4, 4, 3, 4, 4, 5, 4]
    const counted = rankScan(tied, random())?.p ?? NaN
    const drawn = rankScan([...tied, 4], random())?.p ?? NaN
    expect(counted).toBeLessThan(0.01)
    expect(drawn).toBeLessThan(0.01)
  })

  test('a change of units or direction does not change it', () => {
    fc.assert(
      fc.property(numbers(8, 14), (series) => {
        const plain = rankScan(series, random())
        const scaled = rankScan(
          series.map((value) => 3 * value + 7),
          random(),
        )
        expect(scaled).toEqual(plain)
        expect(
          rankScan(
            series.map((value) => -value),
            random(),
          )?.p ?? null,
        ).toBeCloseTo(plain?.p ?? 0, 9)
      }),
      { numRuns: 40 },
    )
  })
})

describe('corrections', () => {
  const pValues = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 20 })

  test('never lower a p value, keep the order, and Holm is the stricter', () => {
    fc.assert(
      fc.property(pValues, (p) => {
        const [strict, lenient] = [holm(p), benjaminiHochberg(p)]
        for (const [index, value] of p.entries()) {
          expect(lenient[index]).toBeGreaterThanOrEqual(value - 1e-15)
          expect(strict[index]).toBeGreaterThanOrEqual((lenient[index] ?? 0) - 1e-15)
          for (const [other, more] of p.entries())
            if (value < more) expect(strict[index]).toBeLessThanOrEqual(strict[other] ?? 0)
        }
      }),
    )
  })

  test('a single test stays as it is, and none is none', () => {
    expect(holm([0.03])).toEqual([0.03])
    expect(benjaminiHochberg([0.03])).toEqual([0.03])
    expect(holm([])).toEqual([])
  })
})

describe('small things', () => {
  test('stragglers: 1.5 times the middle, or far off for its spread; two values have none', () => {
    expect(hasStraggler([100, 101, 99, 155])).toBe(true)
    expect(hasStraggler([100, 101, 99, 120])).toBe(true)
    expect(hasStraggler([100, 110, 90, 120])).toBe(false)
    expect(hasStraggler([100, 300])).toBe(false)
  })

  test('a spread is borrowed from three degrees of freedom on', () => {
    expect(pooledSpread([[1, 2], [5, 7], [4]])).toBeNull()
    expect(
      pooledSpread([
        [1, 2],
        [5, 7],
        [4, 4.5],
      ])?.df,
    ).toBe(3)
    expect(tInterval([1], 0.95)).toBeNull()
  })

  test('four against four is the least that ranks can show', () => {
    expect(mannWhitneyTest([1, 2, 3, 4], [5, 6, 7, 8]).p).toBeCloseTo(2 / 70, 12)
    expect(rankSumInterval([1, 2, 3], [5, 6, 7], 0.95)).toBeNull()
    expect(mannWhitneyTest([1, 1, 1], [1, 1, 1]).p).toBe(1)
  })

  test('large samples pass over to the normal law without a jump', () => {
    const source = seededRandom(3)
    const [left, right] = [normals(50, source), normals(50, source).map((value) => value + 0.4)]
    const exact = mannWhitneyTest(left, right)
    const approximate = mannWhitneyTest([...left, 0.2], right)
    expect([exact.isExact, approximate.isExact]).toEqual([true, false])
    expect(Math.abs(exact.p - approximate.p)).toBeLessThan(0.02)
  })

  test('agreement of ranks lies between -1 and 1', () => {
    expect(rankBiserial([0, 0])).toBe(0)
    expect(rankBiserial([])).toBeNull()
    fc.assert(
      fc.property(numbers(2, 12), (values) => {
        const tau = kendallTauB(values, ranks(values))
        if (tau !== null) expect(tau).toBeCloseTo(1, 12)
        expect(Math.abs(rankBiserial(values) ?? 0)).toBeLessThanOrEqual(1)
      }),
    )
    expect(kendallTauB([1, 1, 1], [1, 2, 3])).toBeNull()
  })

  test('Friedman needs two rows, two columns and some difference', () => {
    expect(friedmanTest([[1, 2]])).toBeNull()
    expect(friedmanTest([[1], [2]])).toBeNull()
    expect(
      friedmanTest([
        [1, 1],
        [2, 2],
      ]),
    ).toBeNull()
  })

  test('two sides without any spread have no t test', () => {
    expect(welchTest([1, 1], [2, 2])).toBeNull()
  })
})
