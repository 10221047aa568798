import { normalQuantile } from '../stats/normal.ts'
import type { RandomSource } from '../stats/random.ts'

// A 32-bit source gives 0, where quantiles are not defined: the middle of each step instead of its lower end.
const open = (random: RandomSource): number => random() + 2 ** -33

/**
 * A draw from the gamma distribution with this shape and scale 1 (Marsaglia and Tsang, ACM Trans. Math. Softw. 26
 * (2000) 363); shapes below 1 by their boost: gamma(a) = gamma(a + 1) U^(1/a). Normal numbers by inversion.
 */
export const drawGamma = (shape: number, random: RandomSource): number => {
  if (!(shape > 0)) throw new RangeError(`A shape above 0 is needed, not ${String(shape)}`)
  if (shape < 1) return drawGamma(shape + 1, random) * open(random) ** (1 / shape)
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const x = normalQuantile(open(random))
    const v = (1 + c * x) ** 3
    if (v <= 0) continue
    if (Math.log(open(random)) < x ** 2 / 2 + d - d * v + d * Math.log(v)) return d * v
  }
}

/** A draw from the Dirichlet distribution: gamma draws over their sum. Where a concentration is 0 the share is 0. */
export const drawDirichlet = (concentrations: readonly number[], random: RandomSource): readonly number[] => {
  const draws = concentrations.map((shape) => (shape === 0 ? 0 : drawGamma(shape, random)))
  const sum = draws.reduce((total, draw) => total + draw, 0)
  if (sum > 0) return draws.map((draw) => draw / sum)
  // All shapes so small that every draw underflowed: the limit is a single share of 1.
  const heaviest = concentrations.indexOf(Math.max(...concentrations))
  return concentrations.map((_shape, index) => (index === heaviest ? 1 : 0))
}
