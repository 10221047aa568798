import { Problem, type ProblemCode } from '../core/problem.ts'

/** The public exit statuses (docs/exit-codes.md). Never renumbered. */
export const EXIT_CODES: Readonly<Record<ProblemCode, number>> = {
  E_USAGE: 2,
  E_NOT_FOUND: 3,
  E_NO_BASE: 3,
  E_CONFIG: 4,
  E_INPUT: 4,
  E_GATE: 5,
  E_BUSY: 6,
  E_STORE: 6,
  E_EXECUTOR: 6,
  E_HUB: 6,
  E_OFFLINE: 6,
  E_INTERRUPTED: 130,
}

/** 1 for anything unexpected: that is a bug in this program. */
export const exitCodeFor = (error: unknown): number => {
  if (error instanceof Problem) return EXIT_CODES[error.code]
  return isUsageError(error) ? EXIT_CODES.E_USAGE : 1
}

/** oclif's own complaints about flags and arguments carry the parse context. */
export const isUsageError = (error: unknown): boolean =>
  error instanceof Error && ('parse' in error || (error as { oclif?: { exit?: number } }).oclif?.exit === 2)
