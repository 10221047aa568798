import { mean, median } from '../../../src/core/stats/correlation.ts'
import { bootstrapInterval, bootstrapMeans, percentile } from '../../../src/core/stats/bootstrap.ts'
import { medianInterval } from '../../../src/core/stats/interval.ts'
import type { RandomSource } from '../../../src/core/stats/random.ts'
import { signFlipBounds } from '../../../src/core/stats/sign-flip.ts'
import { hodgesLehmannInterval } from '../../../src/core/stats/signed-rank.ts'
import { pooledSpread } from '../../../src/core/stats/spread.ts'
import { type Bounds, logTInterval, predictionInterval, tInterval } from '../../../src/core/stats/t-interval.ts'
import type { Check } from './check.ts'
import { gaussian, type Noise, noisyLogs, rate } from './draws.ts'

const DRAWS = 10_000
const SPREAD = 0.05

const holds = (bounds: Bounds | null, truth: number): boolean =>
  bounds !== null && bounds.low <= truth && truth <= bounds.high

const covers = (
  what: string,
  setting: string,
  [low, high]: readonly [number, number],
  isCovered: (random: RandomSource) => boolean,
  draws = DRAWS,
): Check => ({ what, setting, rate: rate(draws, what.length * 100 + setting.length, isCovered), low, high })

/** How often 95 % intervals hold the truth. */
export const intervalChecks = (): readonly Check[] => {
  const drawn = (n: number, random: RandomSource): number[] => Array.from({ length: n }, () => gaussian(random))
  const logT = (noise: Noise, n: number, truth: number, range: readonly [number, number]) =>
    covers('log-t interval', `${n} repeats, ${noise}`, range, (random) =>
      holds(logTInterval(noisyLogs(noise, n, SPREAD, random).map(Math.exp), 0.95), truth),
    )
  // The middle of the noise with stragglers: the quantile of the normal part that leaves 10 % for them.
  const middle = Math.exp(SPREAD * 0.1397)
  const borrowed = (factor: number, range: readonly [number, number]) =>
    covers('borrowed spread, one run', `4 configurations of 3, spreads differ up to ${factor} ×`, range, (random) => {
      const scale = (): number => factor ** (2 * random() - 1)
      const groups = Array.from({ length: 4 }, () => {
        const own = scale()
        return drawn(3, random).map((value) => value * own)
      })
      return holds(tInterval([gaussian(random) * scale()], 0.95, pooledSpread(groups) ?? undefined), 0)
    })
  const resampled = (n: number, of: typeof mean, what: string, expected: number) =>
    covers(
      `percentile bootstrap of a ${what} (never used)`,
      `${n} repeats`,
      [expected, expected],
      (random) => {
        const values = drawn(n, random)
        const draws = Array.from({ length: 2000 }, () =>
          of(values.map(() => values[Math.floor(random() * n)] ?? 0)),
        ).sort((left, right) => left - right)
        return holds({ low: percentile(draws, 0.025), high: percentile(draws, 0.975) }, 0)
      },
      1500,
    )
  return [
    ...[2, 3, 5, 10].map((n) => logT('clean', n, 1, [0.95, 0.95])),
    ...[3, 5, 10].map((n) => logT('stragglers', n, middle, [0.96, 0.97])),
    borrowed(1, [0.95, 0.95]),
    borrowed(1.5, [0.94, 0.94]),
    borrowed(2.5, [0.91, 0.93]),
    ...[3, 5, 10, 20].map((k) =>
      covers('prediction interval of the next run', `${k} earlier runs`, [0.95, 0.95], (random) =>
        holds(predictionInterval(drawn(k, random), 0.95), gaussian(random)),
      ),
    ),
    ...(
      [
        [6, 0.969],
        [10, 0.979],
      ] as const
    ).map(([n, level]) =>
      covers('median by order statistics', `${n} values`, [level, level], (random) =>
        holds(medianInterval(drawn(n, random)), 0),
      ),
    ),
    ...[6, 8, 12].map((m) =>
      covers('Hodges-Lehmann interval', `${m} samples`, [0.95, 0.97], (random) =>
        holds(hodgesLehmannInterval(drawn(m, random), 0.95), 0),
      ),
    ),
    ...[6, 8, 12, 20].map((m) =>
      covers(
        'sign-flip interval of the mean',
        `${m} samples`,
        [0.95, 0.97],
        (random) => holds(signFlipBounds(drawn(m, random), random)(0.95), 0),
        2000,
      ),
    ),
    ...[10, 20].map((m) =>
      covers(
        'BCa bootstrap of the mean',
        `${m} samples`,
        [0.9, 0.95],
        (random) => {
          const values = drawn(m, random)
          return holds(bootstrapInterval(values, bootstrapMeans(values, 2000, random), 0.95), 0)
        },
        1500,
      ),
    ),
    ...[0.5, 0.75, 0.82, 0.83].map((expected, index) => resampled(index + 2, mean, 'mean', expected)),
    ...[0.5, 0.75, 0.88, 0.93].map((expected, index) => resampled(index + 2, median, 'median', expected)),
  ]
}
