/** Places from `start` up to, not including, `end`. */
interface Interval {
  readonly start: number
  readonly end: number
}

/** How many places at least one of the intervals covers. */
export const coveredLength = (intervals: readonly Interval[]): number => {
  let covered = 0
  let reached = -Infinity
  for (const { start, end } of [...intervals].sort((left, right) => left.start - right.start)) {
    if (end <= reached) continue
    covered += end - Math.max(start, reached)
    reached = end
  }
  return covered
}
