import { inertText } from '../markdown/inert-text.ts'

/** A table of GitHub Flavored Markdown. Columns of numbers stand at their right edge. */
export const markdownTable = (
  head: readonly string[],
  rows: readonly (readonly string[])[],
  align: readonly ('left' | 'right')[] = [],
): string => {
  const rule = head.map((_, column) => (align[column] === 'right' ? '--:' : ':--'))
  return [markdownRow(head), `| ${rule.join(' | ')} |`, ...rows.map(markdownRow)].join('\n')
}

// One row, its cells made inert.
const markdownRow = (cells: readonly string[]): string => `| ${cells.map(inertText).join(' | ')} |`
