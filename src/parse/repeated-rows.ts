import { createTableBytes } from './table-bytes.ts'
import { runsOf } from './table-row.ts'

/** Slots of the columns that decide whether a row only repeats what others say; -1 = the table has no such column. */
export interface RepeatedColumns {
  /** How many columns there are; a row of another width is read like any other. */
  readonly width: number
  readonly sample: number
  /** Rows whose bytes are the same here say the same of a gene. */
  readonly gene: readonly number[]
  /** Those of `gene` in which most genes differ. */
  readonly telling: readonly number[]
  /** Percent, 0..100, in each row. The row with the highest identity is the surest. */
  readonly identity: number
  readonly coverage: number
  readonly positions: readonly number[]
  /** Where these say something, the row is no repetition. */
  readonly empty: readonly number[]
}

/** Groups of rows that say the same of a gene of a sample, of which only the surest is kept, as bytes. */
export interface RepeatedRows<Owner> {
  /**
   * Counts rows of known genes and samples in their groups; hands over, in order, each line that has another, or anything
   * unusual, and must be read.
   */
  block(bytes: Buffer, firstLine: number, take: (line: Buffer, number: number) => void): number
  /** Whether the line just handed over is plain and only lacks a gene or sample. */
  readonly canOpen: () => boolean
  /** Takes both for known from now on and counts the line; false where it must be read like any other. */
  readonly open: (line: number, gene: Owner) => boolean
  /** Hands over the surest row of each group, as blocks of lines counted from 0, and what each stands for. Once, at the end. */
  surest(take: (block: Buffer, groupOf: (line: number) => RepeatedGroup<Owner>) => void): void
}

interface RepeatedGroup<Owner> {
  readonly gene: Owner
  readonly line: number
  readonly rows: number
}

/** Numbers that are gathered with each line. */
const FACTS = 3
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
  const { sample, positions, empty } = columns
  // In the order in which rows.ts numbers them.
  const lists = [
    ...keyLists(columns.gene, columns.telling),
    ...keyLists([sample], [sample]),
    present(positions),
    present(empty),
  ]
  for (const [list, slots] of lists.entries()) for (const slot of slots) functions.addColumn(list, slot)
  const genes: Owner[] = []

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
    open: (line, gene) => functions.open(line, genes.push(gene) - 1) !== 0,
    surest: (take) => {
      for (let length = functions.gather(); length > 0; length = functions.gather()) {
        const block = Buffer.from(memory.buffer, text, length)
        const facts = new Int32Array(memory.buffer, functions.factsOfGathered())
        take(block, (index) => {
          const gene = genes[facts[index * FACTS] ?? -1]
          if (gene === undefined) throw new Error(`no gene for the surest row ${index}`)
          return { gene, line: facts[index * FACTS + 1] ?? 0, rows: facts[index * FACTS + 2] ?? 0 }
        })
      }
    },
  }
}

const present = (slots: readonly number[]): readonly number[] => slots.filter((slot) => slot >= 0)

const keyLists = (columns: readonly number[], telling: readonly number[]): readonly (readonly number[])[] => {
  const runs = runsOf(columns)
  return [runs.map((run) => run.first), runs.map((run) => run.last), present(telling)]
}
