import type { ReportDocument } from '../../generated/report.ts'
import { delimitedText } from '../table/delimited.ts'

const HEAD = [
  ...['pipeline', 'version', 'params', 'metric', 'level', 'rank', 'aggregation', 'unit', 'direction', 'primary'],
  ...['value', 'reason', 'low', 'high', 'n', 'n_expected'],
  ...['baseline', 'change', 'change_scale', 'change_low', 'change_high', 'p_adjusted', 'verdict'],
] as const

/** The metric table of a report as CSV or TSV. Values in base units and full precision. */
export const metricLines = ({ metrics }: ReportDocument, format: 'csv' | 'tsv'): string => {
  const number = (value: number | null | undefined): string =>
    value === null || value === undefined ? '' : String(value)
  const rows = metrics.map((row) => [
    ...[row.pipeline, row.version ?? '', Object.keys(row.params).length === 0 ? '' : JSON.stringify(row.params)],
    ...[
      row.metric,
      row.level ?? '',
      row.rank ?? '',
      row.aggregation,
      row.unit,
      row.direction,
      row.is_primary ? 'yes' : '',
    ],
    ...[number(row.value), row.reason ?? '', number(row.low), number(row.high), number(row.n), number(row.n_expected)],
    ...[number(row.change?.baseline), number(row.change?.effect), row.change?.scale ?? ''],
    ...[number(row.change?.low), number(row.change?.high), number(row.change?.p_adjusted), row.change?.verdict ?? ''],
  ])
  return delimitedText(HEAD, rows, format)
}
