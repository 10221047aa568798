import type { Findings } from './findings.ts'
import { type ByteTable, createByteTable, viewBytes } from './byte-table.ts'
import { parseDecimal } from './number-text.ts'

/**
 * One line of a table under the cursor. Cells are cut out only when asked for. A slot of -1 is a column the file does
 * not have; its cells are missing. Missing cells are empty or say NA, N/A, n/a, nan, NaN, None, null, `-` or `.`.
 */
export interface TableRow {
  readonly line: number
  /** How many cells the line has. */
  readonly width: number
  /** Whether there is nothing but blanks in the cell. */
  isEmpty(slot: number): boolean
  /** The cell without surrounding blanks and quotes, or null. Equal cells are one string. */
  text(slot: number): string | null
  /** The first word of the cell: a sequence id is the first word of a FASTA header, some tools write all of it. */
  word(slot: number): string | null
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

/** The moving side of a row. */
export interface RowCursor {
  readonly row: TableRow
  /** Calls `take` on each line of the block; answers how many lines it ended. */
  readonly each: (block: Buffer, firstLine: number, take: () => void) => number
  /**
   * Looks up what `make` made of these cells when they last held the same; null and undefined are not remembered. Hits
   * on one gene repeat what they say of the gene.
   */
  readonly remembered: <Value>(slots: readonly number[], make: () => Value) => () => Value
  /** Bytes of the line, without its line end. */
  readonly lineLength: () => number
  /** The whole line as text. */
  readonly lineText: () => string
  /** Whether the line has nothing but blanks. */
  readonly isBlank: () => boolean
  /** Whether the line begins with `#`. */
  readonly isComment: () => boolean
  /** False for a last line without a line feed, which may have been cut off. */
  readonly isEnded: () => boolean
}

/** Up to this many percent a hit may exceed its reference before the value is called wrong. */
const MOST_PERCENT = 1000
const NOTHING: readonly string[] = []
const [TAB, FEED, RETURN, BLANK, QUOTE, HASH, PERCENT, PLUS, MINUS, DOT] = [
  9, 10, 13, 32, 34, 35, 37, 43, 45, 46,
] as const
const [UPPER_N, LOWER_N] = [78, 110] as const

export const createRowCursor = (findings: Findings): RowCursor => {
  // Apart, because sequence ids may all differ, and a table whose keys never come again is given up.
  const texts = createByteTable<string>(1)
  const words = createByteTable<string>(1)
  const lists = new Map<string | RegExp, Map<string, readonly string[]>>()
  let source = viewBytes(Buffer.alloc(0))
  let bytes = source.bytes
  let line = 0
  let width = 0
  let lineStart = 0
  let lineEnd = 0
  let isEnded = true
  let starts = new Int32Array(64)
  let from = 0
  let to = 0
  const [oneFrom, oneTo] = [new Int32Array(1), new Int32Array(1)]

  const each = (block: Buffer, firstLine: number, take: () => void): number => {
    const length = block.length
    source = viewBytes(block)
    bytes = block
    line = firstLine
    for (let at = 0; at < length; line++) {
      lineStart = at
      const next = findCells(at)
      isEnded = next < length
      lineEnd = next > lineStart && bytes[next - 1] === RETURN ? next - 1 : next
      starts[width] = lineEnd + 1
      take()
      at = next + 1
    }
    return line - firstLine
  }

  // Notes where the cells of the line begin; answers where the line ends.
  const findCells = (start: number): number => {
    const { view } = source
    const length = view.byteLength
    let cells = starts
    let count = 1
    let at = start
    cells[0] = at
    // Four bytes at a time: the mask has the high bit of each byte set that is a tab, a line feed or below.
    for (; at + 4 <= length; at += 4) {
      const word = view.getInt32(at, true)
      let mask = ~(((word & 0x7f7f7f7f) + 0x75757575) | word) & 0x80808080
      for (; mask !== 0; mask &= mask - 1) {
        const found = at + ((31 - Math.clz32(mask & -mask)) >>> 3)
        const code = view.getUint8(found)
        if (code === FEED) {
          width = count
          return found
        }
        if (code !== TAB) continue
        if (count + 1 >= cells.length) cells = starts = widened(cells)
        cells[count++] = found + 1
      }
    }
    for (; at < length; at++) {
      const code = view.getUint8(at)
      if (code === FEED) break
      if (code !== TAB) continue
      if (count + 1 >= cells.length) cells = starts = widened(cells)
      cells[count++] = at + 1
    }
    width = count
    return at
  }

  // Sets from/to to the cell without surrounding blanks; false where it is missing.
  const locate = (slot: number): boolean => {
    if (slot < 0 || slot >= width) {
      from = to = lineEnd
      return false
    }
    from = starts[slot] ?? 0
    to = (starts[slot + 1] ?? 0) - 1
    while (from < to && (bytes[from] ?? 0) <= BLANK) from++
    while (to > from && (bytes[to - 1] ?? 0) <= BLANK) to--
    return to > from && !(to - from <= 4 && isMissingWord(bytes, from, to))
  }

  // A substring or view would keep its whole block alive; this is a copy, the same one for equal cells.
  const intern = (known: ByteTable<string>, start: number, end: number): string => {
    oneFrom[0] = start
    oneTo[0] = end
    const found = known.get(source.view, oneFrom, oneTo)
    if (found !== undefined) return found
    const cell = bytes.toString('utf8', start, end)
    known.put(source.view, oneFrom, oneTo, cell)
    return cell
  }

  const text = (slot: number): string | null => {
    if (!locate(slot)) return null
    if (bytes[from] !== QUOTE || to - from < 2 || bytes[to - 1] !== QUOTE) return intern(texts, from, to)
    const inner = bytes
      .toString('utf8', from + 1, to - 1)
      .replaceAll('""', '"')
      .trim()
    return inner === '' ? null : inner
  }

  // Columns count characters, as editors do.
  const columnOf = (slot: number): number =>
    slot >= 0 && slot < width ? bytes.toString('utf8', lineStart, starts[slot]).length + 1 : 1
  const fail = (slot: number, message: string, hint?: string): void => findings.add(message, line, columnOf(slot), hint)

  const shown = (): string => {
    const cell = bytes.toString('utf8', from, to)
    return cell.length > 40 ? `${cell.slice(0, 40)}…` : cell
  }

  const number = (slot: number, what: string, low = -Infinity, high = Infinity): number | null => {
    if (!locate(slot)) return null
    const value = parseDecimal(bytes, from, to)
    if (value >= low && value <= high && Number.isFinite(value)) return value
    if (!Number.isFinite(value)) fail(slot, `The ${what} "${shown()}" is not a number.`)
    else if (high === Infinity) fail(slot, `The ${what} ${shown()} is less than ${low}.`)
    else fail(slot, `The ${what} ${shown()} is not between ${low} and ${high}.`)
    return null
  }

  const percent = (slot: number, what: string, options?: { mayExceed?: boolean }): number | null => {
    if (!locate(slot)) return null
    const sign = bytes[to - 1] === PERCENT ? 1 : 0
    const value = parseDecimal(bytes, from, to - sign)
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
    word: (slot) => {
      if (!locate(slot)) return null
      let end = from
      while (end < to && (bytes[end] ?? 0) > BLANK) end++
      // A quoted cell is rare and may hold blanks of its own.
      return bytes[from] === QUOTE ? (text(slot)?.split(/\s/, 1)[0] ?? null) : intern(words, from, end)
    },
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
      locate(slot)
      if (to - from !== 1) return null
      const sign = bytes[from]
      return sign === PLUS ? '+' : sign === MINUS ? '-' : null
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
  return {
    row,
    each,
    remembered: (slots, make) => {
      const runs = runsOf(slots)
      const known = createByteTable<NonNullable<ReturnType<typeof make>>>(runs.length)
      const [starting, ending] = [new Int32Array(runs.length), new Int32Array(runs.length)]
      return () => {
        for (let index = 0; index < runs.length; index++) {
          const run = runs[index]
          if (run === undefined || run.first >= width) starting[index] = ending[index] = 0
          else {
            starting[index] = starts[run.first] ?? 0
            ending[index] = (starts[Math.min(run.last, width - 1) + 1] ?? 0) - 1
          }
        }
        const found = known.get(source.view, starting, ending)
        if (found !== undefined) return found
        const made = make()
        if (made !== undefined && made !== null) known.put(source.view, starting, ending, made)
        return made
      }
    },
    lineLength: () => lineEnd - lineStart,
    lineText: () => bytes.toString('utf8', lineStart, lineEnd),
    isBlank: () => {
      let at = lineStart
      while (at < lineEnd && (bytes[at] ?? 0) <= BLANK) at++
      return at === lineEnd
    },
    isComment: () => bytes[lineStart] === HASH,
    isEnded: () => isEnded,
  }
}

// Neighbouring columns are compared in one go.
const runsOf = (slots: readonly number[]): readonly { readonly first: number; readonly last: number }[] => {
  const runs: { first: number; last: number }[] = []
  for (const slot of [...new Set(slots)].filter((one) => one >= 0).sort((left, right) => left - right)) {
    const run = runs.at(-1)
    if (run?.last === slot - 1) run.last = slot
    else runs.push({ first: slot, last: slot })
  }
  return runs
}

const widened = (cells: Int32Array): Int32Array<ArrayBuffer> => {
  const wider = new Int32Array(cells.length * 2)
  wider.set(cells)
  return wider
}

const MISSING_WORDS = new Set(['-', '.', 'NA', 'N/A', 'n/a', 'nan', 'NaN', 'None', 'null'])
const isMissingWord = (bytes: Buffer, from: number, to: number): boolean => {
  const first = bytes[from]
  if (to - from === 1) return first === MINUS || first === DOT
  // Only N and n open the longer ones; most cells are told apart here.
  return (first === UPPER_N || first === LOWER_N) && MISSING_WORDS.has(bytes.toString('latin1', from, to))
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
