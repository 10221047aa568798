/** A report in one of its formats, as text. */
import type { ReportParts } from '../app/report/report-parts.ts'
import { Problem } from '../core/problem.ts'
import type { ReportDocument } from '../generated/report.ts'
import { formatInteger } from '../render/format-number.ts'

/** Formats a report is written in. */
type ReportFormat = 'html' | 'json' | 'csv' | 'tsv'

/** A page must not be larger unless asked for. */
const MOST_BYTES = 5_000_000

/**
 * The document of the report and its text. Another format is another case here. A page that would be too large shows its
 * samples by their quantiles; throws `E_INPUT` where that is not enough.
 */
export const writeReport = async (
  parts: ReportParts,
  format: ReportFormat,
  isFull: boolean,
): Promise<{ readonly document: ReportDocument; readonly text: string }> => {
  const { toReportDocument } = await import('../render/report/report-document.ts')
  const document = toReportDocument(parts, { samples: isFull ? 'all' : 'usual' })
  const text = await textOf(document, format)
  if (format !== 'html' || isFull || Buffer.byteLength(text) <= MOST_BYTES) return { document, text }
  const condensed = toReportDocument(parts, { samples: 'quantiles' })
  const page = await textOf(condensed, format)
  if (Buffer.byteLength(page) > MOST_BYTES)
    throw new Problem(
      'E_INPUT',
      `The page would have ${formatInteger(Buffer.byteLength(page))} bytes, more than ${formatInteger(MOST_BYTES)}.`,
      { hints: ['Write it all the same with --full, or take the numbers as --format json or --format tsv.'] },
    )
  return { document: condensed, text: page }
}

const textOf = async (document: ReportDocument, format: ReportFormat): Promise<string> => {
  switch (format) {
    case 'html': {
      const [{ runReportPage }, { openPages }] = await Promise.all([
        import('../render/html/report/run-report-page.ts'),
        import('./pages.ts'),
      ])
      return runReportPage(document, await openPages())
    }
    case 'json':
      return `${JSON.stringify(document, null, 2)}\n`
    case 'csv':
    case 'tsv': {
      const { metricLines } = await import('../render/report/metric-lines.ts')
      return metricLines(document, format)
    }
  }
}
