import { nearest } from '../core/problem.ts'

/** The environment, as a plain record. */
export type Environment = Readonly<Record<string, string | undefined>>

/** A text with its variables filled, and what stood in the way. */
export interface Interpolated {
  readonly text: string
  readonly problems: readonly { readonly message: string; readonly hint: string; readonly unset: string | null }[]
}

const REFERENCE = /\$\$\{|\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\}|\$\{/g

/**
 * Fills `${VAR}` and `${VAR:-default}` (default also for an empty variable, as in a shell); `$${` is a literal `${`.
 * Values are not read again. `escape` is applied to values, not to the text around them.
 */
export const interpolate = (
  source: string,
  environment: Environment,
  escape: (value: string) => string = (value) => value,
): Interpolated => {
  const problems: { message: string; hint: string; unset: string | null }[] = []
  const text = source.replaceAll(REFERENCE, (written: string, name: string | undefined, fallback?: string) => {
    if (written === '$${') return '${'
    if (name === undefined) {
      problems.push({
        message: '"${" does not begin a variable here.',
        hint: 'write ${NAME} or ${NAME:-default}; $${ for a literal ${',
        unset: null,
      })
      return written
    }
    const value = environment[name]
    if (value !== undefined && (value !== '' || fallback === undefined)) return escape(value)
    if (fallback !== undefined) return escape(fallback)
    problems.push(unsetVariable(name, environment))
    return ''
  })
  return { text, problems }
}

const unsetVariable = (name: string, environment: Environment): { message: string; hint: string; unset: string } => {
  const [similar] = nearest(name, Object.keys(environment), 1)
  const meant = similar === undefined ? '' : `did you mean \${${similar}}? Or `
  return {
    message: `The environment variable ${name} is not set.`,
    hint: `${meant}export ${name}=…, or give a default: \${${name}:-default}`,
    unset: name,
  }
}
