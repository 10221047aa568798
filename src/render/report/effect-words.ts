import { formatMetric } from '../format-number.ts'

/** A difference as comparisons state it. */
export interface Effect {
  readonly effect: number | null
  readonly scale: 'absolute' | 'relative'
  readonly low: number | null
  readonly high: number | null
  readonly unit: string
}

/** `+13.6 % (+9.1 % to +18.0 %)`, `−0.020 (−0.050 to 0.000)`, or that nothing is known. */
export const signedEffect = ({ effect, scale, low, high, unit }: Effect): string => {
  if (effect === null) return 'no value'
  const words = (value: number): string => signed(value, scale, unit)
  return low === null || high === null ? words(effect) : `${words(effect)} (${words(low)} to ${words(high)})`
}

const signed = (value: number, scale: Effect['scale'], unit: string): string => {
  const sign = value > 0 ? '+' : value < 0 ? '−' : ''
  const size = Math.abs(value)
  return `${sign}${scale === 'relative' ? `${(size * 100).toFixed(1)} %` : formatMetric(size, unit)}`
}
