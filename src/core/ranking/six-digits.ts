/** A number as documents carry it: six significant digits; whole numbers as they are. */
export const sixDigits = (value: number): number => (Number.isInteger(value) ? value : Number(value.toPrecision(6)))

/** The same value with every number in it rounded: for the edge of a document, after everything is computed. */
export const withSixDigits = <T>(value: T): T => rounded(value) as T

const rounded = (value: unknown): unknown => {
  if (typeof value === 'number') return sixDigits(value)
  if (Array.isArray(value)) return value.map(rounded)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, rounded(inner)]))
}
