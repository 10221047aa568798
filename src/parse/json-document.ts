import type { OutputConsumer } from './contract.ts'
import type { Findings } from './findings.ts'
import { numberIn } from './number-text.ts'

/** Where something stands in a JSON text; lines and columns count from 1. */
export interface JsonPlace {
  readonly line: number
  readonly column: number
}

/** A JSON value that knows where it stands. Objects keep the order of their keys, none of which is there twice. */
export type JsonNode = { readonly at: number } & (
  | { readonly type: 'object'; readonly entries: ReadonlyMap<string, JsonNode> }
  | { readonly type: 'list'; readonly items: readonly JsonNode[] }
  | { readonly type: 'text'; readonly value: string }
  | { readonly type: 'number'; readonly value: number }
  | { readonly type: 'boolean'; readonly value: boolean }
  | { readonly type: 'null' }
)

/** What is wrong with a JSON text, and at which character. */
export class JsonFault extends Error {
  readonly at: number
  constructor(message: string, at: number) {
    super(message)
    this.at = at
  }
}

/** The whole document is held in memory, several times its size. */
const LARGEST_DOCUMENT = 64 * 1024 * 1024
/** Reports nest a handful of levels; thousands would exhaust the stack. */
const DEEPEST = 100
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const BLANKS = /[ \t\r\n]*/y
const WORDS = { true: true, false: false, null: null } as const

/** Parses a whole text. Throws `JsonFault`. */
export const parseJson = (text: string): JsonNode => {
  let at = 0

  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at
    const found = pattern.exec(text)?.[0]
    if (found !== undefined) at += found.length
    return found
  }

  const fault = (expected: string): JsonFault =>
    at >= text.length
      ? new JsonFault(`the text ends where ${expected} is expected`, at)
      : new JsonFault(
          `${JSON.stringify(String.fromCodePoint(text.codePointAt(at) ?? 0))} stands where ${expected} is expected`,
          at,
        )

  const takeString = (expected: string): string => {
    const start = at
    if (text[start] !== '"') throw fault(expected)
    let end = text.indexOf('"', start + 1)
    while (end >= 0 && isEscaped(text, end)) end = text.indexOf('"', end + 1)
    if (end < 0) throw new JsonFault('this text is not closed', start)
    at = end + 1
    try {
      return JSON.parse(text.slice(start, at)) as string
    } catch {
      throw new JsonFault('this text holds a line end or an escape that JSON does not have', start)
    }
  }

  // Calls `entry` for each part between the brackets.
  const takeParts = (close: string, entry: () => void): void => {
    at++
    match(BLANKS)
    if (text[at] === close) {
      at++
      return
    }
    for (;;) {
      entry()
      match(BLANKS)
      const next = text[at]
      if (next !== close && next !== ',') throw fault(`a comma or ${close}`)
      at++
      if (next === close) return
      match(BLANKS)
    }
  }

  const takeValue = (depth: number): JsonNode => {
    if (depth > DEEPEST) throw new JsonFault(`more than ${DEEPEST} levels are nested here`, at)
    match(BLANKS)
    const start = at
    if (text[at] === '{') {
      const entries = new Map<string, JsonNode>()
      takeParts('}', () => {
        const keyAt = at
        const key = takeString('a key in quotes')
        if (entries.has(key)) throw new JsonFault(`the key "${key.slice(0, 40)}" is there twice`, keyAt)
        match(BLANKS)
        if (text[at] !== ':') throw fault('a colon')
        at++
        entries.set(key, takeValue(depth + 1))
      })
      return { type: 'object', at: start, entries }
    }
    if (text[at] === '[') {
      const items: JsonNode[] = []
      takeParts(']', () => items.push(takeValue(depth + 1)))
      return { type: 'list', at: start, items }
    }
    if (text[at] === '"') return { type: 'text', at: start, value: takeString('a text') }
    const digits = match(NUMBER)
    if (digits !== undefined) return { type: 'number', at: start, value: numberIn(digits) }
    for (const [word, value] of Object.entries(WORDS))
      if (text.startsWith(word, at)) {
        at += word.length
        return value === null ? { type: 'null', at: start } : { type: 'boolean', at: start, value }
      }
    throw fault('a value')
  }

  const root = takeValue(0)
  match(BLANKS)
  if (at < text.length) throw fault('the end of the text')
  return root
}

// An odd number of backslashes stands before it.
const isEscaped = (text: string, at: number): boolean => {
  let before = at
  while (text[before - 1] === '\\') before--
  return (at - before) % 2 === 1
}

/** Where each character of a text stands. */
export const placesIn = (text: string): ((at: number) => JsonPlace) => {
  const starts = [0]
  for (let next = text.indexOf('\n'); next >= 0; next = text.indexOf('\n', next + 1)) starts.push(next + 1)
  return (at) => {
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >>> 1
      if ((starts[middle] ?? 0) <= at) low = middle
      else high = middle - 1
    }
    return { line: low + 1, column: at - (starts[low] ?? 0) + 1 }
  }
}

/** Gathers a file that is one JSON document, parses it at the end and hands it over. */
export const createJsonDocument = (
  findings: Findings,
  take: (root: JsonNode, placeOf: (at: number) => JsonPlace) => void,
): OutputConsumer => {
  const parts: string[] = []
  let length = 0
  return {
    block: (bytes, firstLine) => {
      const text = bytes.toString('utf8')
      length += text.length
      if (length > LARGEST_DOCUMENT) {
        findings.add(`The document is larger than ${LARGEST_DOCUMENT / 1024 / 1024} MiB.`, firstLine, 1)
        findings.finish()
      }
      parts.push(text)
      return text.split('\n').length - 1
    },
    end: () => {
      const text = parts.join('')
      const placeOf = placesIn(text)
      let root: JsonNode
      try {
        root = parseJson(text)
      } catch (error) {
        if (!(error instanceof JsonFault)) throw error
        const { line, column } = placeOf(error.at)
        findings.add(`This is not valid JSON: ${error.message}.`, line, column)
        return
      }
      take(root, placeOf)
    },
  }
}
