/** A report in one of its formats, as text. */
import type { ReportParts } from '../app/report/report-parts.ts'
import type { ReportDocument } from '../generated/report.ts'

/** Formats a report is written in. */
type ReportFormat = 'html' | 'json' | 'csv' | 'tsv'

/** The document of the report and its text. Another format is another case here. */
export const writeReport = async (
  parts: ReportParts,
  format: ReportFormat,
  isFull: boolean,
): Promise<{ readonly document: ReportDocument; readonly text: string }> => {
  const { toReportDocument } = await import('../render/report/report-document.ts')
  const document = toReportDocument(parts, { isFull })
  return { document, text: await textOf(document, format, isFull) }
}

const textOf = async (document: ReportDocument, format: ReportFormat, isFull: boolean): Promise<string> => {
  switch (format) {
    case 'html': {
      const [{ runReportPage }, { openPages }] = await Promise.all([
        import('../render/html/report/run-report-page.ts'),
        import('./pages.ts'),
      ])
      return runReportPage(document, await openPages(), isFull)
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
