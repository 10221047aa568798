import type { Quantity, Reason } from '../core/score.ts'

// One way to write numbers for every renderer. Never the locale's: output must be the same everywhere.

/** Seconds for people: `850 ms`, `4.21 s`, `12m 05s`, `1h 02m`, `2d 03h`. */
export const formatSeconds = (seconds: number): string => {
  if (seconds < 0) return `-${formatSeconds(-seconds)}`
  // Each step rounds first and looks at the rounded value, so that nothing ever reads "60 s" or "60m".
  if (Math.round(seconds * 1000) < 1000) return `${Math.round(seconds * 1000)} ms`
  if (seconds < 9.995) return `${seconds.toFixed(2)} s`
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`
  const wholeSeconds = Math.round(seconds)
  if (wholeSeconds < 3600) return `${Math.floor(wholeSeconds / 60)}m ${twoDigits(wholeSeconds % 60)}s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 24 * 60) return `${Math.floor(minutes / 60)}h ${twoDigits(minutes % 60)}m`
  const hours = Math.round(seconds / 3600)
  return `${Math.floor(hours / 24)}d ${twoDigits(hours % 24)}h`
}

const twoDigits = (value: number): string => String(value).padStart(2, '0')

const BYTE_UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const

/** Bytes in powers of 1000, as limits are written in the configuration: `512 B`, `4.2 GB`, `150 GB`. */
export const formatBytes = (bytes: number): string => {
  if (bytes < 0) return `-${formatBytes(-bytes)}`
  let scaled = bytes
  let step = 0
  // 999.6 of a unit would be shown as 1000 of it.
  while (scaled >= 999.5 && step < BYTE_UNITS.length - 1) {
    scaled /= 1000
    step++
  }
  const digits = step === 0 || scaled >= 99.95 ? 0 : 1
  return `${scaled.toFixed(digits)} ${BYTE_UNITS[step] ?? ''}`
}

/** Three decimals; a value that is not exactly 0 or 1 never reads as if it were. */
export const formatRatio = (ratio: number): string => {
  const size = Math.abs(ratio)
  const sign = ratio < 0 ? '-' : ''
  if (size > 0 && size < 0.0005) return ratio < 0 ? '>-0.001' : '<0.001'
  // A sum of shares that is 1 but for the rounding of each addition is 1.
  if (size >= 0.9995 && size < 1 - 1e-9) return ratio < 0 ? '<-0.999' : '>0.999'
  return `${sign}${size.toFixed(3)}`
}

/** Whole numbers as they are; means of counts with up to two decimals. */
export const formatCount = (count: number): string =>
  Number.isInteger(count) ? String(count) : String(Number(count.toFixed(2)))

/** A number in its unit, the way its kind is usually read. */
export const formatMetric = (value: number, unit: string): string => {
  switch (unit) {
    case 'seconds':
      return formatSeconds(value)
    case 'bytes':
      return formatBytes(value)
    case 'ratio':
    case 'correlation':
      return formatRatio(value)
    case 'count':
      return formatCount(value)
    case 'bp':
      return formatInteger(Math.round(value))
    case 'reads':
    case 'copies':
      return `${formatCount(value)} ${unit}`
    case 'percent':
      return `${value.toFixed(1)} %`
    default:
      return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(4)))
  }
}

/** How a missing number is shown: never empty, never 0, always with its reason. */
const formatMissing = (reason: Reason): string => `– (${reason.replace('undefined_', '').replaceAll('_', ' ')})`

/** A value in its unit, or the reason why there is none. */
export const formatQuantity = (quantity: Quantity, unit: string): string =>
  quantity.value === null ? formatMissing(quantity.reason) : formatMetric(quantity.value, unit)

/** Whole numbers with thousands separated, for running text: `10,000`. */
export const formatInteger = (value: number): string => String(value).replaceAll(/\B(?=(\d{3})+$)/g, ',')

/** `2026-11-23 10:15` from an ISO time in UTC. */
export const formatTime = (iso: string): string => iso.slice(0, 16).replace('T', ' ')
