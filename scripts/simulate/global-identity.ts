/**
 * Percent of the columns of a best global alignment of two sequences that hold the same base in both
 * (Needleman and Wunsch 1970, doi 10.1016/0022-2836(70)90057-4; match 1, mismatch -1, gap column -2).
 * Of equally good alignments the one with most identical columns counts, so the figure is never an underestimate.
 */
export const globalIdentity = (left: string, right: string): number => {
  const width = right.length + 1
  let score = Int32Array.from({ length: width }, (_, column) => -2 * column)
  let matches = new Int32Array(width)
  let columns = Int32Array.from({ length: width }, (_, column) => column)
  for (let row = 1; row <= left.length; row++) {
    const nextScore = new Int32Array(width)
    const nextMatches = new Int32Array(width)
    const nextColumns = new Int32Array(width)
    nextScore[0] = -2 * row
    nextColumns[0] = row
    for (let column = 1; column < width; column++) {
      const same = left.charCodeAt(row - 1) === right.charCodeAt(column - 1) ? 1 : 0
      let best = score[column - 1]! + (same === 1 ? 1 : -1)
      let bestMatches = matches[column - 1]! + same
      let bestColumns = columns[column - 1]! + 1
      const above = score[column]! - 2
      if (above > best || (above === best && matches[column]! > bestMatches)) {
        best = above
        bestMatches = matches[column]!
        bestColumns = columns[column]! + 1
      }
      const before = nextScore[column - 1]! - 2
      if (before > best || (before === best && nextMatches[column - 1]! > bestMatches)) {
        best = before
        bestMatches = nextMatches[column - 1]!
        bestColumns = nextColumns[column - 1]! + 1
      }
      nextScore[column] = best
      nextMatches[column] = bestMatches
      nextColumns[column] = bestColumns
    }
    score = nextScore
    matches = nextMatches
    columns = nextColumns
  }
  return columns[right.length] === 0 ? 100 : (100 * matches[right.length]!) / columns[right.length]!
}
