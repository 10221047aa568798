import * as Flags from '@oclif/core/flags'
import { ansiPaint } from '../render/table/paint.ts'
import type { TableOptions } from '../render/table/table.ts'
import { terminalWidth } from './terminal-width.ts'
import { wantsColour } from './wants-colour.ts'

const FORMATS = ['table', 'markdown', 'csv', 'tsv', 'json'] as const
export type Format = (typeof FORMATS)[number]

/** `--format` of every command that shows a table; `--format json` is `--json`. */
export const formatFlag = Flags.option({
  options: FORMATS,
  description: 'how to write it; json is the document of --json',
  default: 'table',
})()

/** The same where `--format` is taken by the format of what is read; JSON is `--json` there. */
export const tableFormatFlag = Flags.option({
  options: ['table', 'markdown', 'csv', 'tsv'] as const,
  description: 'how to write the tables (JSON: --json); csv and tsv have one value a row',
  default: 'table',
})()

/** How a table is written to standard output. */
export const tableOptions = (format: Format): TableOptions => {
  const width = terminalWidth()
  return {
    format: format === 'json' ? 'table' : format,
    ...(width === undefined ? {} : { width }),
    ...(wantsColour(process.stdout, process.env) ? { paint: ansiPaint } : {}),
  }
}

/** Whether arguments ask for JSON by `--format json`. */
export const asksForJson = (argv: readonly string[]): boolean => {
  const end = argv.indexOf('--')
  return (end === -1 ? argv : argv.slice(0, end)).some(
    (word, index) => word === '--format=json' || (word === '--format' && argv[index + 1] === 'json'),
  )
}
