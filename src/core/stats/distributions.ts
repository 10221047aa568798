import { incompleteBeta, logGamma, lowerGamma, upperGamma } from './gamma.ts'

/** P(T > t) of Student's distribution; `df` may be a fraction (Welch). */
export const tTail = (t: number, df: number): number => {
  const half = incompleteBeta(df / (df + t * t), (t * t) / (df + t * t), df / 2, 0.5) / 2
  return t >= 0 ? half : 1 - half
}

/** P(T <= t) of Student's distribution. */
export const tCdf = (t: number, df: number): number => tTail(-t, df)

/** P(|T| >= |t|): the two-sided p value of a t statistic. */
export const tTwoSided = (t: number, df: number): number => 2 * tTail(Math.abs(t), df)

/** The t with P(T <= t) = p. */
export const tQuantile = (p: number, df: number): number => {
  mustBeProbability(p)
  if (p === 0.5) return 0
  const tail = Math.min(p, 1 - p)
  const size = solve((t) => tTail(t, df) <= tail)
  return p < 0.5 ? -size : size
}

/** P(X > x) of the chi-square distribution. */
export const chiSquareTail = (x: number, df: number): number => upperGamma(df / 2, x / 2)

/** P(X <= x) of the chi-square distribution. */
export const chiSquareCdf = (x: number, df: number): number => lowerGamma(df / 2, x / 2)

/** The x with P(X <= x) = p. */
export const chiSquareQuantile = (p: number, df: number): number => {
  mustBeProbability(p)
  return p < 0.5 ? solve((x) => chiSquareCdf(x, df) >= p) : solve((x) => chiSquareTail(x, df) <= 1 - p)
}

/** The x with P(X <= x) = p of the beta distribution with two equal parameters. */
export const symmetricBetaQuantile = (p: number, a: number): number => {
  mustBeProbability(p)
  const odds = solve((ratio) => incompleteBeta(ratio / (1 + ratio), 1 / (1 + ratio), a, a) >= p)
  return odds / (1 + odds)
}

/** P(X = k) of a binomial distribution. */
export const binomialProbability = (k: number, n: number, p: number): number => {
  if (k < 0 || k > n) return 0
  if (p === 0 || p === 1) return k === n * p ? 1 : 0
  const ways = logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1)
  return Math.exp(ways + k * Math.log(p) + (n - k) * Math.log1p(-p))
}

/** P(X <= k) of a binomial distribution. */
export const binomialCdf = (k: number, n: number, p: number): number => {
  if (k < 0) return 0
  return k >= n ? 1 : incompleteBeta(1 - p, p, n - k, k + 1)
}

/** The smallest k with P(X <= k) >= probability. */
export const binomialQuantile = (probability: number, n: number, p: number): number => {
  let [low, high] = [0, n]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (binomialCdf(middle, n, p) >= probability) high = middle
    else low = middle + 1
  }
  return low
}

const mustBeProbability = (p: number): void => {
  if (!(p > 0 && p < 1)) throw new RangeError(`A probability between 0 and 1 is needed, not ${String(p)}`)
}

/** The smallest positive x at which a condition that stays true once it is true becomes true, by halving. */
const solve = (isReached: (x: number) => boolean): number => {
  let high = 1
  while (!isReached(high)) high *= 2
  let low = high / 2
  if (high === 1) for (low = 0.5; low > 1e-300 && isReached(low); low /= 2) high = low
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2
    if (middle === low || middle === high) break
    if (isReached(middle)) high = middle
    else low = middle
  }
  return (low + high) / 2
}
