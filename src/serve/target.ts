/** What a request is about: its path in steps, and its query. */
import { type Finding, nearest, problemOf } from '../core/problem.ts'
import { Refusal } from './refusal.ts'

export interface Target {
  /** As it was sent, without the query. */
  readonly path: string
  readonly query: URLSearchParams
}

/** Throws for what is no path of this server. */
export const readTarget = (url: string): Target => {
  const [path = '', ...query] = url.split('?')
  if (!path.startsWith('/')) throw new Refusal(400, 'The address is no path that starts with a slash.')
  return { path, query: new URLSearchParams(query.join('?')) }
}

/** A part of a path as it was meant. */
export const decodePart = (part: string): string => {
  try {
    const text = decodeURIComponent(part)
    if (!text.includes('\0')) return text
  } catch {
    // Said below.
  }
  throw new Refusal(400, 'The address is not encoded as addresses are.', {
    hints: ['Percent-encode it as UTF-8, for example with encodeURIComponent.'],
  })
}

/** What a parameter of a query must be like. */
export interface Parameter {
  readonly required?: boolean
  /** What is wrong with a value, or null. */
  readonly check?: (value: string) => string | null
}

/** The values of a query. Throws `E_USAGE` with everything that is wrong with it. */
export const readQuery = <Name extends string>(
  query: URLSearchParams,
  parameters: Readonly<Record<Name, Parameter>>,
): Readonly<Partial<Record<Name, string>>> => {
  const names = Object.keys(parameters)
  const findings: Finding[] = []
  for (const name of new Set(query.keys()))
    if (!names.includes(name)) findings.push(unknown(`There is no parameter "${name}".`, name, names))
  const values: Partial<Record<Name, string>> = {}
  for (const [name, { required = false, check }] of Object.entries<Parameter>(parameters)) {
    const [value, ...others] = query.getAll(name)
    if (others.length > 0) findings.push({ message: `"${name}" is there more than once.` })
    else if (value === undefined || value === '') {
      if (required) findings.push({ message: `The parameter "${name}" is missing.` })
    } else {
      const wrong = check?.(value) ?? null
      if (wrong === null) values[name as Name] = value
      else findings.push({ message: `"${name}" ${wrong}` })
    }
  }
  refuseIf(findings, 'The query is not right.')
  return values
}

/** Something that has no such name, with the names it may have been meant for. */
export const unknown = (message: string, name: string, known: readonly string[]): Finding => {
  const near = nearest(name, known)
  return {
    message,
    hint:
      near.length > 0
        ? `Did you mean ${near.map((one) => `"${one}"`).join(' or ')}?`
        : `Known: ${known.join(', ') || 'none'}.`,
  }
}

export const refuseIf = (findings: readonly Finding[], headline: string): void => {
  if (findings.length > 0) throw problemOf('E_USAGE', headline, findings)
}
