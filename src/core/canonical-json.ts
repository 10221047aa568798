/**
 * JSON text with object keys in code-unit order, so that equal values have equal text.
 * Takes what JSON can hold; a number that JSON cannot hold (NaN, infinity) throws instead of turning into null.
 */
export const canonicalJson = (value: unknown): string => JSON.stringify(value, sorted)

const sorted = (_key: string, value: unknown): unknown => {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new RangeError(`${String(value)} has no form in JSON`)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  const entries = Object.entries(value as Record<string, unknown>)
  return Object.fromEntries(entries.sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0)))
}
