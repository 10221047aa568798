import type { NamedProfile } from '../../core/profile/profile.ts'
import type { OutputConsumer, ReadingContext } from '../contract.ts'
import { eachLine } from '../lines.ts'
import { numberIn } from '../number-text.ts'

/** The cells of one line; faults go to the findings of the file, with the column of the cell. */
export interface Cells {
  readonly line: number
  readonly cells: readonly string[]
  text(slot: number): string
  /** A number of 0 or more, or NaN after a fault. */
  amount(slot: number, what: string): number
  fail(slot: number, message: string, hint?: string): void
}

/** Hands each tab-separated line that is not blank to `take`, and calls `end` after the last. */
export const readLines = (
  { findings }: ReadingContext<NamedProfile>,
  take: (cells: Cells) => void,
  end: () => void,
): OutputConsumer => ({
  block: (bytes, firstLine) =>
    eachLine(bytes, firstLine, (line, number) => {
      if (line.trim() !== '') take(cellsOf(line.split('\t'), number, findings))
    }),
  end,
})

const cellsOf = (cells: readonly string[], line: number, findings: ReadingContext['findings']): Cells => {
  const fail: Cells['fail'] = (slot, message, hint) => {
    // A cell the line does not have is missing at its end.
    const before = cells.slice(0, Math.min(slot, cells.length - 1))
    findings.add(message, line, 1 + before.reduce((length, cell) => length + cell.length + 1, 0), hint)
  }
  return {
    line,
    cells,
    text: (slot) => (cells[slot] ?? '').trim(),
    fail,
    amount: (slot, what) => {
      const text = (cells[slot] ?? '').trim()
      const value = numberIn(text)
      if (value >= 0 && value <= Number.MAX_SAFE_INTEGER) return value
      fail(slot, `The ${what} "${text.slice(0, 40)}" is not a number of 0 or more.`)
      return Number.NaN
    },
  }
}
