import { displayWidth, GAP, layoutColumns } from './column-layout.ts'

/** Colours a line of a cell; `row` is null in the heading. */
type PaintCell = (text: string, row: number | null, column: number) => string

/**
 * Looks like `textTable`, drawn by hand: for lists that are asked for in scripts and loops, where loading and running a
 * table library would take a fifth of the whole command.
 */
export const textColumns = (
  head: readonly string[],
  rows: readonly (readonly string[])[],
  width?: number,
  paint: PaintCell = (text) => text,
): string => {
  const layout = layoutColumns(head, rows, width)
  const lines: string[] = []
  for (const [number, row] of layout.rows.entries()) {
    const cells = row.map((cell) => cell.split('\n'))
    const height = Math.max(...cells.map(({ length }) => length))
    for (let line = 0; line < height; line++) {
      const padded = layout.columns.map((column, index) => {
        const text = cells[index]?.[line] ?? ''
        const space = ' '.repeat(Math.max(0, column.width - displayWidth(text)))
        const painted = paint(text, number === 0 ? null : number - 1, index)
        return column.align === 'right' ? space + painted : painted + space
      })
      lines.push(padded.join(' '.repeat(GAP)).trimEnd())
    }
  }
  return lines.join('\n')
}
