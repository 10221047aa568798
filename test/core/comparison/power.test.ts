import { describe, expect, test } from 'vitest'
import { neededFor, reachableRepeats, reachableSamples } from '../../../src/core/comparison/needed.ts'
import { planPower } from '../../../src/core/comparison/plan-power.ts'
import { detectableByRepeats, detectableBySamples, reachabilityTable } from '../../../src/core/comparison/power.ts'
import { aComparedRun, type Told } from '../../support/comparison-builder.ts'

describe('what repeats and samples can show', () => {
  // Seeded simulations of Welch's test on logarithms, 80 % power: coefficient of variation, repeats, effect in percent.
  test.each([
    [0.02, 2, 23],
    [0.02, 3, 7],
    [0.02, 5, 4],
    [0.05, 2, 67],
    [0.05, 3, 19],
    [0.05, 4, 14],
    [0.05, 5, 11],
    [0.05, 7, 9],
    [0.05, 10, 7],
    [0.1, 3, 42],
    [0.1, 5, 23],
    [0.1, 10, 14],
  ])('at a variation of %d, %i repeats show about %i %%', (variation, n, percent) => {
    const shown = Math.expm1((detectableByRepeats(n) ?? NaN) * variation) * 100
    expect(Math.abs(shown - percent)).toBeLessThan(Math.max(0.7, percent * 0.06))
  })

  test('with more primary tests more samples are needed before anything can be shown', () => {
    expect(reachabilityTable().map(({ tests, samples }) => [tests, samples])).toEqual([
      [1, 6],
      [3, 7],
      [5, 8],
      [10, 9],
      [20, 10],
      [50, 11],
    ])
    for (const tests of [1, 3, 5, 10, 20, 50]) {
      expect(2 / 2 ** reachableSamples(tests)).toBeLessThanOrEqual(0.05 / tests)
      expect(detectableBySamples(reachableSamples(tests) - 1, tests)).toBeNull()
      expect(detectableBySamples(reachableSamples(tests), tests)).not.toBeNull()
    }
    expect([1, 2, 6, 7].map((tests) => reachableRepeats(tests))).toEqual([4, 5, 5, 6])
  })

  test('more samples and more repeats show smaller differences', () => {
    const by = [6, 8, 12, 20, 50].map((m) => detectableBySamples(m) ?? NaN)
    expect([...by].sort((left, right) => right - left)).toEqual(by)
    // scipy 1.17.1: root of scipy.stats.nct.sf(t.ppf(0.975, 19), 19, d * sqrt(20)) - 0.8 = 0.66044
    expect(by[3]).toBeCloseTo(0.66, 2)
  })

  test('needed samples follow m = 7.85 (s / delta)² + 2', () => {
    expect(neededFor(0.01, 0.03, { what: 'samples', tests: 1, alpha: 0.05 })).toBe(Math.ceil(7.849 * 9) + 2)
    expect(neededFor(0.05, 0.05, { what: 'repeats', tests: 1, alpha: 0.05 })).toBe(18)
    expect(neededFor(0.01, null, { what: 'samples', tests: 1, alpha: 0.05 })).toBeNull()
  })
})

test('a plan says what it could show, from the spreads of earlier runs', () => {
  const told = ['kma', 'other'].flatMap((pipeline, nth): readonly Told[] =>
    [1, 2, 3].flatMap((repeat) =>
      [0.8, 0.85, 0.7, 0.9, 0.6, 0.75].map((value, index) => ({
        ...{ pipeline, repeat, sample: `S${index}` },
        sensitivity: value + nth * (0.01 + 0.01 * index),
        wallSeconds: 100 * (1 + 0.02 * repeat) * (index + 1),
      })),
    ),
  )
  const primaryMetrics = [
    { metric: 'sensitivity', level: 'gene' },
    { metric: 'wall_seconds', level: null },
  ]
  const plan = (samples: number, repeats: number) =>
    planPower({ ...{ samples, repeats, pipelines: 1, primaryMetrics }, earlier: [aComparedRun('run-a', told)] })
  const [accuracy, time] = plan(8, 3).metrics
  expect(accuracy).toMatchObject({ what: 'samples', isRelative: false, from: 1, smallestEffect: 0.01 })
  expect(accuracy?.spread).toBeCloseTo(0.0187, 4)
  expect(time).toMatchObject({ what: 'repeats', isRelative: true, from: 6, smallestEffect: 0.05 })
  expect(time?.detectable).toBeGreaterThan(0.05)
  expect(plan(5, 4)).toMatchObject({ tests: 2, reachable: { samples: 7, repeats: 5 } })
  expect(plan(5, 4).metrics.map(({ isEnough, note }) => [isEnough, note])).toEqual([
    [false, 'nothing can be shown: the correction for 2 tests needs >= 7 samples'],
    [false, 'nothing can be shown: the correction for 2 tests needs >= 5 repeats'],
  ])
})
