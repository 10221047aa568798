import { type Findings } from './findings.ts'
import { createInternedText } from './interned-text.ts'
import { parseDecimal } from './number-text.ts'

/**
 * One line of a table under the cursor. Cells are cut out only when asked for. A slot of -1 is a column the file does
 * not have; its cells are missing. Missing cells are empty or say NA, N/A, nan, None, null, `-` or `.`.
 */
export interface TableRow {
  readonly line: number
  /** How many cells the line has. */
  readonly width: number
  /** Whether there is nothing but blanks in the cell. */
  isEmpty(slot: number): boolean
  /** The cell without surrounding blanks and quotes, or null. Equal cells are one string. */
  text(slot: number): string | null
  /** As `text`, but a missing cell is a fault of the file. */
  required(slot: number, what: string): string
  /** A finite number in the range, or null. */
  number(slot: number, what: string, low?: number, high?: number): number | null
  /** Percent, 0..100. Some tools divide by the reference's length and exceed 100 for a longer hit: that is 100. */
  percent(slot: number, what: string, options?: { mayExceed?: boolean }): number | null
  /** A fraction 0..1 as percent. */
  fraction(slot: number, what: string): number | null
  /** A 1-based position; `961.0` is one too, because pandas writes that. */
  position(slot: number, what: string): number | null
  strand(slot: number): '+' | '-' | null
  /** The items of a cell, split at a separator, or none. */
  list(slot: number, separator: string | RegExp): readonly string[]
  fail(slot: number, message: string, hint?: string): void
}

/** The moving side of a row: `load` puts it onto a line. */
export interface RowCursor {
  readonly row: TableRow
  readonly load: (block: string, start: number, end: number, line: number) => void
}

/** Longest factor by which a hit may exceed its reference before the value is called wrong. */
const MOST_PERCENT = 1000
const NOTHING: readonly string[] = []

export const createRowCursor = (findings: Findings): RowCursor => {
  const intern = createInternedText()
  const lists = new Map<string | RegExp, Map<string, readonly string[]>>()
  let block = ''
  let line = 0
  let width = 0
  let lineStart = 0
  let starts = new Int32Array(64)
  let from = 0
  let to = 0

  const load = (text: string, start: number, end: number, number: number): void => {
    block = text
    line = number
    lineStart = start
    width = 0
    starts[width++] = start
    for (let at = start; at < end; at++)
      if (text.charCodeAt(at) === 9) {
        if (width + 1 >= starts.length) {
          const wider = new Int32Array(starts.length * 2)
          wider.set(starts)
          starts = wider
        }
        starts[width++] = at + 1
      }
    starts[width] = end + 1
  }

  // Sets from/to to the cell without surrounding blanks and quotes; false where there is nothing in it.
  const locate = (slot: number): boolean => {
    if (slot < 0 || slot >= width) return false
    from = starts[slot] ?? 0
    to = (starts[slot + 1] ?? 0) - 1
    while (from < to && block.charCodeAt(from) <= 32) from++
    while (to > from && block.charCodeAt(to - 1) <= 32) to--
    return to > from && !(to - from <= 4 && isMissingWord(block, from, to))
  }

  const text = (slot: number): string | null => {
    if (!locate(slot)) return null
    if (block.charCodeAt(from) === 34 && to - from > 1 && block.charCodeAt(to - 1) === 34) {
      const inner = block
        .slice(from + 1, to - 1)
        .replaceAll('""', '"')
        .trim()
      return inner === '' ? null : intern(inner, 0, inner.length)
    }
    return intern(block, from, to)
  }

  const fail = (slot: number, message: string, hint?: string): void => {
    const column = slot >= 0 && slot < width ? (starts[slot] ?? lineStart) - lineStart + 1 : 1
    findings.add(message, line, column, hint)
  }

  const shown = (): string => {
    const cell = block.slice(from, to)
    return cell.length > 40 ? `${cell.slice(0, 40)}…` : cell
  }

  const number = (slot: number, what: string, low = -Infinity, high = Infinity): number | null => {
    if (!locate(slot)) return null
    const value = parseDecimal(block, from, to)
    if (value >= low && value <= high && Number.isFinite(value)) return value
    if (!Number.isFinite(value)) fail(slot, `The ${what} "${shown()}" is not a number.`)
    else if (high === Infinity) fail(slot, `The ${what} ${shown()} is less than ${low}.`)
    else fail(slot, `The ${what} ${shown()} is not between ${low} and ${high}.`)
    return null
  }

  const percent = (slot: number, what: string, options?: { mayExceed?: boolean }): number | null => {
    if (!locate(slot)) return null
    const sign = block.charCodeAt(to - 1) === 37 ? 1 : 0
    const value = parseDecimal(block, from, to - sign)
    const high = options?.mayExceed === true ? MOST_PERCENT : 100
    if (value >= 0 && value <= high) return value > 100 ? 100 : value
    if (Number.isFinite(value)) fail(slot, `The ${what} ${shown()} is not a percentage between 0 and ${high}.`)
    else fail(slot, `The ${what} "${shown()}" is not a number.`)
    return null
  }

  const row: TableRow = {
    get line() {
      return line
    },
    get width() {
      return width
    },
    isEmpty: (slot) => !locate(slot) && from === to,
    text,
    required: (slot, what) => {
      const cell = text(slot)
      if (cell === null) fail(slot, slot >= width ? `The line ends before the ${what}.` : `The ${what} is missing.`)
      return cell ?? ''
    },
    number,
    percent,
    fraction: (slot, what) => {
      const value = number(slot, what, 0, 1)
      return value === null ? null : value * 100
    },
    position: (slot, what) => {
      const value = number(slot, what, 1, Number.MAX_SAFE_INTEGER)
      if (value === null || Number.isInteger(value)) return value
      fail(slot, `The ${what} ${shown()} is not a whole number.`)
      return null
    },
    strand: (slot) => {
      if (slot < 0 || slot >= width) return null
      locate(slot)
      if (to - from !== 1) return null
      const sign = block.charCodeAt(from)
      return sign === 43 ? '+' : sign === 45 ? '-' : null
    },
    list: (slot, separator) => {
      const cell = text(slot)
      if (cell === null) return NOTHING
      let known = lists.get(separator)
      if (known === undefined) lists.set(separator, (known = new Map<string, readonly string[]>()))
      return itemsOf(known, cell, separator)
    },
    fail,
  }
  return { row, load }
}

const MISSING_WORDS = new Set(['-', '.', 'NA', 'N/A', 'n/a', 'nan', 'NaN', 'None', 'null'])
const isMissingWord = (block: string, from: number, to: number): boolean => {
  const first = block.charCodeAt(from)
  // Only `-`, `.`, `N…` and `n…` can open one; most cells are told apart here.
  return (first === 78 || first === 110 || first === 45 || first === 46) && MISSING_WORDS.has(block.slice(from, to))
}

const MOST_LISTS = 10_000

const itemsOf = (
  known: Map<string, readonly string[]>,
  cell: string,
  separator: string | RegExp,
): readonly string[] => {
  const found = known.get(cell)
  if (found !== undefined) return found
  const items = [
    ...new Set(
      cell
        .split(separator)
        .map((item) => item.trim())
        .filter((item) => item !== '' && !MISSING_WORDS.has(item)),
    ),
  ]
  if (known.size >= MOST_LISTS) known.clear()
  known.set(cell, items)
  return items
}
