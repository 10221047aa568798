import { cleanName } from '../clean-text.ts'
import { columnKey } from './columns.ts'
import { COMMIT_DIGITS, fourDigits, TEXT_COLUMNS } from './shard.ts'
import type { SiteRun, SiteSeries } from './site-run.ts'

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i

/** One cell: text that a spreadsheet would take for a formula gets an apostrophe in front. */
const tsvCell = (text: string): string => {
  const shown = cleanName(text).replaceAll('\t', ' ')
  return /^[=+\-@]/.test(shown) && !NUMBER.test(shown) ? `'${shown}` : shown
}

/** Rows with a header, each with a line feed. */
const tsv = (header: readonly string[], rows: readonly (readonly string[])[]): string =>
  `${[header, ...rows].map((row) => row.join('\t')).join('\n')}\n`

/** Runs with their metrics; a value that is not there is its reason in brackets. */
export const runsTsv = (runs: readonly SiteRun[], columns: readonly SiteSeries[]): string => {
  const texts = Object.entries(TEXT_COLUMNS).filter(([name]) => name !== 'machine')
  const keys = columns.map(columnKey)
  const cells = new Map<string, string>()
  // Most texts repeat from row to row.
  const cell = (text: string): string => {
    const known = cells.get(text) ?? tsvCell(text)
    cells.set(text, known)
    return known
  }
  return tsv(
    ['run_id', 'started_at', ...texts.map(([name]) => name), 'commit', ...keys].map(tsvCell),
    runs.map((run) => [
      tsvCell(run.runId),
      tsvCell(run.startedAt.replace(/:\d\d(?:\.\d+)?Z$/, 'Z')),
      ...texts.map(([, textOf]) => cell(textOf(run))),
      tsvCell((run.commit ?? '').slice(0, COMMIT_DIGITS)),
      ...keys.map((key) => {
        const found = run.values.find((one) => columnKey(one.series) === key)
        if (found === undefined) return ''
        return found.value === null ? `(${found.reason ?? 'not_measured'})` : String(fourDigits(found.value))
      }),
    ]),
  )
}
