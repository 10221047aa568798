import type { RunComparison } from '../../app/compare/run-comparison.ts'
import type { Change, UncheckedDatabase } from '../../core/comparison/comparison.ts'
import { paramsText } from '../rank/candidate-text.ts'
import type { Table } from '../table/table.ts'
import { onPurposeText } from './key-text.ts'
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
  'differs_on_purpose',
  'not_checked',
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
      comparison.controlled
        .filter(({ pipeline }) => isOf(pipeline, change))
        .map(onPurposeText)
        .join('; '),
      comparison.unchecked
        .filter(({ pipeline }) => isOf(pipeline, change))
        .map(uncheckedName)
        .join('; '),
    ].map(text)
  })
  return { head: HEAD, rows }
}

const isOf = (pipeline: string | null, change: Change): boolean => pipeline === null || pipeline === change.pipeline

const uncheckedName = ({ database }: UncheckedDatabase): string =>
  database === null ? 'databases' : `database ${database}`
