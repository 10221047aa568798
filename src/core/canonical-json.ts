/**
 * JSON text as RFC 8785 wants it: equal values have equal text, byte for byte. Keys stand in code-unit order (also those
 * that look like numbers, which JavaScript puts first), numbers and texts in their shortest form, nothing between them.
 * Takes what JSON can hold, and keys without a value (`undefined`), which are left out; everything else throws rather
 * than turn into something else: NaN and infinities, half of a surrogate pair, functions, class instances.
 */
export const canonicalJson = (value: unknown): string => {
  switch (typeof value) {
    case 'string':
      return quoted(value)
    case 'number':
      return numeral(value)
    case 'boolean':
      return value ? 'true' : 'false'
    case 'object':
      if (value === null) return 'null'
      return Array.isArray(value) ? list(value) : mapping(value as Readonly<Record<string, unknown>>)
    default:
      throw new TypeError(`a ${typeof value} has no form in JSON`)
  }
}

const numeral = (value: number): string => {
  if (!Number.isFinite(value)) throw new RangeError(`${String(value)} has no form in JSON`)
  return value === 0 ? '0' : String(value)
}

// Printable ASCII without quotation marks and backslashes, which is nearly every text, needs no look at each character.
const PLAIN = /^[ !#-[\]-~]*$/
const LONE_SURROGATE = /\p{Surrogate}/u

const quoted = (text: string): string => {
  if (PLAIN.test(text)) return `"${text}"`
  if (LONE_SURROGATE.test(text)) throw new RangeError('half of a surrogate pair has no form in JSON')
  return JSON.stringify(text)
}

const list = (values: readonly unknown[]): string => {
  let text = ''
  for (let index = 0; index < values.length; index++)
    text += index === 0 ? canonicalJson(values[index]) : `,${canonicalJson(values[index])}`
  return `[${text}]`
}

const mapping = (values: Readonly<Record<string, unknown>>): string => {
  const prototype: unknown = Object.getPrototypeOf(values)
  // An object of another realm has another Object.prototype, but that one has no prototype either.
  if (prototype !== null && prototype !== Object.prototype && Object.getPrototypeOf(prototype) !== null)
    throw new TypeError('an instance of a class has no form in JSON')
  let text = ''
  for (const key of sortedKeys(values)) {
    const value = values[key]
    if (value === undefined) continue
    text += `${text === '' ? '' : ','}${quoted(key)}:${canonicalJson(value)}`
  }
  return `{${text}}`
}

// What was parsed from canonical text is in order already, and comparing is much cheaper than sorting.
const sortedKeys = (values: object): readonly string[] => {
  const keys = Object.keys(values)
  for (let index = 1; index < keys.length; index++)
    if ((keys[index] ?? '') < (keys[index - 1] ?? '')) return keys.sort()
  return keys
}
