import { median } from '../stats/correlation.ts'
import { type RandomSource } from '../stats/random.ts'
import { rankScan } from '../stats/rank-scan.ts'

/** A step from one level to another. */
export interface Step {
  /** First index at the new level. */
  readonly at: number
  readonly p: number
}

/** What a search found: accepted steps in order, and what the first look found, accepted or not. */
export interface Search {
  readonly steps: readonly Step[]
  /** Null when there was nothing to look at. */
  readonly first: Step | null
}

const SIGNIFICANT = 0.05
/** A step must stand out of the noise around the two levels by this factor. */
const TIMES_RESIDUAL = 3

/**
 * Steps of a series by binary segmentation with the rank scan. A step is accepted when p <= 0.05, the medians differ by
 * the smallest shift of interest or more, and by three times the middle residual or more.
 */
export const findSteps = (levels: readonly number[], smallest: number, random: RandomSource): Search => {
  const first = rankScan(levels, random)
  if (first === null) return { steps: [], first: null }
  const [left, right] = [levels.slice(0, first.at), levels.slice(first.at)]
  const shift = Math.abs(median(right) - median(left))
  const isAccepted =
    first.p <= SIGNIFICANT && shift >= smallest && shift >= TIMES_RESIDUAL * middleResidual([left, right])
  if (!isAccepted) return { steps: [], first }
  const later = findSteps(right, smallest, random).steps.map(({ at, p }) => ({ at: at + first.at, p }))
  return {
    steps: [...findSteps(left, smallest, random).steps, { at: first.at, p: first.p }, ...later],
    first,
  }
}

/** Middle distance of values from the middle of their segment. */
export const middleResidual = (segments: readonly (readonly number[])[]): number =>
  median(
    segments.flatMap((segment) => {
      const centre = median(segment)
      return segment.map((value) => Math.abs(value - centre))
    }),
  )

/** A step with the levels around it, and whether the series is still away from where it was. */
export interface Placed extends Step {
  readonly before: number
  readonly after: number
  readonly isCurrent: boolean
}

/**
 * Levels around the steps. A step is current while the newest level is still off the level before it, in its direction,
 * by the smallest shift or more; a step that leads back to an earlier level is the end of a move, not a move.
 */
export const placeSteps = (levels: readonly number[], steps: readonly Step[], smallest: number): readonly Placed[] => {
  const cuts = [0, ...steps.map(({ at }) => at), levels.length]
  const medians = cuts.slice(1).map((end, index) => median(levels.slice(cuts[index], end)))
  const newest = medians.at(-1) ?? 0
  return steps.map((step, index) => {
    const [before, after] = [medians[index] ?? 0, medians[index + 1] ?? 0]
    const isAway = (newest - before) * Math.sign(after - before) >= smallest
    const leadsBack = medians.slice(0, index).some((level) => Math.abs(after - level) < smallest)
    return { ...step, before, after, isCurrent: isAway && !leadsBack }
  })
}
