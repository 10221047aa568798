import { describe, expect, test } from 'vitest'
import { makeBoard } from '../../../src/core/ranking/board.ts'
import { rankCandidates, type RankedEntry } from '../../../src/core/ranking/rank-candidates.ts'
import { savingOf } from '../../../src/core/recommendation/saving.ts'
import { pairedTTest } from '../../../src/core/stats/t-interval.ts'
import { observed, sampleNames, series } from '../../support/observations.ts'

describe('the interval of a saving', () => {
  const withHours = (pipeline: string, hours: readonly number[]) =>
    observed({
      pipeline,
      values: { sensitivity: hours.map(() => 0.9), wall_seconds: hours.map((of) => 3600 * of) },
    })
  const savingOfTwo = (now: readonly number[], then: readonly number[], total = now.length) => {
    const plain = makeBoard({
      metrics: [series('sensitivity')],
      datasets: [{ dataset: 'mock', samples: sampleNames(total) }],
    })
    const { entries } = rankCandidates({ board: plain, rows: [...withHours('a', now), ...withHours('b', then)] })
    const entry = (name: string): RankedEntry => entries.find(({ candidate }) => candidate.pipeline === name)!
    return savingOf(plain, entry('a'), entry('b'), null)
  }

  test('holds exactly the ratios that a paired t test does not rule out', () => {
    const [now, then] = [
      [2, 3, 2.5, 4, 3.5, 2.2, 3.1, 2.9],
      [1, 1.8, 1.1, 2.5, 1.6, 1.3, 1.4, 1.7],
    ]
    const saving = savingOfTwo(now, then)!
    const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
    expect(saving.share).toBeCloseTo(1 - sum(then) / sum(now), 12)
    // Independent of the formula: at either end the test of after − ρ · before has a p of 5 %.
    for (const end of [saving.interval!.low, saving.interval!.high])
      expect(pairedTTest(now.map((hours, at) => then[at]! - (1 - end) * hours))?.p).toBeCloseTo(0.05, 9)
    expect(saving.interval!.low).toBeLessThan(saving.share)
    expect(saving.interval!.high).toBeGreaterThan(saving.share)
  })

  test('is a point where every sample saves the same share', () => {
    const saving = savingOfTwo([1, 2, 3, 4, 5, 6], [0.5, 1, 1.5, 2, 2.5, 3])!
    expect(saving.interval!.low).toBeCloseTo(0.5, 9)
    expect(saving.interval!.high).toBeCloseTo(0.5, 9)
  })

  test('is missing with a reason', () => {
    expect(savingOfTwo([1, 2, 3, 4, 5], [1, 1, 1, 1, 1])).toMatchObject({
      interval: null,
      noInterval: 'too_few_samples',
    })
    expect(savingOfTwo([0.001, 0.001, 0.001, 0.001, 0.001, 9], [1, 1, 1, 1, 1, 1])).toMatchObject({
      interval: null,
      noInterval: 'too_variable',
    })
    const plain = makeBoard({
      metrics: [series('sensitivity')],
      datasets: [{ dataset: 'mock', samples: sampleNames(6) }],
    })
    const rows = ['a', 'b'].flatMap((pipeline) => [
      ...observed({ pipeline, values: { sensitivity: Array.from({ length: 6 }, () => 0.9) } }),
      ...observed({ pipeline, values: { wall_seconds: [pipeline === 'a' ? 7200 : 3600] } }).map((row) => ({
        ...row,
        sample: null,
      })),
    ])
    const [one, other] = rankCandidates({ board: plain, rows }).entries
    expect(savingOf(plain, one!, other!, null)).toMatchObject({ interval: null, noInterval: 'not_measured_by_sample' })
  })
})
