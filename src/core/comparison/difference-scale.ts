import { mean } from '../stats/correlation.ts'
import { ascending } from '../stats/spread.ts'

/** Raw values, or their logarithms where all of them are positive and the metric is one of sizes. */
export type Scale = 'raw' | 'log'

/** Onto the scale of the differences. */
export const toScale = (value: number, scale: Scale): number => (scale === 'log' ? Math.log(value) : value)

/** A level from the scale of the differences back to the metric's unit. */
export const fromScale = (value: number, scale: Scale): number => (scale === 'log' ? Math.exp(value) : value)

/** A difference as it is shown: itself, or for logarithms candidate / baseline - 1. */
export const shownEffect = (difference: number, scale: Scale): number =>
  scale === 'log' ? Math.expm1(difference) : difference

/** Mean in order of size, so that the order of samples or repeats does not change the last bit. */
export const steadyMean = (values: readonly number[]): number => mean([...values].sort(ascending))

/** Sum in order of size. */
export const steadySum = (values: readonly number[]): number =>
  [...values].sort(ascending).reduce((sum, value) => sum + value, 0)
