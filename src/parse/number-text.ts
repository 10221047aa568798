const ZERO = 48
const POWERS_OF_TEN = Array.from({ length: 23 }, (_, exponent) => 10 ** exponent)

/**
 * The number written between `start` and `end`, or NaN. Plain decimals of up to 15 digits, nearly all there are, are
 * read without making a string; the quotient of two exactly represented integers is rounded once, so the result is
 * the same as that of `Number`.
 */
export const parseDecimal = (bytes: Buffer, start: number, end: number): number => {
  let at = start
  const first = bytes[at]
  const negative = first === 45
  if (negative || first === 43) at++
  const digitsFrom = at
  let mantissa = 0
  let decimals = 0
  let pointAt = -1
  for (; at < end; at++) {
    const code = bytes[at] ?? 0
    if (code >= ZERO && code <= 57) {
      mantissa = mantissa * 10 + (code - ZERO)
      if (pointAt >= 0) decimals++
    } else if (code === 46 && pointAt < 0) pointAt = at
    else return numberIn(bytes.toString('latin1', start, end))
  }
  const digits = end - digitsFrom - (pointAt >= 0 ? 1 : 0)
  if (digits === 0) return Number.NaN
  if (digits > 15) return numberIn(bytes.toString('latin1', start, end))
  const value = decimals === 0 ? mantissa : mantissa / (POWERS_OF_TEN[decimals] ?? Number.NaN)
  return negative ? -value : value
}

const EXPONENT_FORM = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/

/** The decimal number a text is, or NaN. `Number` alone would take hexadecimal, blanks and "Infinity" too. */
export const numberIn = (text: string): number => (EXPONENT_FORM.test(text) ? Number(text) : Number.NaN)
