import { displayWidth, GAP, layoutColumns } from './column-layout.ts'

/**
 * Looks like `textTable`, drawn by hand: for lists that are asked for in scripts and loops, where loading and running a
 * table library would take a fifth of the whole command.
 */
export const textColumns = (head: readonly string[], rows: readonly (readonly string[])[], width?: number): string => {
  const layout = layoutColumns(head, rows, width)
  const lines: string[] = []
  for (const row of layout.rows) {
    const cells = row.map((cell) => cell.split('\n'))
    const height = Math.max(...cells.map(({ length }) => length))
    for (let line = 0; line < height; line++) {
      const padded = layout.columns.map((column, index) => {
        const text = cells[index]?.[line] ?? ''
        const space = ' '.repeat(Math.max(0, column.width - displayWidth(text)))
        return column.align === 'right' ? space + text : text + space
      })
      lines.push(padded.join(' '.repeat(GAP)).trimEnd())
    }
  }
  return lines.join('\n')
}
