import { Problem } from '../core/problem.ts'
import type { ErrorDocument } from '../generated/error.ts'

type Location = ErrorDocument['error']['location']

/** `benchmark.error/1` of whatever was thrown; what is no `Problem` is a bug in this program. */
export const toErrorDocument = (error: unknown): ErrorDocument => {
  const problem = error instanceof Problem ? error : undefined
  const message = error instanceof Error ? error.message : String(error)
  return {
    schema: 'benchmark.error/1',
    error: {
      code: problem?.code ?? 'E_UNEXPECTED',
      message: problem ? message : `This is a bug in benchmark: ${message}`,
      hints: [...(problem?.hints ?? [])],
      location: locationDocument(problem?.location),
      findings: (problem?.findings ?? []).map(({ message: what, location, hint }) => ({
        message: what,
        location: locationDocument(location),
        hint: hint ?? null,
      })),
    },
  }
}

const locationDocument = (location: Problem['location']): Location =>
  location ? { file: location.file, line: location.line ?? null, column: location.column ?? null } : null
