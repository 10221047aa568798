import type { RunComparison } from '../../app/compare/run-comparison.ts'
import { paramsText } from '../rank/candidate-text.ts'
import type { Table } from '../table/table.ts'
import { pairOf } from './change-text.ts'

const HEAD = [
  'pipeline',
  'params',
  'version',
  'baseline_pipeline',
  'baseline_params',
  'baseline_version',
  'metric',
  'level',
  'rank',
  'unit',
  'direction',
  'primary',
  'n_common',
  'baseline',
  'candidate',
  'effect',
  'effect_scale',
  'low',
  'high',
  'p',
  'p_adjusted',
  'wins',
  'ties',
  'losses',
  'verdict',
  'note',
]

/** Every change as a row of plain numbers, for spreadsheets and scripts. */
export const comparisonRows = ({ comparison }: RunComparison): Table => {
  const text = (value: string | number | null): string => (value === null ? '' : String(value))
  const rows = comparison.changes.map((change) => {
    const pair = pairOf(change, comparison.pairs)
    return [
      change.pipeline,
      paramsText(change),
      change.versions.candidate,
      pair?.baseline.pipeline ?? change.pipeline,
      pair ? paramsText(pair.baseline) : '',
      change.versions.baseline,
      change.metric,
      change.level,
      change.rank,
      change.unit,
      change.direction,
      change.isPrimary ? 'yes' : 'no',
      change.nCommon,
      change.baseline,
      change.candidate,
      change.effect,
      change.effectScale,
      change.low,
      change.high,
      change.p,
      change.pAdjusted,
      change.wins,
      change.ties,
      change.losses,
      change.verdict,
      change.note,
    ].map(text)
  })
  return { head: HEAD, rows }
}
