import type { ProjectHistory } from '../../app/history/project-history.ts'
import { delimitedText } from '../table/delimited.ts'

const HEAD = [
  ...['state', 'suspect', 'pipeline', 'params', 'metric', 'level', 'rank', 'unit', 'direction', 'primary', 'dataset'],
  ...['machine', 'runs', 'newest_run', 'newest', 'expected_low', 'expected_high', 'p', 'p_adjusted', 'change_from'],
  ...['change_before', 'change_after', 'change_turn', 'change_confirmed', 'drift', 'reasons'],
] as const

/** One series a row, for spreadsheets and scripts; the change is the newest current one. */
export const historyRows = (history: ProjectHistory, format: 'csv' | 'tsv'): string => {
  const rows = history.series.map(({ series, finding, levels, dataset, machine }) => {
    const change = finding.shifts.filter(({ isCurrent }) => isCurrent).at(-1)
    const { newest } = finding
    return [
      finding.state,
      newest?.isSuspect ?? false,
      series.pipeline,
      JSON.stringify(series.params),
      finding.metric,
      series.level,
      series.rank,
      series.definition.unit,
      series.definition.direction,
      series.isPrimary,
      dataset?.id,
      machine,
      finding.n,
      series.points.at(-1)?.label,
      levels.at(-1),
      newest?.low,
      newest?.high,
      newest?.p,
      newest?.pAdjusted,
      change?.from,
      change?.before,
      change?.after,
      change?.turn,
      change?.isConfirmed,
      finding.drift?.shift,
      finding.reasons.join('; '),
    ].map((cell) => (cell === null || cell === undefined ? '' : String(cell)))
  })
  return delimitedText(HEAD, rows, format)
}
