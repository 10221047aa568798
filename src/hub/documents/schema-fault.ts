/** One complaint of a generated validator. */
interface SchemaError {
  readonly instancePath: string
  readonly keyword: string
  readonly params: Readonly<Record<string, unknown>>
  readonly message?: string
}

/** A generated validator; `errors` is of the last call. */
export interface SchemaValidator {
  (value: unknown): boolean
  errors?: readonly SchemaError[] | null
}

const LONGEST = 120

/** The first thing a schema says against a document, as a sentence, or null. */
export const schemaFault = (validate: SchemaValidator, document: unknown): string | null => {
  if (validate(document)) return null
  const error = validate.errors?.[0]
  if (!error) return 'It does not follow its schema.'
  const place = error.instancePath === '' ? 'The document' : `"${shown(error.instancePath.slice(1))}"`
  const { additionalProperty, allowedValue, allowedValues } = error.params
  if (typeof additionalProperty === 'string') return `${place} has a key "${shown(additionalProperty)}" it cannot have.`
  if (typeof allowedValue === 'string') return `${place} must be "${allowedValue}".`
  if (Array.isArray(allowedValues)) return `${place} must be one of ${allowedValues.map(String).join(', ')}.`
  return `${place} ${(error.message ?? 'does not follow its schema').replaceAll(/\s+/g, ' ')}.`
}

/** Names out of somebody's document: printable, and not longer than a line. */
const shown = (text: string): string => {
  const printable = text.replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, '?')
  return printable.length <= LONGEST ? printable : `${printable.slice(0, LONGEST)}…`
}
