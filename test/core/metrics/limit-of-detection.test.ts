import { describe, expect, test } from 'vitest'
import { limitOfDetection } from '../../../src/core/metrics/limit-of-detection.ts'
import { summarise, summariseScores } from '../../../src/core/metrics/summarise.ts'
import type { Execution } from '../../../src/core/run.ts'
import type { Score } from '../../../src/core/score.ts'
import { anExecution } from '../../support/run-builder.ts'
import { absent, present, report, scoring, truthOf } from '../pathogen/pathogen-case.ts'

/** Levels written `1000: 1 3` — amount, rate, samples. */
const limit = (...levels: readonly string[]): number | string => {
  const tried = levels.map((text) => {
    const [amount = 0, rate = 0, samples = 0] = text.split(/[: ]+/).map(Number)
    return { amount, rate, samples }
  })
  const { value, reason } = limitOfDetection(tried)
  return value ?? reason
}

describe('the limit of detection', () => {
  test('is the smallest level found in 95 % of the samples, when every higher one is too', () => {
    expect(limit('10: 0.5 4', '100: 1 4', '1000: 1 4')).toBe(100)
    expect(limit('10: 1 4', '100: 0.75 4', '1000: 1 4')).toBe(1000)
    expect(limit('10: 0.95 20', '100: 1 4')).toBe(10)
    expect(limit('10: 0.9499 20', '100: 1 4')).toBe(100)
  })
  test('is not reached when the highest level is not found reliably', () => {
    expect(limit('10: 1 4', '100: 0.9 10')).toBe('not_reached')
  })
  test('needs three samples; a smaller level is no limit, but a miss there counts against those below', () => {
    expect(limit('10: 1 2', '100: 1 2')).toBe('too_few')
    expect(limit('10: 1 2', '100: 1 3')).toBe(100)
    expect(limit('10: 1 3', '100: 1 2')).toBe(10)
    expect(limit('10: 1 3', '100: 0.5 2')).toBe('not_reached')
    expect(limit()).toBe('too_few')
  })
})

// 11 at 100 reads in three samples, all found; at 10 reads in four, one of them missed.
const samples = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
const truth = truthOf({
  ...Object.fromEntries(samples.map((sample, index) => [sample, [present('11', { reads: index < 3 ? 100 : 10 })]])),
  h: absent('11', '12'),
})
const reports = Object.fromEntries(
  samples.map((sample) => [sample, report(...(sample === 'g' ? [] : ['11 = 5 : 0.1']))]),
)
const scored = scoring(truth, { ...reports, h: report() })
const all = [...samples, 'h']
const rows = (summary: ReturnType<typeof summariseScores>) =>
  summary
    .filter(({ metric }) => metric === 'limit_of_detection' || metric === 'detection_rate')
    .map(({ metric, level, value, n, unit }) => ({ metric, level, value, n, unit }))
const expected = [
  { metric: 'detection_rate', level: 'reads=100', value: 1, n: 3, unit: 'ratio' },
  { metric: 'detection_rate', level: 'reads=10', value: 0.75, n: 4, unit: 'ratio' },
  { metric: 'limit_of_detection', level: null, value: 100, n: 7, unit: 'reads' },
]

test('scores of all samples give the curve and the limit', () => {
  expect(rows(summariseScores(scored.scores, all))).toEqual(expected)
})

test('so do executions on one sample each: the limit is made when all are there', () => {
  const executions = all.map((sample, index): Execution => {
    const own: readonly Score[] = scored.scores.filter((score) => score.sample === sample)
    return anExecution({ id: index + 1, sample, scores: own })
  })
  expect(rows(summarise({ executions, samples: all }))).toEqual(expected)
  // With one sample of the higher level gone there are too few at that level, and the lower one has a miss.
  const failed = executions.map((one) => (one.id === 1 ? { ...one, state: 'failed' as const, scores: [] } : one))
  expect(rows(summarise({ executions: failed, samples: all })).at(-1)).toMatchObject({ value: null, n: 6 })
})

test('is in the unit of the truth: copies, or percent', () => {
  const unitOf = (more: object): string | undefined =>
    rows(
      summariseScores(
        scoring(truthOf({ a: [present('11', more)], b: absent('12') }), { a: report('11 = 1 : 1'), b: report() })
          .scores,
        ['a', 'b'],
      ),
    ).at(-1)?.unit
  expect(unitOf({ copies: 5 })).toBe('copies')
  expect(unitOf({ abundance: 5 })).toBe('percent')
  expect(unitOf({ abundance: 5, reads: 7 })).toBe('reads')
})

test('does not apply to a truth without levels', () => {
  const plain = scoring(truthOf({ a: [present('11')], b: absent('12') }), { a: report('11 = 1 : 1'), b: report() })
  const summary = summariseScores(plain.scores, ['a', 'b']).filter(({ metric }) => metric === 'limit_of_detection')
  expect(summary).toMatchObject([{ value: null, reason: 'not_applicable', n: 0, nExpected: 2 }])
})
