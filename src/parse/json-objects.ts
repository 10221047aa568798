import type { OutputConsumer } from './contract.ts'
import type { Findings } from './findings.ts'

const LONGEST_ENTRY = 16 * 1024 * 1024
const [QUOTE, BACKSLASH, OPEN, CLOSE, LIST_OPEN, LIST_CLOSE, COMMA, FEED] = [34, 92, 123, 125, 91, 93, 44, 10]

export type JsonObject = Readonly<Record<string, unknown>>

/** Reads objects one after the other from a JSON list or from JSON lines, holding only one of them at a time. */
export const createJsonObjects = (
  findings: Findings,
  take: (entry: JsonObject, line: number) => void,
): OutputConsumer => {
  let depth = 0
  let isInString = false
  let isEscaped = false
  let isInList: boolean | undefined
  let isListClosed = false
  let gathered = ''
  let entryLine = 0
  let lastLine = 1

  const finishEntry = (text: string): void => {
    try {
      take(JSON.parse(text) as JsonObject, entryLine)
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error
      findings.add(`The entry that begins here is not valid JSON: ${error.message}.`, entryLine, 1)
    }
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
    let lineStart = 0
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
      } else if (depth === 0 && code !== OPEN) between(code, line, at - lineStart + 1)
      else if (code === QUOTE) isInString = true
      else if (code === OPEN) {
        if (depth++ === 0) {
          isInList ??= false
          from = at
          entryLine = line
        }
      } else if (code === CLOSE && --depth === 0) {
        finishEntry(gathered + text.slice(from, at + 1))
        gathered = ''
        from = -1
      }
    }
    if (from >= 0) gathered += text.slice(from)
    if (gathered.length > LONGEST_ENTRY) {
      findings.add(`The entry that begins here is longer than ${LONGEST_ENTRY / 1024 / 1024} MiB.`, entryLine, 1)
      findings.finish()
    }
    lastLine = line
    return line - firstLine
  }

  return {
    block,
    end: () => {
      if (depth > 0) findings.add('The file ends inside the entry that begins here: it looks cut off.', entryLine, 1)
      else if (isInList === true && !isListClosed)
        findings.add('The list is not closed: the file looks cut off.', lastLine, 1)
    },
  }
}
