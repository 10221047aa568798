import { repeatEvidence } from '../../../src/core/comparison/repeat-evidence.ts'
import type { RandomSource } from '../../../src/core/stats/random.ts'
import type { Check } from './check.ts'
import { type Noise, noisyLogs, rate } from './draws.ts'
import { welchTest } from '../../../src/core/stats/t-interval.ts'

const DRAWS = 4000
const SPREAD = 0.05

/** p of so many repeats on each side, the candidate slower by this factor, by whatever test that number calls for. */
const pOf = (n: number, factor: number, noise: Noise, random: RandomSource, pool = 0): number => {
  const side = (shift: number): ReadonlyMap<string, number> =>
    new Map(noisyLogs(noise, n, SPREAD, random).map((value, index) => [String(index), value + shift]))
  const groups = Array.from({ length: pool }, () => noisyLogs(noise, 3, SPREAD, random))
  const input = { baseline: side(0), candidate: side(Math.log(factor)), pool: groups }
  return repeatEvidence({ ...input, scale: 'log', isInterleaved: false, seed: 1n }).p ?? 1
}

/** Comparisons of run times: false alarms and what repeats show. */
export const repeatChecks = (): readonly Check[] => {
  const alarms = ([2, 3, 4, 5, 7] as const).flatMap((n) =>
    (['clean', 'stragglers'] as const).map((noise) => ({
      what: n < 4 ? 'false alarm, Welch on logarithms' : 'false alarm, exact Mann-Whitney',
      setting: `${n} repeats, ${noise}`,
      rate: rate(DRAWS, n, (random) => pOf(n, 1, noise, random) <= 0.05),
      ...{ low: 0, high: 0.05 },
    })),
  )
  const single = {
    what: 'false alarm, borrowed spread',
    setting: 'one run on each side, 4 configurations of 3',
    rate: rate(DRAWS, 31, (random) => pOf(1, 1, 'clean', random, 4) <= 0.05),
    ...{ low: 0.05, high: 0.05 },
  }
  const shown = (
    [
      [2, 1.67],
      [3, 1.19],
      [4, 1.14],
      [5, 1.11],
      [7, 1.09],
      [10, 1.07],
    ] as const
  ).flatMap(([n, factor]) => {
    const setting = `${n} repeats, variation 5 %, ${Math.round((factor - 1) * 100)} % slower`
    const welch = {
      what: 'power, Welch on logarithms',
      setting,
      rate: rate(DRAWS, 40 + n, (random) => {
        const [left, right] = [noisyLogs('clean', n, SPREAD, random), noisyLogs('clean', n, SPREAD, random)]
        return (
          (welchTest(
            left,
            right.map((value) => value + Math.log(factor)),
          )?.p ?? 1) <= 0.05
        )
      }),
      // The effects of the table are rounded to whole percents.
      ...{ low: 0.78, high: 0.84 },
    }
    if (n < 4) return [welch]
    const ranks = {
      what: 'power, exact Mann-Whitney (what is used from 4 on)',
      setting,
      rate: rate(DRAWS, 60 + n, (random) => pOf(n, factor, 'clean', random) <= 0.05),
      ...{ low: 0.6, high: 0.84 },
    }
    return [welch, ranks]
  })
  return [...alarms, single, ...shown]
}
