import { Problem, type ProblemCode, type SourceLocation } from '../core/problem.ts'
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

/** The `Problem` another process of this program described; one of its bugs is an `E_STORE`. */
export const readErrorDocument = ({ error }: ErrorDocument): Problem => {
  const findings = error.findings.map(({ message, location, hint }) => ({
    message,
    ...(location === null ? {} : { location: locationOf(location) }),
    ...(hint === null ? {} : { hint }),
  }))
  const code = error.code === 'E_UNEXPECTED' ? 'E_STORE' : (error.code as ProblemCode)
  return new Problem(code, error.message, { hints: error.hints, findings })
}

const locationOf = ({ file, line, column }: NonNullable<Location>): SourceLocation => ({
  file,
  ...(line === null ? {} : { line }),
  ...(column === null ? {} : { column }),
})

const locationDocument = (location: Problem['location']): Location =>
  location ? { file: location.file, line: location.line ?? null, column: location.column ?? null } : null
