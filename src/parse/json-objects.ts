import type { OutputConsumer } from './contract.ts'
import type { Findings } from './findings.ts'
import { JsonFault, type JsonNode, type JsonPlace, parseJson, placesIn } from './json-document.ts'

const LONGEST_ENTRY = 16 * 1024 * 1024
const [QUOTE, BACKSLASH, OPEN, CLOSE, LIST_OPEN, LIST_CLOSE, COMMA, FEED] = [34, 92, 123, 125, 91, 93, 44, 10]

export type JsonObject = Readonly<Record<string, unknown>>

/** Reads objects one after the other from a JSON list or from JSON lines, holding only one of them at a time. */
export const createJsonObjects = (
  findings: Findings,
  take: (entry: JsonObject, line: number, placeOf: (key: string) => JsonPlace) => void,
): OutputConsumer => {
  let depth = 0
  let isInString = false
  let isEscaped = false
  let isInList: boolean | undefined
  let isListClosed = false
  let gathered = ''
  let entryPlace: JsonPlace = { line: 1, column: 1 }
  let lastLine = 1
  /** Characters of the last line that earlier blocks held: JSON comes in blocks cut anywhere. */
  let carried = 0

  const atEntry = (message: string): void => findings.add(message, entryPlace.line, entryPlace.column)

  const finishEntry = (text: string): void => {
    const place = entryPlace
    const inFile = (at: number): JsonPlace => {
      const { line, column } = placesIn(text)(at)
      return { line: place.line + line - 1, column: line === 1 ? place.column + column - 1 : column }
    }
    let entry: JsonObject
    try {
      entry = JSON.parse(text) as JsonObject
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error
      const { message, at } = faultOf(text) ?? { message: error.message, at: 0 }
      const { line, column } = inFile(at)
      findings.add(`This is not valid JSON: ${message}.`, line, column)
      return
    }
    // Only a fault needs to know where a value stands, so the entry is parsed a second time for it.
    take(entry, place.line, (key) => inFile(valueIn(text, key)?.at ?? 0))
  }

  const between = (code: number, line: number, column: number): void => {
    if (code === LIST_OPEN && isInList === undefined) isInList = true
    else if (code === LIST_CLOSE && isInList === true && !isListClosed) isListClosed = true
    else if (code > 32 && !(code === COMMA && isInList === true) && code !== 0xfeff) {
      findings.add(`"${String.fromCharCode(code)}" stands where an entry in braces should begin.`, line, column)
      findings.finish()
    }
  }

  const block = (bytes: Buffer, firstLine: number): number => {
    const text = bytes.toString('utf8')
    let line = firstLine
    let lineStart = -carried
    let from = depth > 0 ? 0 : -1
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at)
      if (code === FEED) {
        line++
        lineStart = at + 1
      }
      if (isInString) {
        if (isEscaped) isEscaped = false
        else if (code === BACKSLASH) isEscaped = true
        else if (code === QUOTE) isInString = false
      } else if (depth === 0 && (code !== OPEN || isListClosed)) between(code, line, at - lineStart + 1)
      else if (code === QUOTE) isInString = true
      else if (code === OPEN) {
        if (depth++ === 0) {
          isInList ??= false
          from = at
          entryPlace = { line, column: at - lineStart + 1 }
        }
      } else if (code === CLOSE && --depth === 0) {
        finishEntry(gathered + text.slice(from, at + 1))
        gathered = ''
        from = -1
      }
    }
    if (from >= 0) gathered += text.slice(from)
    if (gathered.length > LONGEST_ENTRY) {
      atEntry(`The entry that begins here is longer than ${LONGEST_ENTRY / 1024 / 1024} MiB.`)
      findings.finish()
    }
    carried = text.length - lineStart
    lastLine = line
    return line - firstLine
  }

  return {
    block,
    end: () => {
      if (depth > 0) atEntry('The file ends inside the entry that begins here: it looks cut off.')
      else if (isInList === true && !isListClosed)
        findings.add('The list is not closed: the file looks cut off.', lastLine, carried + 1)
    },
  }
}

const faultOf = (text: string): JsonFault | undefined => {
  try {
    parseJson(text)
    return undefined
  } catch (error) {
    if (error instanceof JsonFault) return error
    throw error
  }
}

const valueIn = (text: string, key: string): JsonNode | undefined => {
  if (faultOf(text) !== undefined) return undefined
  const root = parseJson(text)
  return root.type === 'object' ? root.entries.get(key) : undefined
}
