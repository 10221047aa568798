import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { bootstrapInterval, bootstrapMeans } from '../../../src/core/stats/bootstrap.ts'
import * as distributions from '../../../src/core/stats/distributions.ts'
import { friedmanTest } from '../../../src/core/stats/friedman.ts'
import { incompleteBeta, logGamma, lowerGamma, upperGamma } from '../../../src/core/stats/gamma.ts'
import { kendallTauB, mannKendallTest, theilSen } from '../../../src/core/stats/kendall.ts'
import { mcNemarTest } from '../../../src/core/stats/mcnemar.ts'
import { benjaminiHochberg, holm } from '../../../src/core/stats/multiple-testing.ts'
import { normalCdf } from '../../../src/core/stats/normal.ts'
import { seededRandom } from '../../../src/core/stats/random.ts'
import { mannWhitneyTest, rankSumInterval, rankSumShift } from '../../../src/core/stats/rank-sum.ts'
import { signFlipTest } from '../../../src/core/stats/sign-flip.ts'
import { hodgesLehmann, hodgesLehmannInterval, signedRankTest } from '../../../src/core/stats/signed-rank.ts'
import { medianDeviation, pooledSpread } from '../../../src/core/stats/spread.ts'
import {
  boundsOf,
  logTInterval,
  pairedTTest,
  predictionInterval,
  welchTest,
} from '../../../src/core/stats/t-interval.ts'

// Made by the scripts beside them with SciPy and R; each entry names its call.
const read = (name: string): any =>
  JSON.parse(readFileSync(new URL(`../../fixtures/stats/${name}`, import.meta.url), 'utf8'))
const scipy = read('scipy.json')
const r = read('r.json')

const FUNCTIONS: Readonly<Record<string, (...of: number[]) => number>> = {
  logGamma,
  incompleteBeta: (x = 0, a = 0, b = 0) => incompleteBeta(x, 1 - x, a, b),
  upperGamma,
  lowerGamma,
  normalCdf,
  tCdf: distributions.tCdf,
  tQuantile: distributions.tQuantile,
  chiSquareTail: distributions.chiSquareTail,
  chiSquareQuantile: distributions.chiSquareQuantile,
  symmetricBetaQuantile: distributions.symmetricBetaQuantile,
  binomialCdf: distributions.binomialCdf,
  binomialProbability: distributions.binomialProbability,
  binomialQuantile: distributions.binomialQuantile,
  mcNemar: mcNemarTest,
}

describe('distributions agree with SciPy to ten digits', () => {
  test.each(Object.keys(FUNCTIONS))('%s', (name) => {
    for (const row of scipy[name].rows as number[][]) {
      const expected = row.at(-1) ?? NaN
      const found = FUNCTIONS[name]?.(...row.slice(0, -1)) ?? NaN
      expect(
        Math.abs(found - expected),
        `${name}(${row.slice(0, -1).join(', ')}) = ${found}, not ${expected}`,
      ).toBeLessThanOrEqual(Math.max(1e-10 * Math.abs(expected), 1e-300))
    }
  })
})

const random = () => seededRandom(1)

