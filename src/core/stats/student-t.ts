/** The t with P(T <= t) = p for `df` > 0 degrees of freedom and 0 < p < 1, by bisection of the exact distribution. */
export const studentTQuantile = (p: number, df: number): number => {
  if (!(p > 0 && p < 1) || !(df > 0))
    throw new RangeError(`No t quantile for p = ${String(p)} and ${String(df)} degrees of freedom`)
  if (p === 0.5) return 0
  if (p < 0.5) return -studentTQuantile(1 - p, df)
  let low = 0
  let high = 1
  while (studentTCdf(high, df) < p) high *= 2
  // 100 halvings leave nothing between two neighbouring numbers.
  for (let step = 0; step < 100 && low < high; step++) {
    const middle = (low + high) / 2
    if (middle === low || middle === high) break
    if (studentTCdf(middle, df) < p) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** P(T <= t), by the regularised incomplete beta function. */
export const studentTCdf = (t: number, df: number): number => {
  const tail = incompleteBeta(df / (df + t * t), df / 2, 0.5) / 2
  return t > 0 ? 1 - tail : tail
}

/** Regularised incomplete beta function I_x(a, b): NIST DLMF 8.17.22, continued fraction by Lentz's method. */
const incompleteBeta = (x: number, a: number, b: number): number => {
  if (x <= 0) return 0
  if (x >= 1) return 1
  // The fraction converges fast on one side of the mean only; the other side follows from symmetry.
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a)
  const front = Math.exp(
    logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x) - Math.log(a),
  )
  return front / betaFraction(x, a, b)
}

const betaFraction = (x: number, a: number, b: number): number => {
  const tiny = 1e-300
  let value = 1
  let c = 1
  let d = 0
  for (let term = 1; term < 10_000; term++) {
    const m = Math.floor(term / 2)
    const coefficient =
      term % 2 === 0
        ? (m * (b - m) * x) / ((a + term - 1) * (a + term))
        : (-(a + m) * (a + b + m) * x) / ((a + term - 1) * (a + term))
    d = 1 / nonZero(1 + coefficient * d, tiny)
    c = nonZero(1 + coefficient / c, tiny)
    value *= c * d
    if (Math.abs(c * d - 1) < 1e-16) break
  }
  return value
}

const nonZero = (value: number, tiny: number): number => (Math.abs(value) < tiny ? tiny : value)

/** ln Γ(x) for x > 0 (Lanczos, SIAM J. Numer. Anal. 1 (1964) 86, with g = 7 and nine terms). */
const logGamma = (x: number): number => {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x)
  const base = x + 6.5
  const series = LANCZOS.reduce((sum, coefficient, index) => sum + coefficient / (x + index), LANCZOS_FIRST)
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(base) - base + Math.log(series)
}

const LANCZOS_FIRST = 0.9999999999998099
const LANCZOS = [
  676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905,
  -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
]
