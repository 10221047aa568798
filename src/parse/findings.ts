import { type Finding, type Problem, problemOf } from '../core/problem.ts'

/** Reading stops here: a file with more faults than this is usually another kind of file. */
const MOST_FINDINGS = 20

/** Collects what is wrong with one file, so that a user sees all of it at once. */
export interface Findings {
  readonly count: number
  /** Throws the collected Problem once there are too many to be of use. */
  add(message: string, line?: number, column?: number, hint?: string): void
  /** Throws when anything was found. */
  finish(): void
}

/** Findings about `file`, which was read as `what` (for example "an ABRicate report"). */
export const collectFindings = (file: string, what: string, hints: readonly string[] = []): Findings => {
  const found: Finding[] = []
  const problem = (stoppedEarly: boolean): Problem => {
    const number = found.length === 1 ? '1 problem' : `${found.length} problems`
    const headline = `${file} cannot be read as ${what}: ${stoppedEarly ? `the first ${number}` : number}.`
    return problemOf('E_INPUT', headline, found, hints)
  }
  return {
    get count() {
      return found.length
    },
    add: (message, line, column, hint) => {
      found.push({
        message,
        location: {
          file,
          ...(line === undefined ? {} : { line }),
          ...(line === undefined || column === undefined ? {} : { column }),
        },
        ...(hint === undefined ? {} : { hint }),
      })
      if (found.length >= MOST_FINDINGS) throw problem(true)
    },
    finish: () => {
      if (found.length > 0) throw problem(false)
    },
  }
}
