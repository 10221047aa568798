import { compare } from '../../../src/core/comparison/compare.ts'
import type { Change, ComparedRun } from '../../../src/core/comparison/comparison.ts'
import type { Execution } from '../../../src/core/run.ts'
import { known } from '../../../src/core/score.ts'
import type { RandomSource } from '../../../src/core/stats/random.ts'
import { signFlipTest } from '../../../src/core/stats/sign-flip.ts'
import type { Check } from './check.ts'
import { gaussian, rate } from './draws.ts'

const DRAWS = 1500
const SPREAD = 0.02

const runOf = (runId: string, values: readonly (readonly number[])[]): ComparedRun => ({
  runId,
  comparability: {},
  machine: null,
  executions: values.flatMap((metrics, index): readonly Execution[] => [execution(index, metrics)]),
})

const NOTHING = {
  ...{ exitCode: null, signal: null, startedAt: null, finishedAt: null, outputKey: null, databases: {} },
  cachedFrom: null,
}

// A metric for each value: unknown ones are taken by their unit.
const execution = (index: number, metrics: readonly number[]): Execution => ({
  ...NOTHING,
  ...{ id: index + 1, pipeline: 'p', version: null, params: {}, sample: `S${String(index).padStart(3, '0')}` },
  ...{ repeat: 1, warmup: false, attempt: 1, state: 'succeeded', reason: null, resources: null, warnings: [] },
  scores: metrics.map((value, metric) => ({
    ...{ sample: `S${String(index).padStart(3, '0')}`, metric: `metric_${metric}`, level: null, rank: null },
    ...{ unit: 'ratio', direction: 'higher' as const },
    ...known(value),
  })),
})

type Differences = (random: RandomSource) => number

/** Changes of so many primary metrics on m samples, whose differences are drawn. */
const changesOf = (m: number, metrics: number, difference: Differences, random: RandomSource): readonly Change[] => {
  const before = Array.from({ length: m }, () => Array.from({ length: metrics }, () => 0.7 + 0.2 * random()))
  const after = before.map((values) => values.map((value) => value + difference(random)))
  return compare({
    baseline: [runOf('a', before)],
    candidate: [runOf('b', after)],
    primaryMetrics: Array.from({ length: metrics }, (_, index) => ({ metric: `metric_${index}`, level: null })),
  }).changes.filter(({ gates }) => gates.length > 0)
}

const isAlarm = ({ verdict }: Change): boolean => verdict === 'improved' || verdict === 'regressed'

const normal =
  (shift: number, spread = SPREAD): Differences =>
  (random) =>
    shift + spread * gaussian(random)

/** Verdicts of scores: false alarms, power and false equivalence, through the whole comparison. */
export const pairedChecks = (): readonly Check[] => {
  const verdictRate = (m: number, difference: Differences, isCounted: (change: Change) => boolean, seed: number) =>
    rate(DRAWS, seed, (random) => changesOf(m, 1, difference, random).some(isCounted))
  const nothing = [6, 8, 12, 20].map((m) => ({
    what: 'false alarm, one primary metric',
    setting: `${m} samples, no difference`,
    rate: verdictRate(m, normal(0), isAlarm, m),
    ...{ low: 0, high: 0.05 },
  }))
  const family = {
    what: 'any false alarm, five primary metrics',
    setting: '12 samples, no difference',
    rate: rate(DRAWS, 5, (random) => changesOf(12, 5, normal(0), random).some(isAlarm)),
    ...{ low: 0, high: 0.05 },
  }
  const power = ([m, low]: readonly [number, number]) => ({
    what: 'improved, true difference of one spread',
    setting: `${m} samples`,
    rate: verdictRate(m, normal(SPREAD), ({ verdict }) => verdict === 'improved', 100 + m),
    // Power of the t test at the same size; sign flips have nearly the same.
    ...{ low, high: 1 },
  })
  const ties = (m: number, expected: number) => ({
    what: 'p ≤ 0.05, one-spread shift, 30 % of the samples unchanged',
    setting: `${m} samples`,
    rate: rate(4000, 200 + m, (random) => {
      const drawn = Array.from({ length: m }, () => (random() < 0.3 ? 0 : 1 + gaussian(random)))
      return signFlipTest(drawn, random).p <= 0.05
    }),
    ...{ low: expected, high: expected },
  })
  const skewed = [6, 8, 10].map((m) => ({
    what: 'p ≤ 0.05, skewed differences without a mean',
    setting: `${m} samples, exponential`,
    rate: rate(4000, 300 + m, (random) => {
      const drawn = Array.from({ length: m }, () => -Math.log(1 - random()) - 1)
      return signFlipTest(drawn, random).p <= 0.05
    }),
    ...{ low: 0.06, high: 0.13 },
  }))
  const equal = [6, 12, 20].flatMap((m) => [
    {
      what: 'equivalent, though 0.01 apart',
      setting: `${m} samples, spread 0.005`,
      rate: verdictRate(m, normal(0.01, 0.005), ({ verdict }) => verdict === 'equivalent', 400 + m),
      ...{ low: 0, high: 0.05 },
    },
    {
      what: 'equivalent, no difference',
      setting: `${m} samples, spread 0.005`,
      rate: verdictRate(m, normal(0, 0.005), ({ verdict }) => verdict === 'equivalent', 500 + m),
      ...{ low: 0.9, high: 1 },
    },
  ])
  return [
    ...nothing,
    family,
    ...(
      [
        [8, 0.65],
        [12, 0.88],
        [20, 0.97],
      ] as const
    ).map(power),
    ties(8, 0.24),
    ties(15, 0.8),
    ...skewed,
    ...equal,
  ]
}
