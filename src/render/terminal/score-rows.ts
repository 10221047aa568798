import type { ScoredOutputs } from '../../app/score-outputs.ts'
import type { Table } from '../table/table.ts'

/** Every score of every sample, one a row, as the document has them. */
export const scoreRows = ({ values }: ScoredOutputs): Table => ({
  head: ['prediction', 'sample', 'metric', 'level', 'rank', 'unit', 'direction', 'value', 'reason'],
  rows: values.map((one) =>
    [
      ...[one.prediction, one.sample, one.metric, one.level, one.rank, one.unit, one.direction],
      ...[one.value, one.value === null ? one.reason : null],
    ].map((value) => (value === null ? '' : String(value))),
  ),
})
