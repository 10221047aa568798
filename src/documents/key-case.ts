/**
 * Documents have snake_case keys, TypeScript has camelCase. These two rename the keys of plain JSON-like data and are
 * each other's inverse. What stands under a key of `verbatim` has names chosen by users and is kept as it is.
 */
export const toSnakeCase = (value: unknown, verbatim: ReadonlySet<string>): unknown =>
  renamed(value, verbatim, (key) => key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`))

/** See {@link toSnakeCase}; `verbatim` holds the snake_case keys. */
export const toCamelCase = (value: unknown, verbatim: ReadonlySet<string>): unknown =>
  renamed(value, verbatim, (key) => key.replaceAll(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase()))

const renamed = (value: unknown, verbatim: ReadonlySet<string>, rename: (key: string) => string): unknown => {
  if (Array.isArray(value)) return value.map((item) => renamed(item, verbatim, rename))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value as Record<string, unknown>).map(([key, inner]) => [
      rename(key),
      verbatim.has(key) ? inner : renamed(inner, verbatim, rename),
    ]),
  )
}
