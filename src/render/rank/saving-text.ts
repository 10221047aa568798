import { NO_INTERVAL_WORDS, type NoInterval } from '../../core/recommendation/saving.ts'

/** `, 95 % interval 20.1 % to 48 %`, or why there is none; the part of a sentence after what is saved. */
export const savedIntervalText = (of: {
  readonly low: number | null
  readonly high: number | null
  readonly why: NoInterval | null
}): string =>
  of.low !== null && of.high !== null
    ? `, 95 % interval ${percent(of.low)} to ${percent(of.high)}`
    : of.why === null
      ? ''
      : `, no interval: ${NO_INTERVAL_WORDS[of.why]}`

// Ends of an interval near 100 % differ in the third digit.
const percent = (share: number): string => `${String(Number((share * 100).toPrecision(3)))} %`
