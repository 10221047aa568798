import { type LineCells, runsOf } from './table-row.ts'

/** Slots of the columns that decide whether a row only repeats what others say; -1 = the table has no such column. */
export interface RepeatedColumns {
  /** Rows whose bytes are the same here say the same of a gene of a sample. */
  readonly alike: readonly number[]
  /** Those of `alike` in which most groups differ. */
  readonly telling: readonly number[]
  /** Percent, 0..100, in each row. The row with the highest identity is the surest. */
  readonly identity: number
  readonly coverage: number
  readonly positions: readonly number[]
  /** Where these say something, the row is no repetition. */
  readonly empty: readonly number[]
}

/** Groups of rows that say the same, of which only the surest is kept, as bytes. */
export interface RepeatedRows<Owner> {
  /** Counts the row under the cursor in its group; false when it has none, or anything unusual, and must be read. */
  count(line: number): boolean
  /** Opens a group with the row that `count` has just answered false to; false where it must be read like any other. */
  open(line: number, owner: Owner): boolean
  /** The surest row of each group, as a block of as many lines, and whose they are. To be asked for at the end. */
  surest(): { readonly block: Buffer; readonly groups: readonly RepeatedGroup<Owner>[] }
}

interface RepeatedGroup<Owner> {
  readonly owner: Owner
  readonly line: number
  readonly rows: number
}

const MOST_GROUPS = 1 << 16
const TABLE_SLOTS = 1 << 17
const MOST_PROBES = 16
/** A longer line is read like any other. */
const LONGEST_LINE = 2048
const MOST_LINE_BYTES = 1 << 26
const [FEED, POINT, ZERO] = [10, 46, 48]
const POWERS_OF_TEN = Array.from({ length: 16 }, (_, exponent) => 10 ** exponent)

/**
 * Reports of reads have millions of rows on a few thousand genes. A row that says nothing new of its gene is told by its
 * bytes, many times faster than a call is made of it. Whatever is unusual is left to be read like any other row.
 */
