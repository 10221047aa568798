import { NO_INTERVAL_WORDS, type NoInterval } from '../../core/recommendation/saving.ts'
import { shareText } from './candidate-text.ts'

/** ` (95 %: 20 % to 48 %)`, or why there is no interval; the part of a sentence after what is saved. */
export const savedIntervalText = (of: {
  readonly low: number | null
  readonly high: number | null
  readonly why: NoInterval | null
}): string =>
  of.low !== null && of.high !== null
    ? ` (95 %: ${shareText(of.low)} to ${shareText(of.high)})`
    : of.why === null
      ? ''
      : ` (no interval: ${NO_INTERVAL_WORDS[of.why]})`
