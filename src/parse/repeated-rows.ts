import { createTableBytes } from './table-bytes.ts'
import { runsOf } from './table-row.ts'

/** Slots of the columns that decide whether a row only repeats what others say; -1 = the table has no such column. */
export interface RepeatedColumns {
  /** How many columns there are; a row of another width is read like any other. */
  readonly width: number
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
  /** Counts rows in their groups; hands over, in order, each line that has none, or anything unusual, and must be read. */
  block(bytes: Buffer, firstLine: number, take: (line: Buffer, number: number) => void): number
  /** Whether the line just handed over is plain and only lacks a group. */
  readonly canOpen: () => boolean
  /** Opens a group with it; false where there is no room for one. */
  readonly open: (line: number, owner: Owner) => boolean
  /** The surest row of each group, as a block of as many lines, and whose they are. To be asked for at the end. */
  surest(): { readonly block: Buffer; readonly groups: readonly RepeatedGroup<Owner>[] }
}

interface RepeatedGroup<Owner> {
  readonly owner: Owner
  readonly line: number
  readonly rows: number
}

const [FEED, STEP_BYTES] = [10, 32]

/**
 * Reports of reads have millions of rows on a few thousand genes. A row that says nothing new of its gene is told by its
 * bytes, many times faster than a call is made of it: by the functions of `wasm/rows.ts`.
 */
export const createRepeatedRows = <Owner>(columns: RepeatedColumns): RepeatedRows<Owner> => {
  const functions = createTableBytes()
  const { memory, count, rowsCounted, afterLine } = functions
  const text = functions.start(columns.width, columns.identity, columns.coverage)
  const room = functions.roomForText()
  const runs = runsOf(columns.alike)
  // In the order in which rows.ts numbers them.
  const { telling, positions, empty } = columns
  const lists = [runs.map((run) => run.first), runs.map((run) => run.last), telling, positions, empty]
  for (const [list, slots] of lists.entries()) for (const slot of slots) if (slot >= 0) functions.addColumn(list, slot)
  const opened: { readonly owner: Owner; readonly record: number }[] = []

  return {
    block: (bytes, firstLine, take) => {
      let [line, at] = [firstLine, 0]
      while (at < bytes.length) {
        const piece = bytes.subarray(at, at + room)
        // Opening a group may have replaced the memory.
        const place = new Uint8Array(memory.buffer, text, room + STEP_BYTES)
        place.set(piece)
        place.fill(0, piece.length, piece.length + STEP_BYTES)
        let start: number
        let next = 0
        do {
          start = count(next, piece.length, line)
          line += rowsCounted()
          next = afterLine()
          if (next > 0) take(piece.subarray(start, next), line++)
        } while (next > 0)
        at += start
        if (start > 0) continue
        // A line that is longer than the room for text, or one without a line feed.
        const end = bytes.indexOf(FEED, at) + 1 || bytes.length
        take(bytes.subarray(at, end), line++)
        at = end
      }
      return line - firstLine
    },
    canOpen: () => functions.canOpen() !== 0,
    open: (line, owner) => {
      const record = functions.open(line)
      if (record > 0) opened.push({ owner, record })
      return record > 0
    },
    surest: () => {
      const { lengthOf, lineOf, rowsOf, textOf } = functions
      const block = Buffer.alloc(
        opened.reduce((sum, { record }) => sum + lengthOf(record) + 1, 0),
        FEED,
      )
      let to = 0
      const groups = opened.map(({ owner, record }) => {
        const [from, length] = [textOf(record), lengthOf(record)]
        block.set(new Uint8Array(memory.buffer, from, length), to)
        to += length + 1
        return { owner, line: lineOf(record), rows: rowsOf(record) }
      })
      return { block, groups }
    },
  }
}
