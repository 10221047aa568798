import type { Findings } from './findings.ts'
import type { JsonNode, JsonPlace } from './json-document.ts'

/** Reads the parts of a JSON document, telling what is not as it should be. Absent, null, empty and "NA" are missing. */
export interface JsonFields {
  readonly placeOf: (node: JsonNode) => JsonPlace
  /** A value inside an object; undefined where it is missing. */
  get(node: JsonNode, key: string): JsonNode | undefined
  /** The first of the keys that is there: releases rename things. */
  first(node: JsonNode, keys: readonly string[]): JsonNode | undefined
  /** As `first`, but that there is none is a fault. */
  required(node: JsonNode, keys: readonly string[]): JsonNode | undefined
  text(node: JsonNode | undefined): string | null
  number(node: JsonNode | undefined, low: number, high: number): number | null
  /** A whole number from 1 on. */
  position(node: JsonNode | undefined): number | null
  /** The keys (on one line) of an object of objects with these; none where it is missing. */
  entries(node: JsonNode | undefined): readonly (readonly [string, JsonNode])[]
  /** The objects of a list of such, or none. */
  objects(node: JsonNode | undefined): readonly JsonNode[]
  /** The texts of a list of such, or none. */
  texts(node: JsonNode | undefined): readonly string[]
  fail(node: JsonNode, message: string): void
}

const onOneLine = (text: string): string => text.trim().replace(/\s+/g, ' ')

const NAMES = {
  object: 'an object',
  list: 'a list',
  text: 'a text',
  number: 'a number',
  boolean: 'true or false',
  null: 'null',
}

export const createJsonFields = (findings: Findings, placeAt: (at: number) => JsonPlace): JsonFields => {
  const placeOf = (node: JsonNode): JsonPlace => placeAt(node.at)
  const fail = (node: JsonNode, message: string): void => {
    const { line, column } = placeOf(node)
    findings.add(message, line, column)
  }
  const isMissing = (node: JsonNode): boolean =>
    node.type === 'null' || (node.type === 'text' && ['', 'NA'].includes(node.value.trim()))
  const get = (node: JsonNode, key: string): JsonNode | undefined => {
    const found = node.type === 'object' ? node.entries.get(key) : undefined
    return found === undefined || isMissing(found) ? undefined : found
  }
  const first = (node: JsonNode, keys: readonly string[]): JsonNode | undefined => {
    for (const key of keys) {
      const found = get(node, key)
      if (found !== undefined) return found
    }
    return undefined
  }
  // The value when it is of the type; a fault when it is of another.
  const as = <Type extends keyof typeof NAMES>(
    node: JsonNode | undefined,
    type: Type,
  ): Extract<JsonNode, { type: Type }> | undefined => {
    if (node === undefined || isMissing(node)) return undefined
    if (node.type === type) return node as Extract<JsonNode, { type: Type }>
    fail(node, `Here stands ${NAMES[node.type]}, where ${NAMES[type]} is expected.`)
    return undefined
  }
  const number = (node: JsonNode | undefined, low: number, high: number): number | null => {
    const value = as(node, 'number')?.value
    if (node === undefined || value === undefined) return null
    if (value >= low && value <= high) return value
    fail(node, `The number ${value} is not between ${low} and ${high}.`)
    return null
  }
  const text = (node: JsonNode | undefined): string | null => {
    const value = as(node, 'text')?.value
    return value === undefined ? null : onOneLine(value)
  }
  return {
    placeOf,
    get,
    first,
    required: (node, keys) => {
      const found = first(node, keys)
      if (found === undefined) fail(node, `There is no ${keys.join(' or ')} in this object.`)
      return found
    },
    text,
    number,
    position: (node) => {
      const value = number(node, 1, Number.MAX_SAFE_INTEGER)
      if (node === undefined || value === null || Number.isInteger(value)) return value
      fail(node, `The position ${value} is not a whole number.`)
      return null
    },
    entries: (node) =>
      [...(as(node, 'object')?.entries ?? [])]
        .filter(([, value]) => as(value, 'object') !== undefined)
        .map(([key, value]) => [onOneLine(key), value]),
    objects: (node) => (as(node, 'list')?.items ?? []).filter((item) => as(item, 'object') !== undefined),
    texts: (node) => (as(node, 'list')?.items ?? []).map(text).filter((item) => item !== null),
    fail,
  }
}
