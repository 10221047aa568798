import { known, missing, type Quantity } from '../score.ts'
import { mean } from '../stats/correlation.ts'

/** Mean of values, their variance, and the standard error of the mean. */
export interface Spread {
  readonly mean: Quantity
  /** With n − 1; undefined for fewer than two values. */
  readonly variance: Quantity
  readonly standardError: Quantity
}

export const spreadOf = (values: readonly number[]): Spread => {
  if (values.length === 0) {
    const none = missing('undefined_0/0')
    return { mean: none, variance: none, standardError: none }
  }
  const center = mean(values)
  if (values.length === 1)
    return { mean: known(center), variance: missing('too_few'), standardError: missing('too_few') }
  const variance = values.reduce((sum, value) => sum + (value - center) ** 2, 0) / (values.length - 1)
  return {
    mean: known(center),
    variance: known(variance),
    standardError: known(Math.sqrt(variance / values.length)),
  }
}
