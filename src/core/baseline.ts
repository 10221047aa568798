/** What a baseline is for. Null: whatever the branch, whatever the label. */
export interface BaselinePlace {
  readonly branch: string | null
  readonly label: string | null
}

/** A run that later runs are held against. */
export interface Baseline extends BaselinePlace {
  readonly runId: string
  /** ISO 8601, UTC. */
  readonly setAt: string
}

/**
 * The baseline for runs of a branch with a label, the most specific first: that branch and label, the branch with any
 * label, the label on any branch, the project's default. Null when none of these is set.
 */
export const chooseBaseline = (all: readonly Baseline[], { branch, label }: BaselinePlace): Baseline | null => {
  const places = [
    { branch, label },
    { branch, label: null },
    { branch: null, label },
    { branch: null, label: null },
  ]
  for (const place of places) {
    const found = all.find((one) => isSamePlace(one, place))
    if (found !== undefined) return found
  }
  return null
}

/** Whether two places are one. */
export const isSamePlace = (left: BaselinePlace, right: BaselinePlace): boolean =>
  left.branch === right.branch && left.label === right.label

/** A place in words: `branch main, label nightly`. */
export const baselinePlaceWords = ({ branch, label }: BaselinePlace): string => {
  const words = [...(branch === null ? [] : [`branch ${branch}`]), ...(label === null ? [] : [`label ${label}`])]
  return words.length === 0 ? 'the project' : words.join(', ')
}
