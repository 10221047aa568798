import { type Finding, type Problem, problemOf } from '../core/problem.ts'

/** The faults of several files as one: the only one itself, else all findings below `headline`. */
export const faultsTogether = (faults: readonly Problem[], headline: string): Problem => {
  const [first] = faults
  if (first !== undefined && faults.length === 1) return first
  const findings = faults.flatMap((fault): readonly Finding[] =>
    fault.findings.length > 0
      ? fault.findings
      : [{ message: fault.message, ...(fault.location ? { location: fault.location } : {}) }],
  )
  const hints = [...new Set(faults.flatMap((fault) => fault.hints))]
  return problemOf(first?.code ?? 'E_INPUT', headline, findings, hints)
}
