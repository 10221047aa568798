import type { BenchTable } from '../table.ts'

/** A simulated rate and what it should be: a range (both ends included) with two points of play, or a bound. */
export interface Check {
  readonly what: string
  readonly setting: string
  readonly rate: number
  readonly low: number
  readonly high: number
}

const PLAY = 0.02

/** Whether a rate is where it should be, two percentage points of play included. */
export const isWithin = ({ rate, low, high }: Check): boolean => rate >= low - PLAY && rate <= high + PLAY

const percent = (share: number): string => `${Number((share * 100).toFixed(1))} %`

const expected = ({ low, high }: Check): string =>
  low === high
    ? percent(low)
    : low <= 0
      ? `≤ ${percent(high)}`
      : high >= 1
        ? `≥ ${percent(low)}`
        : `${percent(low)} to ${percent(high)}`

/** Checks as a table for people. */
export const tableOf = (title: string, checks: readonly Check[]): BenchTable => ({
  title,
  head: ['what', 'setting', 'simulated', 'expected', ''],
  rows: checks.map((check) => [
    check.what,
    check.setting,
    percent(check.rate),
    expected(check),
    isWithin(check) ? 'as expected' : '**off**',
  ]),
})
