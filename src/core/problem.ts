/** Where in a user's file something is wrong; lines and columns count from 1. */
export interface SourceLocation {
  readonly file: string
  readonly line?: number
  readonly column?: number
}

/** One thing that is wrong in a user's input. */
export interface Finding {
  readonly message: string
  readonly location?: SourceLocation
  readonly hint?: string
}

/** Stable codes: part of the public contract, mapped to exit statuses in `cli/exit-code.ts`. */
export type ProblemCode =
  | 'E_USAGE' // wrong flags or arguments
  | 'E_NOT_FOUND' // a named run, pipeline, dataset, metric or file does not exist
  | 'E_NO_BASE' // what a comparison was asked for is a thing that has no run yet
  | 'E_CONFIG' // the configuration or the catalogue is invalid
  | 'E_INPUT' // samples, truth or tool output are invalid
  | 'E_GATE' // a constraint or a regression gate failed
  | 'E_BUSY' // another runner holds the project or the run
  | 'E_STORE' // the database or the results folder cannot be used
  | 'E_EXECUTOR' // pipelines cannot be started here
  | 'E_HUB' // the hub cannot be reached, refuses, or is not what it should be
  | 'E_OFFLINE' // the hub cannot be reached now; what was to go there waits
  | 'E_INTERRUPTED' // stopped by the user

interface ProblemDetails {
  readonly hints?: readonly string[]
  readonly findings?: readonly Finding[]
  readonly location?: SourceLocation
  readonly cause?: unknown
}

/** An expected failure, in the user's words. Anything thrown that is not a `Problem` is a bug in this program. */
export class Problem extends Error {
  override readonly name: string = 'Problem'
  readonly code: ProblemCode
  /** What to do next, one sentence each. */
  readonly hints: readonly string[]
  /** Every single thing found wrong, when there are several. */
  readonly findings: readonly Finding[]
  readonly location: SourceLocation | undefined

  constructor(code: ProblemCode, message: string, details: ProblemDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.code = code
    this.hints = details.hints ?? []
    this.findings = details.findings ?? []
    this.location = details.location ?? details.findings?.[0]?.location
  }
}

/** `file:line:column`, leaving out what is not known. */
export const formatLocation = (location: SourceLocation): string =>
  [location.file, location.line, location.line === undefined ? undefined : location.column]
    .filter((part) => part !== undefined)
    .join(':')

/** Turns collected findings into one Problem: the first is the headline, all of them are listed. */
export const problemOf = (
  code: ProblemCode,
  headline: string,
  findings: readonly Finding[],
  hints: readonly string[] = [],
): Problem => new Problem(code, headline, { findings, hints })

/**
 * The names of `candidates` close enough to `wanted` to suggest (edit distance at most a third of its length),
 * nearest first.
 */
export const nearest = (wanted: string, candidates: Iterable<string>, limit = 3): string[] => {
  const ranked: { name: string; distance: number }[] = []
  const key = wanted.toLowerCase()
  for (const name of candidates) {
    const distance = editDistance(key, name.toLowerCase())
    if (distance <= Math.max(1, Math.floor(key.length / 3))) ranked.push({ name, distance })
  }
  ranked.sort((left, right) => left.distance - right.distance || (left.name < right.name ? -1 : 1))
  return ranked.slice(0, limit).map(({ name }) => name)
}

// Optimal string alignment: a swap of neighbouring letters, the commonest typing slip, counts once.
export const editDistance = (left: string, right: string): number => {
  let beforePrevious: number[] = []
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index)
  for (let row = 1; row <= left.length; row++) {
    const current = [row]
    for (let column = 1; column <= right.length; column++) {
      const same = left[row - 1] === right[column - 1]
      let cost = Math.min(
        (previous[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (previous[column - 1] ?? 0) + (same ? 0 : 1),
      )
      if (left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1])
        cost = Math.min(cost, (beforePrevious[column - 2] ?? Infinity) + 1)
      current.push(cost)
    }
    beforePrevious = previous
    previous = current
  }
  return previous[right.length] ?? 0
}
