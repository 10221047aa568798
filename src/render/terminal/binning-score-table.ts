import type { ScoredOutputs } from '../../app/score-outputs.ts'
import { formatMetric, formatQuantity } from '../format-number.ts'
import { type PagePart, renderPage } from '../table/page.ts'
import type { Table, TableOptions } from '../table/table.ts'
import { scoreRows } from './score-rows.ts'

type Columns = readonly (readonly [heading: string, metric: string])[]

const BY_BASE_PAIRS: Columns = [
  ['avg purity', 'average_purity_bp'],
  ['avg completeness', 'average_completeness_bp'],
  ['F1', 'f1_score_bp'],
  ['adjusted Rand', 'adjusted_rand_index_bp'],
  ['accuracy', 'accuracy_bp'],
  ['binned', 'percentage_binned_bp'],
]
const BY_SEQUENCES: Columns = BY_BASE_PAIRS.map(([heading, metric]) => [heading, metric.replace(/_bp$/, '_seq')])
const RECOVERED: Columns = [50, 70, 90].flatMap((completeness) =>
  [10, 5].map(
    (contamination) =>
      [`>${completeness} <${contamination}`, `recovered_genomes_${completeness}_${contamination}`] as const,
  ),
)
const OUTSIDE: Columns = [
  ['sequences', 'sequences_outside_truth'],
  ['base pairs', 'bp_outside_truth'],
  ['whole bins', 'bins_outside_truth'],
]

/** Binnings side by side: averages by base pairs and by sequences, genomes recovered, and what the truth does not know. */
export const renderBinningScores = (
  scored: ScoredOutputs,
  options: TableOptions & { readonly perSample: boolean },
): string => {
  const samples = [...new Set(scored.values.map(({ sample }) => sample ?? ''))]
  const shown = { scored, samples, labels: [...new Set(scored.values.map(({ prediction }) => prediction))] }
  const table = (heading: string, columns: Columns, aggregation: 'macro' | 'total'): readonly PagePart[] => [
    heading,
    {
      head: ['prediction', ...columns.map(([name]) => name), ...(samples.length === 1 ? [] : ['samples'])],
      rows: shown.labels.map((label) => summaryRow(shown, label, columns, aggregation)),
    },
    '',
  ]
  const isOutside = scored.values.some(({ metric, value }) => metric === 'sequences_outside_truth' && value !== 0)
  const parts: PagePart[] = [
    samples.length === 1 ? `Sample ${samples[0] ?? ''}.` : 'Means over samples with 95 % intervals; counts are summed.',
    '',
    ...table('By base pairs:', BY_BASE_PAIRS, 'macro'),
    ...table('By sequences:', BY_SEQUENCES, 'macro'),
    ...table('Genomes recovered, by completeness and contamination in %:', RECOVERED, 'total'),
    ...(isOutside ? table('In bins, but not in the truth (no number above sees these):', OUTSIDE, 'total') : []),
  ]
  if (options.perSample && samples.length > 1) parts.push(sampleTable(shown))
  return renderPage(parts, () => scoreRows(scored), options)
}

interface Shown {
  readonly scored: ScoredOutputs
  readonly samples: readonly string[]
  readonly labels: readonly string[]
}

const summaryRow = (
  { scored, samples }: Shown,
  label: string,
  columns: Columns,
  aggregation: 'macro' | 'total',
): string[] => {
  const summaries = columns.map(([, metric]) =>
    scored.summary.find(
      (one) => one.prediction === label && one.metric === metric && one.method.aggregation === aggregation,
    ),
  )
  const cells = summaries.map((summary) => {
    if (summary === undefined) return ''
    const { low, high, unit } = summary
    const interval = low === null || high === null ? '' : ` [${formatMetric(low, unit)}, ${formatMetric(high, unit)}]`
    return `${formatQuantity(summary, unit)}${interval}`
  })
  const counted = summaries[0]
  const n = samples.length === 1 ? [] : [counted === undefined ? '' : `${counted.n} of ${counted.nExpected}`]
  return [label, ...cells, ...n]
}

const sampleTable = ({ scored, samples, labels }: Shown): Table => {
  const columns: Columns = [...BY_BASE_PAIRS, ...RECOVERED.filter((_one, index) => index === 0 || index === 5)]
  const key = (...parts: readonly (string | null)[]): string => JSON.stringify(parts)
  const cells = new Map(scored.values.map((one) => [key(one.sample, one.prediction, one.metric), one]))
  const rows = samples.flatMap((sample) =>
    labels.map((label) => [
      sample,
      label,
      ...columns.map(([, metric]) => {
        const score = cells.get(key(sample, label, metric))
        return score === undefined ? '' : formatQuantity(score, score.unit)
      }),
    ]),
  )
  return { head: ['sample', 'prediction', ...columns.map(([name]) => name)], rows }
}
