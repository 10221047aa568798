import type { OutputConsumer, ReadingContext } from './contract.ts'
import { eachLine } from './lines.ts'
import { numberIn } from './number-text.ts'

/** A row of a table HMMER wrote: columns are separated by runs of blanks. */
export interface HmmerRow {
  readonly line: number
  readonly cells: readonly string[]
  /** Everything from a column on, as it stands. */
  rest(column: number): string
  /** A finite number, or null after telling that it is none. */
  number(column: number, what: string): number | null
  fail(column: number, message: string): void
}

/** Reads the rows of a HMMER table that has at least `fewest` columns. */
export const openHmmerTable = (
  { findings }: ReadingContext,
  fewest: number,
  take: (row: HmmerRow) => void,
): OutputConsumer => {
  let isEmpty = true
  const readRow = (text: string, line: number): void => {
    const words = [...text.matchAll(/\S+/g)]
    const columnOf = (column: number): number => (words[Math.min(column, words.length - 1)]?.index ?? 0) + 1
    const fail = (column: number, message: string): void => findings.add(message, line, columnOf(column))
    if (words.length === 0) return
    if (words.length < fewest) {
      fail(words.length - 1, `There are ${words.length} columns; this table has at least ${fewest}.`)
      return
    }
    take({
      line,
      cells: words.map(([word]) => word),
      rest: (column) => text.slice(columnOf(column) - 1).trim(),
      number: (column, what) => {
        const cell = words[column]?.[0] ?? ''
        const value = numberIn(cell)
        if (Number.isFinite(value)) return value
        fail(column, `The ${what} "${cell.slice(0, 40)}" is not a number.`)
        return null
      },
      fail,
    })
  }
  return {
    block: (bytes, firstLine) =>
      eachLine(bytes, firstLine, (text, line) => {
        if (text === '') return
        isEmpty = false
        if (!text.startsWith('#')) readRow(text, line)
      }),
    end: () => {
      if (isEmpty) findings.add('The file is empty; HMMER writes a header even without hits.', 1, 1)
    },
  }
}