describe('tests agree with SciPy and R', () => {
  test('sign flips, signed ranks and rank sums, with ties and zeros', () => {
    for (const { differences, p } of scipy.signFlip.cases)
      expect(signFlipTest(differences, random()).p).toBeCloseTo(p, 12)
    for (const { differences, p } of scipy.signedRank.cases) expect(signedRankTest(differences).p).toBeCloseTo(p, 12)
    for (const { left, right, p } of scipy.mannWhitney.cases) expect(mannWhitneyTest(left, right).p).toBeCloseTo(p, 12)
  })

  test('Hodges-Lehmann shifts and their intervals', () => {
    const one = r.hodgesLehmann
    expect(signedRankTest(one.differences).p).toBeCloseTo(one.p, 12)
    expect(hodgesLehmann(one.differences)).toBeCloseTo(one.shift, 9)
    const interval = hodgesLehmannInterval(one.differences, 0.95)
    expect([interval?.low, interval?.high]).toEqual(one.interval.map((bound: number) => expect.closeTo(bound, 9)))
    const two = r.rankSum
    expect(mannWhitneyTest(two.baseline, two.candidate).p).toBeCloseTo(two.p, 12)
    expect(rankSumShift(two.baseline, two.candidate)).toBeCloseTo(two.shift, 9)
    const shifts = rankSumInterval(two.baseline, two.candidate, 0.95)
    expect([shifts?.low, shifts?.high]).toEqual(two.interval.map((bound: number) => expect.closeTo(bound, 9)))
  })

  test('t tests and t intervals', () => {
    const found = welchTest(scipy.welch.baseline, scipy.welch.candidate)
    expect(found?.p).toBeCloseTo(scipy.welch.p, 12)
    expect(found?.df).toBeCloseTo(scipy.welch.df, 10)
    const bounds = found && boundsOf(found, 0.95)
    expect(bounds?.low).toBeCloseTo(scipy.welch.low, 10)
    expect(bounds?.high).toBeCloseTo(scipy.welch.high, 10)
    expect(pairedTTest(scipy.pairedT.differences)?.p).toBeCloseTo(scipy.pairedT.p, 12)
    const geometric = logTInterval(r.logT.values, 0.95)
    expect(geometric?.low).toBeCloseTo(r.logT.interval[0], 10)
    expect(geometric?.high).toBeCloseTo(r.logT.interval[1], 10)
    const next = predictionInterval((r.prediction.values as number[]).map(Math.log), 0.95)
    expect(Math.exp(next?.low ?? 0)).toBeCloseTo(r.prediction.interval[0], 10)
    expect(Math.exp(next?.high ?? 0)).toBeCloseTo(r.prediction.interval[1], 10)
  })

  test('spreads', () => {
    const groups = (r.pooled.groups as number[][]).map((group) => group.map(Math.log))
    expect(pooledSpread(groups)?.sd).toBeCloseTo(r.pooled.sd, 12)
    expect(pooledSpread(groups)?.df).toBe(7)
    expect(medianDeviation(r.mad.values)).toBeCloseTo(r.mad.deviation, 12)
  })

  test('corrections for many tests', () => {
    const close = (values: number[]) => values.map((value) => expect.closeTo(value, 12))
    expect(holm(r.holm.p)).toEqual(close(r.holm.adjusted))
    expect(benjaminiHochberg(r.benjaminiHochberg.p)).toEqual(close(r.benjaminiHochberg.adjusted))
  })

  test('Friedman, Kendall, Mann-Kendall and Theil-Sen', () => {
    const friedman = friedmanTest(scipy.friedman.rows)
    expect(friedman?.statistic).toBeCloseTo(scipy.friedman.statistic, 10)
    expect(friedman?.p).toBeCloseTo(scipy.friedman.p, 10)
    for (const { left, right, tau } of scipy.kendallTauB.cases) expect(kendallTauB(left, right)).toBeCloseTo(tau, 12)
    expect(mannKendallTest(scipy.mannKendall.series).p).toBeCloseTo(scipy.mannKendall.p, 12)
    const { series, statistic, p } = scipy.mannKendallTied
    expect(mannKendallTest(series)).toEqual({ statistic, p: expect.closeTo(p, 12) as number, isExact: false })
    expect(theilSen(scipy.theilSen.series)).toBeCloseTo(scipy.theilSen.slope, 12)
  })

  test('the BCa interval of many resamples', () => {
    const values = scipy.bca.values as number[]
    const found = bootstrapInterval(values, bootstrapMeans(values, 100_000, random()), 0.95)
    expect(found.low).toBeCloseTo(scipy.bca.low, 3)
    expect(found.high).toBeCloseTo(scipy.bca.high, 3)
  })
})
