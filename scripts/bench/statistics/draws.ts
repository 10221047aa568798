import { normalQuantile } from '../../../src/core/stats/normal.ts'
import { type RandomSource, seededRandom } from '../../../src/core/stats/random.ts'

/** Kinds of noise of a measurement, as differences of logarithms. */
export type Noise = 'clean' | 'stragglers' | 'autocorrelated'

/** A standard normal number. */
export const gaussian = (random: RandomSource): number =>
  normalQuantile((Math.floor(random() * 2 ** 31) + 0.5) / 2 ** 31)

const STRAGGLERS = 0.1
const AUTOCORRELATION = 0.5

/** Logarithms of measurements: normal with this spread; one in ten 1.2 to 1.6 times as long; or AR(1) with 0.5. */
export const noisyLogs = (noise: Noise, n: number, spread: number, random: RandomSource): number[] => {
  let previous = gaussian(random)
  return Array.from({ length: n }, () => {
    const fresh = gaussian(random)
    previous = AUTOCORRELATION * previous + Math.sqrt(1 - AUTOCORRELATION ** 2) * fresh
    if (noise === 'autocorrelated') return spread * previous
    const late = noise === 'stragglers' && random() < STRAGGLERS ? Math.log(1.2 + 0.4 * random()) : 0
    return spread * fresh + late
  })
}

/** Share of draws in which something happened, from a seed of its own. */
export const rate = (draws: number, seed: number, happens: (random: RandomSource) => boolean): number => {
  const random = seededRandom(seed)
  let count = 0
  for (let draw = 0; draw < draws; draw++) if (happens(random)) count++
  return count / draws
}
