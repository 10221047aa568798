import type { ComparedTools } from '../../app/compare-tools.ts'
import { formatMetric, formatQuantity } from '../format-number.ts'
import { type PagePart, renderPage } from '../table/page.ts'
import { isForPrograms, type Table, type TableOptions } from '../table/table.ts'

/** How far tools agree at the level shown: pairs first, then what all of them report of each sample. */
export const renderConcordance = (compared: ComparedTools, options: TableOptions): string => {
  const { primaryLevel: level, predictions } = compared
  const pairs = compared.summary.filter((one) => one.level === level)
  const sets = compared.sets.filter((one) => one.level === level)
  if (pairs.length === 0 && !isForPrograms(options)) return `Nothing can be compared at level ${level}.`
  const parts: PagePart[] = [
    `Level ${level}: agreement of ${predictions.length} tools with each other. No truth is involved: tools may agree on what is wrong.`,
    {
      head: ['', ...predictions.slice(1)],
      rows: predictions.slice(0, -1).map((left, row) => [
        left,
        ...predictions.slice(1).map((right, column) => {
          if (column < row) return ''
          const pair = pairs.find((one) => one.left === left && one.right === right)
          return pair === undefined ? '' : formatQuantity({ ...pair.jaccard }, '1')
        }),
      ]),
    },
    'Jaccard index: what two tools share among all that either reports, mean over samples.',
    '',
    {
      head: ['sample', 'by any', 'by most', 'by all', 'mean Jaccard'],
      rows: sets.map(({ sample, union, majority, intersection }) => [
        sample,
        String(union),
        String(majority),
        String(intersection),
        meanOf(
          compared.pairs
            .filter((one) => one.level === level && one.sample === sample)
            .flatMap(({ jaccard }) => (jaccard.value === null ? [] : [jaccard.value])),
        ),
      ]),
    },
  ]
  return renderPage(parts, () => pairRows(compared), options)
}

/** Each pair of tools on each sample and level, one a row. */
const pairRows = ({ pairs }: ComparedTools): Table => ({
  head: ['level', 'sample', 'left', 'right', 'jaccard', 'reason'],
  rows: pairs.map(({ level, sample, left, right, jaccard }) => [
    ...[level, sample, left, right],
    ...(jaccard.value === null ? ['', jaccard.reason] : [String(jaccard.value), '']),
  ]),
})

const meanOf = (values: readonly number[]): string =>
  values.length === 0 ? '' : formatMetric(values.reduce((sum, value) => sum + value, 0) / values.length, '1')
