import { formatMetric } from '../../format-number.ts'
import type { Axis } from './spec.ts'

/** How a quantity is written on an axis: divided by `divide` and called `label`, which states unit and direction. */
export interface AxisScale {
  readonly divide: number
  readonly label: string
  /** The number in its own unit, for descriptions and marks. */
  readonly words: (value: number) => string
}

const TIME_STEPS = [
  { from: 3 * 86_400, divide: 86_400, unit: 'd' },
  { from: 3 * 3600, divide: 3600, unit: 'h' },
  { from: 180, divide: 60, unit: 'min' },
  { from: 1, divide: 1, unit: 's' },
  { from: 0, divide: 0.001, unit: 'ms' },
] as const

const BYTE_STEPS = [
  { from: 1e12, divide: 1e12, unit: 'TB' },
  { from: 1e9, divide: 1e9, unit: 'GB' },
  { from: 1e6, divide: 1e6, unit: 'MB' },
  { from: 1e3, divide: 1e3, unit: 'kB' },
  { from: 0, divide: 1, unit: 'B' },
] as const

/** Unit of an axis that reaches up to `largest`, so that its ticks are short round numbers. */
export const unitStep = (unit: string, largest: number): { readonly divide: number; readonly unit: string } => {
  const steps = unit === 'seconds' ? TIME_STEPS : unit === 'bytes' ? BYTE_STEPS : null
  if (steps === null) return { divide: 1, unit: WRITTEN_UNIT[unit] ?? unit }
  return steps.find(({ from }) => largest >= from) ?? { divide: 1, unit: unit === 'seconds' ? 's' : 'B' }
}

const WRITTEN_UNIT: Readonly<Record<string, string>> = { ratio: '', correlation: '', count: '', percent: '%' }

type Step = ReturnType<typeof unitStep>

/** Ticks like 0.0000002 are counted in powers of ten instead. */
const shortStep = (step: Step, largest: number): Step => {
  if (step.divide !== 1 || step.unit === '' || largest === 0 || largest >= 1e-3) return step
  const power = Math.floor(Math.log10(largest))
  const raised = String(-power).replaceAll(/\d/g, (digit) => SUPERSCRIPTS[Number(digit)] ?? digit)
  return { divide: 10 ** power, unit: `10⁻${raised} ${step.unit}` }
}

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹'

/** The scale of an axis for the values that will be drawn on it. */
export const axisScale = (axis: Axis, values: readonly number[]): AxisScale => {
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  const { divide, unit } = shortStep(unitStep(axis.unit, largest), largest)
  const direction = axis.direction === 'none' ? '' : `, ${axis.direction} is better`
  return {
    divide,
    label: `${axis.label}${unit === '' ? '' : ` (${unit})`}${direction}`,
    words: (value) => formatMetric(value, axis.unit),
  }
}
