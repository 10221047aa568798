import { inertProse } from '../markdown/inert-text.ts'
import { plainText } from '../plain-text.ts'
import { isForPrograms, renderTable, type Table, type TableOptions } from './table.ts'

/** A line of prose, an empty one, or a table. */
export type PagePart = string | Table

/**
 * What a command shows that has more than one table: lines and tables for a terminal, or paragraphs and tables for
 * markdown. Names in it are made harmless for each. Programs get `rows`, the one table that holds everything.
 */
export const renderPage = (parts: readonly PagePart[], rows: () => Table, options: TableOptions): string => {
  if (isForPrograms(options)) return renderTable(rows(), options)
  const isMarkdown = options.format === 'markdown'
  const prose = isMarkdown ? inertProse : plainText
  return parts
    .filter((part) => !isMarkdown || part !== '')
    .map((part) => (typeof part === 'string' ? prose(part) : renderTable(part, options)))
    .join(isMarkdown ? '\n\n' : '\n')
    .trimEnd()
}
