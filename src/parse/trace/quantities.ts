import { numberIn } from '../number-text.ts'

/** More than any run takes or any machine has: what exceeds these is a wrong unit or a damaged file. */
export const MOST_SECONDS = 20 * 365 * 86_400
export const MOST_BYTES = 2 ** 60
export const MOST_PERCENT = 100 * 100_000

/** A plain decimal number, or null. */
export const plainNumber = (text: string): number | null => {
  const value = numberIn(text)
  return Number.isNaN(value) ? null : value
}

const FACTORS: Readonly<Record<string, number>> = { K: 2 ** 10, M: 2 ** 20, G: 2 ** 30, T: 2 ** 40, P: 2 ** 50 }

/**
 * Bytes of `12.8 MB`, `512K`, `3GiB`, `800 B` or `123456`: measuring instruments count 1024 to the step whatever they
 * call it (Nextflow, Slurm). Null for anything else.
 */
export const binaryBytes = (text: string): number | null => {
  const [, amount, step = ''] = /^(\d+(?:\.\d+)?)\s*([KMGTP]?)(?:i?B)?$/i.exec(text) ?? []
  if (amount === undefined) return null
  return Math.round(Number(amount) * (step === '' ? 1 : (FACTORS[step.toUpperCase()] ?? Number.NaN)))
}

/** Seconds of `1-02:03:04`, `2:03:04`, `3:04.25` or `1 day, 2:03:04` (days, hours, minutes, seconds); null for anything else. */
export const clockSeconds = (text: string): number | null => {
  const found = /^(?:(\d+)(?:-| days?, ))?(?:(\d+):)?(\d+):(\d+(?:\.\d+)?)$/.exec(text)
  if (found === null) return null
  const [, days = '0', hours = '0', minutes = '0', seconds = '0'] = found
  return Number(days) * 86_400 + Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)
}

/** Milliseconds of `2026-11-23 16:33:16.288` or `2026-11-23T16:33:16`, on the clock of whoever wrote it; null for anything else. */
export const dateMilliseconds = (text: string): number | null => {
  const found = /^(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d):(\d\d)(?:\.(\d{1,3})\d*)?(?:Z|[+-]\d\d:?\d\d)?$/.exec(text)
  if (found === null) return null
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found.slice(1, 7).map(Number)
  const real = month >= 1 && month <= 12 && day >= 1 && day <= 31 && hour < 24 && minute < 60 && second <= 60
  return real ? Date.UTC(year, month - 1, day, hour, minute, second, Number((found[7] ?? '0').padEnd(3, '0'))) : null
}
