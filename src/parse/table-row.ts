import type { Findings } from './findings.ts'
import { createByteTable } from './byte-table.ts'
import { findCells } from './cell-ends.ts'
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

/** Where the cells of the line under the cursor stand in memory; gone with the next line. */
interface LineCells {
  /** The block, readable beyond its end by a few bytes. */
  text: Uint8Array
  view: DataView
  /** Where each cell of the block ends; `first` is the index of the first of the line. */
  ends: Int32Array
  first: number
  start: number
  end: number
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
const [RETURN, BLANK, QUOTE, HASH, PERCENT, PLUS, MINUS, DOT] = [13, 32, 34, 35, 37, 43, 45, 46] as const
const [UPPER_N, LOWER_N] = [78, 110] as const

export const createRowCursor = (findings: Findings): RowCursor => {
  const texts = createByteTable<string>(1)
  let lastWord = ''
  const lists = new Map<string | RegExp, Map<string, readonly string[]>>()
  const none = new ArrayBuffer(0)
  const [text0, view0, ends0] = [new Uint8Array(none), new DataView(none), new Int32Array(none)]
  const cells: LineCells = { text: text0, view: view0, ends: ends0, first: 0, start: 0, end: 0 }
  let bytes: Buffer = Buffer.alloc(0)
  let line = 0
  let width = 0
  let isEnded = true
  let from = 0
  let to = 0
  const [oneFrom, oneTo] = [new Int32Array(1), new Int32Array(1)]

  const each = (block: Buffer, firstLine: number, take: () => void): number => {
    const { text, view, ends, lastOfLine, lines } = findCells(block)
    bytes = block
    cells.text = text
    cells.view = view
    cells.ends = ends
    let [first, start] = [0, 0]
    for (let index = 0; index < lines; index++) {
      const last = lastOfLine[index] ?? 0
      const end = ends[last] ?? 0
      line = firstLine + index
      width = last - first + 1
      isEnded = end < block.length
      cells.first = first
      cells.start = start
      if (end > start && text[end - 1] === RETURN) ends[last] = end - 1
      cells.end = ends[last] ?? 0
      take()
      first = last + 1
      start = end + 1
    }
    return lines
  }

  const startOf = (slot: number): number => (slot === 0 ? cells.start : (cells.ends[cells.first + slot - 1] ?? 0) + 1)
  const endOf = (slot: number): number => cells.ends[cells.first + slot] ?? 0

  // Sets from/to to the cell without surrounding blanks; false where it is missing.
  const locate = (slot: number): boolean => {
    if (slot < 0 || slot >= width) {
      from = to = cells.end
      return false
    }
    from = startOf(slot)
    to = endOf(slot)
    while (from < to && (bytes[from] ?? 0) <= BLANK) from++
    while (to > from && (bytes[to - 1] ?? 0) <= BLANK) to--
    return to > from && !(to - from <= 4 && isMissingWord(bytes, from, to))
  }

  // A substring or view would keep its whole block alive; this is a copy, the same one for equal cells.
  const intern = (start: number, end: number): string => {
    oneFrom[0] = start
    oneTo[0] = end
    const found = texts.get(cells.view, oneFrom, oneTo)
    if (found !== undefined) return found
    const cell = bytes.toString('utf8', start, end)
    texts.put(cells.view, oneFrom, oneTo, cell)
    return cell
  }

  const text = (slot: number): string | null => {
    if (!locate(slot)) return null
    if (bytes[from] !== QUOTE || to - from < 2 || bytes[to - 1] !== QUOTE) return intern(from, to)
    const inner = bytes
      .toString('utf8', from + 1, to - 1)
      .replaceAll('""', '"')
      .trim()
    return inner === '' ? null : inner
  }

  // Columns count characters, as editors do.
  const columnOf = (slot: number): number =>
    slot >= 0 && slot < width ? bytes.toString('utf8', cells.start, startOf(slot)).length + 1 : 1
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
      if (bytes[from] === QUOTE) return text(slot)?.split(/\s/, 1)[0] ?? null
      // Sequence ids may all differ: only the one of the line before is remembered.
      const word = bytes.toString('utf8', from, end)
      return word === lastWord ? lastWord : (lastWord = word)
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
            starting[index] = startOf(run.first)
            ending[index] = endOf(Math.min(run.last, width - 1))
          }
        }
        const found = known.get(cells.view, starting, ending)
        if (found !== undefined) return found
        const made = make()
        if (made !== undefined && made !== null) known.put(cells.view, starting, ending, made)
        return made
      }
    },
    lineLength: () => cells.end - cells.start,
    lineText: () => bytes.toString('utf8', cells.start, cells.end),
    isBlank: () => {
      let at = cells.start
      while (at < cells.end && (bytes[at] ?? 0) <= BLANK) at++
      return at === cells.end
    },
    isComment: () => bytes[cells.start] === HASH,
    isEnded: () => isEnded,
  }
}

// Neighbouring columns are compared in one go.
export const runsOf = (slots: readonly number[]): readonly { readonly first: number; readonly last: number }[] => {
  const runs: { first: number; last: number }[] = []
  for (const slot of [...new Set(slots)].filter((one) => one >= 0).sort((left, right) => left - right)) {
    const run = runs.at(-1)
    if (run?.last === slot - 1) run.last = slot
    else runs.push({ first: slot, last: slot })
  }
  return runs
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