export const createRepeatedRows = <Owner>(
  cells: Readonly<LineCells>,
  columns: RepeatedColumns,
): RepeatedRows<Owner> => {
  const runs = runsOf(columns.alike)
  const [runFirst, runLast] = [Int32Array.from(runs, (run) => run.first), Int32Array.from(runs, (run) => run.last)]
  const telling = Int32Array.from(columns.telling)
  const present = (slots: readonly number[]): Int32Array => Int32Array.from(slots.filter((slot) => slot >= 0))
  const [positions, empty] = [present(columns.positions), present(columns.empty)]
  const { identity, coverage } = columns
  /** Group + 1 and its hash, alternating; 0 = free. */
  const table = new Int32Array(TABLE_SLOTS * 2)
  const owners: Owner[] = []
  const [keyAt, lineAt, roomOf, lengthOf, lineOf, rowsOf] = Array.from(
    { length: 6 },
    () => new Int32Array(MOST_GROUPS),
  ) as [Int32Array, Int32Array, Int32Array, Int32Array, Int32Array, Int32Array]
  const highest = new Float64Array(MOST_GROUPS)
  // Eight bytes of text read as a number are equal only where the bytes are: UTF-8 without NUL is never NaN or zero.
  let keys = new Float64Array(1 << 15)
  let keyWords = 0
  let lines = Buffer.alloc(1 << 20)
  let lineBytes = 0
  /** Of the row looked for last: its hash, and where its group would go; -1 where it must not have one. */
  let [newAt, newHash] = [-1, 0]
  // In an array, because a variable would be a new object for each row.
  const identityOf = new Float64Array(1)

  const startOf = (slot: number): number => (slot === 0 ? cells.start : (cells.ends[cells.first + slot - 1] ?? 0) + 1)
  const endOf = (slot: number): number => cells.ends[cells.first + slot] ?? 0

  const hashOfRow = (): number => {
    const { view } = cells
    let hash = 0
    for (let index = 0; index < telling.length; index++) {
      const slot = telling[index] ?? 0
      const end = endOf(slot)
      let at = startOf(slot)
      hash = Math.imul(hash ^ (end - at), 0x2c1b3c6d)
      for (; at + 4 <= end; at += 4) hash = Math.imul(hash ^ (hash >>> 15) ^ view.getInt32(at, true), 0x9e3779b1)
      if (at < end) hash = Math.imul(hash ^ (hash >>> 15) ^ rest(view, at, end), 0x85ebca6b)
    }
    return hash ^ (hash >>> 15)
  }

  const isOf = (group: number): boolean => {
    const { view, ends, first, start } = cells
    const known = keys
    let key = keyAt[group] ?? 0
    for (let run = 0; run < runFirst.length; run++) {
      const slot = runFirst[run] ?? 0
      let at = slot === 0 ? start : (ends[first + slot - 1] ?? 0) + 1
      const end = ends[first + (runLast[run] ?? 0)] ?? 0
      if (known[key++] !== end - at) return false
      for (; at + 8 <= end; at += 8) if (view.getFloat64(at, true) !== known[key++]) return false
      if (at + 4 <= end) {
        if (view.getInt32(at, true) !== known[key++]) return false
        at += 4
      }
      if (at < end && rest(view, at, end) !== known[key++]) return false
    }
    return true
  }

  // The group of the row, or -1.
  const groupOfRow = (): number => {
    newHash = hashOfRow()
    let slot = (newHash >>> 0) % TABLE_SLOTS
    for (let probe = 0; probe < MOST_PROBES; probe++) {
      const group = (table[slot * 2] ?? 0) - 1
      if (group < 0) {
        newAt = slot
        return -1
      }
      if (table[slot * 2 + 1] === newHash && isOf(group)) return group
      slot = (slot + 1) % TABLE_SLOTS
    }
    return -1
  }

  // Whether the row's numbers are plain and in range, so that reading them would find no fault.
  const isPlain = (): boolean => {
    const { text } = cells
    const found = plainDecimal(text, startOf(identity), endOf(identity))
    const covered = plainDecimal(text, startOf(coverage), endOf(coverage))
    if (!(found >= 0 && found <= 100 && covered >= 0 && covered <= 100)) return false
    identityOf[0] = found
    for (let index = 0; index < positions.length; index++) {
      const slot = positions[index] ?? 0
      if (!isPlainPosition(text, startOf(slot), endOf(slot))) return false
    }
    for (let index = 0; index < empty.length; index++) {
      const slot = empty[index] ?? 0
      if (startOf(slot) !== endOf(slot)) return false
    }
    return true
  }

  // False where there is no room for it.
  const keepLine = (group: number, line: number): boolean => {
    const { text, start, end } = cells
    const length = end - start
    if (length >= (roomOf[group] ?? 0)) return false
    const to = lineAt[group] ?? 0
    lines.set(text.subarray(start, end), to)
    lengthOf[group] = length
    lineOf[group] = line
    highest[group] = identityOf[0] ?? 0
    return true
  }

  const keepKey = (): void => {
    const { view } = cells
    const longest = runs.reduce((sum, run) => sum + endOf(run.last) - startOf(run.first) + 4, 0)
    if (keyWords + longest > keys.length) {
      const wider = new Float64Array(Math.max(keys.length * 2, keyWords + longest))
      wider.set(keys)
      keys = wider
    }
    for (const run of runs) {
      const end = endOf(run.last)
      let at = startOf(run.first)
      keys[keyWords++] = end - at
      for (; at + 8 <= end; at += 8) keys[keyWords++] = view.getFloat64(at, true)
      if (at + 4 <= end) {
        keys[keyWords++] = view.getInt32(at, true)
        at += 4
      }
      if (at < end) keys[keyWords++] = rest(view, at, end)
    }
  }

  return {
    count: (line) => {
      newAt = -1
      if (!isPlain()) return false
      const group = groupOfRow()
      if (group < 0) return false
      if ((identityOf[0] ?? 0) > (highest[group] ?? 0) && !keepLine(group, line)) return false
      rowsOf[group] = (rowsOf[group] ?? 0) + 1
      return true
    },
    open: (line, owner) => {
      const group = owners.length
      const length = cells.end - cells.start
      const room = length + 32
      if (newAt < 0 || group === MOST_GROUPS || length > LONGEST_LINE || lineBytes + room > MOST_LINE_BYTES)
        return false
      if (lineBytes + room > lines.length) lines = Buffer.concat([lines, Buffer.alloc(lines.length)])
      keyAt[group] = keyWords
      keepKey()
      lineAt[group] = lineBytes
      roomOf[group] = room
      lineBytes += room
      keepLine(group, line)
      rowsOf[group] = 1
      table[newAt * 2] = group + 1
      table[newAt * 2 + 1] = newHash
      owners.push(owner)
      newAt = -1
      return true
    },
    surest: () => {
      let to = 0
      for (let group = 0; group < owners.length; group++) {
        const at = lineAt[group] ?? 0
        const length = lengthOf[group] ?? 0
        lines.copyWithin(to, at, at + length)
        lines[to + length] = FEED
        to += length + 1
      }
      const groups = owners.map((owner, group) => ({ owner, line: lineOf[group] ?? 0, rows: rowsOf[group] ?? 0 }))
      return { block: lines.subarray(0, to), groups }
    },
  }
}

// The last one to three bytes of a range.
const rest = (view: DataView, at: number, end: number): number =>
  view.getInt32(at, true) & ((1 << ((end - at) * 8)) - 1)

// The number of up to 15 digits with a point among them; -1 for any other text. As `parseDecimal` reads it.
const plainDecimal = (text: Uint8Array, start: number, end: number): number => {
  if (end <= start || end - start > 15) return -1
  let mantissa = 0
  let pointAt = -1
  for (let at = start; at < end; at++) {
    const digit = (text[at] ?? 0) - ZERO
    if (digit >= 0 && digit <= 9) mantissa = mantissa * 10 + digit
    else if (digit === POINT - ZERO && pointAt < 0) pointAt = at
    else return -1
  }
  if (pointAt < 0) return mantissa
  return end - start === 1 ? -1 : mantissa / (POWERS_OF_TEN[end - pointAt - 1] ?? 1)
}

// Up to 15 digits, not all of them 0.
const isPlainPosition = (text: Uint8Array, start: number, end: number): boolean => {
  if (end - start > 15) return false
  let any = 0
  for (let at = start; at < end; at++) {
    const digit = (text[at] ?? 0) - ZERO
    if (digit < 0 || digit > 9) return false
    any |= digit
  }
  return any !== 0
}
