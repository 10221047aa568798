import { findSteps } from '../../../src/core/history/change-points.ts'
import type { HistoryFinding, HistorySeries } from '../../../src/core/history/history.ts'
import { judgeHistory } from '../../../src/core/history/judge-history.ts'
import { metricById } from '../../../src/core/metrics/registry.ts'
import type { RandomSource } from '../../../src/core/stats/random.ts'
import type { Check } from './check.ts'
import { type Noise, noisyLogs, rate } from './draws.ts'

const DRAWS = 3000
const SPREAD = 0.03
const SMALLEST = Math.log(1.05)
const STEP = Math.log(1.1)
const TABLE_ERROR = 0.015

const seriesOf = (values: readonly number[]): HistorySeries => ({
  ...{ key: 'series', definition: metricById('wall_seconds'), isPrimary: true },
  points: values.map((value, index) => ({ label: String(index), values: [1000 * Math.exp(value)], machine: 'm' })),
})

const judged = (values: readonly number[]): HistoryFinding => {
  const [finding] = judgeHistory([seriesOf(values)]).findings
  if (!finding) throw new Error('a series without a finding')
  return finding
}

const stepped = (n: number, after: number, random: RandomSource): number[] =>
  noisyLogs('clean', n, SPREAD, random).map((value, index) => (index >= n - after ? value + STEP : value))

/** Histories: false alarms by kind of noise, and how soon and how often a step of 10 % is found. */
export const historyChecks = (): readonly Check[] => {
  const ranges: readonly (readonly [Noise, number, number])[] = [
    ['clean', 0.003, 0.011],
    ['stragglers', 0.003, 0.011],
    ['autocorrelated', 0.03, 0.08],
  ]
  const quiet = ranges.flatMap(([noise, low, high]) =>
    [8, 12, 20, 30, 50].map((n) => ({
      what: 'false step in a series',
      setting: `${n} versions, ${noise}`,
      rate: rate(
        DRAWS,
        n,
        (random) => findSteps(noisyLogs(noise, n, SPREAD, random), SMALLEST, random).steps.length > 0,
      ),
      ...{ low, high },
    })),
  )
  // Told within one version of where it was. The rates of the table have a simulation error of their own: 700 series.
  const isFound = (n: number, after: number, random: RandomSource): boolean =>
    findSteps(stepped(n, after, random), SMALLEST, random).steps.some(({ at }) => Math.abs(at - (n - after)) <= 1)
  const step = (setting: string, n: number, after: number, expected: number): Check => ({
    what: 'step of 10 % found at its place',
    setting,
    rate: rate(DRAWS, 100 * after + n, (random) => isFound(n, after, random)),
    ...{ low: expected - TABLE_ERROR, high: expected + TABLE_ERROR },
  })
  const found = [
    step('8 versions, in the middle', 8, 4, 0.81),
    step('12 versions, in the middle', 12, 6, 0.92),
    step('20 versions, in the middle', 20, 10, 0.95),
    step('3 versions after it, 12 before', 15, 3, 0.68),
    step('5 versions after it, 12 before', 17, 5, 0.87),
  ]
  const newest = [5, 10, 20].map((k) => ({
    what: 'newest version outside, nothing changed',
    setting: `${k} earlier versions`,
    rate: rate(
      DRAWS,
      300 + k,
      (random) => judged(noisyLogs('clean', k + 1, SPREAD, random)).newest?.isOutside === true,
    ),
    ...{ low: 0.05, high: 0.05 },
  }))
  const atOnce = {
    what: 'newest version outside, 20 % slower',
    setting: '10 earlier versions',
    rate: rate(DRAWS, 401, (random) => {
      const values = noisyLogs('clean', 11, SPREAD, random).map((value, index) =>
        index === 10 ? value + Math.log(1.2) : value,
      )
      return judged(values).newest?.isOutside === true
    }),
    ...{ low: 0.98, high: 1 },
  }
  const drift = ranges.slice(0, 2).map(([noise]) => ({
    what: 'false drift',
    setting: `20 versions, ${noise}`,
    rate: rate(DRAWS, 500, (random) => judged(noisyLogs(noise, 20, SPREAD, random)).drift !== null),
    ...{ low: 0, high: 0.01 },
  }))
  const slope = {
    what: 'drift or step told, 1.5 % slower with every version',
    setting: '16 versions',
    rate: rate(1000, 501, (random) => {
      const values = noisyLogs('clean', 16, SPREAD, random).map((value, index) => value + index * Math.log(1.015))
      return judged(values).state === 'confirmed'
    }),
    ...{ low: 0.95, high: 1 },
  }
  const many = {
    what: 'any series of 20 confirmed, nothing changed',
    setting: '15 versions each, clean',
    rate: rate(400, 600, (random) =>
      judgeHistory(
        Array.from({ length: 20 }, (_, index) => ({
          ...seriesOf(noisyLogs('clean', 15, SPREAD, random)),
          key: String(index),
        })),
      ).findings.some(({ state }) => state === 'confirmed'),
    ),
    ...{ low: 0, high: 0.05 },
  }
  return [...quiet, ...found, ...newest, atOnce, ...drift, slope, many]
}
