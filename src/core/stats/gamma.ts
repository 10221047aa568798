/** Terms of the series below at which nothing changes in double precision. */
const TINY = 1e-300
const EPSILON = 1e-16

/**
 * Natural logarithm of the gamma function for x > 0: Stirling's series (DLMF 5.11.1), after moving small arguments up
 * with Γ(x + 1) = x Γ(x).
 */
export const logGamma = (x: number): number => {
  if (!(x > 0)) throw new RangeError(`The gamma function is needed for positive numbers only, not ${String(x)}`)
  let product = 1
  let at = x
  for (; at < 10; at++) product *= at
  const inverse = 1 / (at * at)
  const series = STIRLING.reduceRight((sum, coefficient) => sum * inverse + coefficient, 0) / at
  return (at - 0.5) * Math.log(at) - at + 0.5 * Math.log(2 * Math.PI) + series - Math.log(product)
}

// Bernoulli numbers B(2k) / (2k (2k - 1)).
const STIRLING = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156]

/** Regularised upper incomplete gamma function Q(a, x): series below a + 1 (DLMF 8.11.4), continued fraction above (8.9.2). */
export const upperGamma = (a: number, x: number): number => {
  if (x <= 0) return 1
  const front = Math.exp(a * Math.log(x) - x - logGamma(a))
  return x < a + 1 ? 1 - front * gammaSeries(a, x) : front * gammaFraction(a, x)
}

/** Its complement P(a, x), without the loss of digits of a subtraction where P is small. */
export const lowerGamma = (a: number, x: number): number => {
  if (x <= 0) return 0
  const front = Math.exp(a * Math.log(x) - x - logGamma(a))
  return x < a + 1 ? front * gammaSeries(a, x) : 1 - front * gammaFraction(a, x)
}

const gammaSeries = (a: number, x: number): number => {
  let term = 1 / a
  let sum = term
  for (let n = 1; term > sum * EPSILON; n++) {
    term *= x / (a + n)
    sum += term
  }
  return sum
}

// Modified Lentz (Thompson and Barnett, J. Comput. Phys. 64 (1986) 490).
const gammaFraction = (a: number, x: number): number => {
  let b = x + 1 - a
  let c = 1 / TINY
  let d = 1 / b
  let value = d
  for (let n = 1; n < 10_000; n++) {
    const numerator = -n * (n - a)
    b += 2
    d = 1 / away(numerator * d + b)
    c = away(b + numerator / c)
    value *= d * c
    if (Math.abs(d * c - 1) < EPSILON * 4) break
  }
  return value
}

/** Keeps a denominator away from zero. */
const away = (value: number): number => (Math.abs(value) < TINY ? TINY : value)

/**
 * Regularised incomplete beta function I(x; a, b) by its continued fraction (DLMF 8.17.22). `y` is 1 - x: given apart,
 * because the caller often knows it to more digits than the subtraction leaves.
 */
export const incompleteBeta = (x: number, y: number, a: number, b: number): number => {
  if (x <= 0) return 0
  if (y <= 0) return 1
  const front = Math.exp(a * Math.log(x) + b * Math.log(y) + logGamma(a + b) - logGamma(a) - logGamma(b))
  return x < (a + 1) / (a + b + 2) ? (front * betaFraction(x, a, b)) / a : 1 - (front * betaFraction(y, b, a)) / b
}

const betaFraction = (x: number, a: number, b: number): number => {
  let c = 1
  let d = 1 / away(1 - ((a + b) * x) / (a + 1))
  let value = d
  for (let n = 1; n < 10_000; n++) {
    const even = (n * (b - n) * x) / ((a + 2 * n - 1) * (a + 2 * n))
    d = 1 / away(1 + even * d)
    c = away(1 + even / c)
    value *= d * c
    const odd = (-(a + n) * (a + b + n) * x) / ((a + 2 * n) * (a + 2 * n + 1))
    d = 1 / away(1 + odd * d)
    c = away(1 + odd / c)
    value *= d * c
    if (Math.abs(d * c - 1) < EPSILON * 4) break
  }
  return value
}
