import type { OutputConsumer } from '../contract.ts'
import { eachLine } from '../lines.ts'

/** A line of a report that is small enough to be looked at as a whole. */
export interface TextLine {
  readonly text: string
  readonly number: number
}

/** Gathers the lines that are not blank and hands them over at the end. */
export const gatherLines = (take: (lines: readonly TextLine[]) => void): OutputConsumer => {
  const lines: TextLine[] = []
  return {
    block: (bytes, firstLine) =>
      eachLine(bytes, firstLine, (text, number) => {
        if (text.trim() !== '') lines.push({ text, number })
      }),
    end: () => take(lines),
  }
}
