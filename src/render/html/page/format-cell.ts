// Numbers of tables. The script of the page (`templates/report/app.js`) writes them by the same rules when it sorts and
// pages; a test holds the two against each other.

const grouped = (digits: string): string =>
  digits.replace(/^(-?\d+)/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ','))

/**
 * A number for a table: whole numbers in full, others with `decimals`, or four significant digits where the column
 * has no common number of decimals or the value would vanish in it. Groups of thousands as in English.
 */
export const formatCell = (value: number, decimals: number | null): string => {
  const size = Math.abs(value)
  if (size >= 1e12 || (size > 0 && size < 1e-4)) return value.toExponential(3)
  if (Number.isInteger(value) && (decimals === null || decimals === 0)) return grouped(String(value))
  if (decimals !== null && (value === 0 || Number(value.toFixed(decimals)) !== 0))
    return grouped(value.toFixed(decimals))
  return grouped(size >= 1e4 ? value.toFixed(0) : value.toPrecision(4))
}

/** Decimals of a column whose numbers are of one quantity: four significant digits for the largest. */
export const decimalsOf = (values: readonly number[]): number => {
  if (values.every((value) => Number.isInteger(value))) return 0
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  return Math.min(4, Math.max(0, 3 - Math.floor(Math.log10(largest))))
}
