/** Durations and sizes as users write them. Decimal and binary sizes are told apart by their unit, never guessed. */

const MILLISECONDS: Readonly<Record<string, number>> = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000, ms: 1 }
const DURATION_ORDER = Object.keys(MILLISECONDS)

const BYTES: Readonly<Record<string, number>> = {
  B: 1,
  kB: 1e3,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
  TiB: 2 ** 40,
}

/** What to suggest when a duration cannot be read. */
export const DURATION_HINT = 'write 24h, 90m, 30s or 1h30m'
/** What to suggest when a size cannot be read. */
export const SIZE_HINT = 'write 150GB (decimal, 10^9 bytes) or 150GiB (binary, 2^30 bytes)'

/**
 * Milliseconds of `24h`, `90m`, `30s`, `500ms`, `1h30m`, `1.5h`, `2d`: each unit at most once, from big to small.
 * Null for anything else, a bare number included: a duration without a unit would have to be guessed.
 */
export const parseDuration = (text: string): number | null => {
  const parts = [...text.trim().matchAll(/(\d+(?:\.\d+)?)(ms|[dhms])\s*/gy)]
  if (parts.length === 0 || parts.map(([part]) => part).join('') !== text.trim()) return null
  let previous = -1
  let total = 0
  for (const [, amount, unit = ''] of parts) {
    const rank = DURATION_ORDER.indexOf(unit)
    if (rank <= previous) return null
    previous = rank
    total += Number(amount) * (MILLISECONDS[unit] ?? NaN)
  }
  return asCount(total)
}

/** The shortest exact writing of a duration in milliseconds: `24h`, `1h30m`, `1s500ms`. Inverse of `parseDuration`. */
export const formatDuration = (milliseconds: number): string => {
  let rest = Math.round(milliseconds)
  let text = ''
  for (const unit of ['h', 'm', 's', 'ms']) {
    const size = MILLISECONDS[unit] ?? NaN
    const amount = Math.floor(rest / size)
    if (amount > 0) text += `${amount}${unit}`
    rest -= amount * size
  }
  return text === '' ? '0s' : text
}

/** Bytes of `150GB` (10^9 each) or `150GiB` (2^30 each). Null for anything else: `150G` and `150gb` are ambiguous. */
export const parseSize = (text: string): number | null => {
  const [, amount, unit = ''] = /^(\d+(?:\.\d+)?)\s?([A-Za-z]+)$/.exec(text.trim()) ?? []
  const size = Object.hasOwn(BYTES, unit) ? BYTES[unit] : undefined
  return amount === undefined || size === undefined ? null : asCount(Number(amount) * size)
}

/** The shortest exact writing of a number of bytes: `150GB`, `2GiB`, `1234567B`. Inverse of `parseSize`. */
export const formatSize = (bytes: number): string => {
  let best = `${bytes}B`
  for (const [unit, size] of Object.entries(BYTES)) {
    const text = `${bytes / size}${unit}`
    if (bytes >= size && bytes % size === 0 && text.length < best.length) best = text
  }
  return best
}

const asCount = (value: number): number | null => {
  const rounded = Math.round(value)
  return Number.isSafeInteger(rounded) ? rounded : null
}
