import { ranks } from './correlation.ts'
import { chiSquareTail } from './distributions.ts'

/**
 * Friedman's test (J. Am. Stat. Assoc. 32 (1937) 675), corrected for ties: whether columns (pipelines) differ over rows
 * (samples). Null with fewer than two rows or columns, or when every row is tied throughout.
 */
export const friedmanTest = (
  rows: readonly (readonly number[])[],
): { readonly statistic: number; readonly df: number; readonly p: number } | null => {
  const columns = rows[0]?.length ?? 0
  if (rows.length < 2 || columns < 2) return null
  const ranked = rows.map(ranks)
  const centre = (columns + 1) / 2
  let between = 0
  for (let column = 0; column < columns; column++)
    between += ranked.reduce((sum, row) => sum + (row[column] ?? centre) - centre, 0) ** 2
  const within = ranked.flat().reduce((sum, rank) => sum + (rank - centre) ** 2, 0)
  if (within === 0) return null
  const statistic = ((columns - 1) * between) / within
  return { statistic, df: columns - 1, p: chiSquareTail(statistic, columns - 1) }
}
