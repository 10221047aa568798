import type { ScoredOutputs } from '../../app/score-outputs.ts'
import { parseLevel } from '../../core/pathogen/truth-level.ts'
import type { Aggregation } from '../../core/score.ts'
import { formatQuantity } from '../format-number.ts'
import { firstFew } from './first-few.ts'
import { type PagePart, renderPage } from '../table/page.ts'
import type { Table, TableOptions } from '../table/table.ts'
import { scoreRows } from './score-rows.ts'

/** What each column shows: its heading, the metric, and how samples become one number. */
type Columns = readonly (readonly [heading: string, metric: string, aggregation: Aggregation])[]

const CALLS: Columns = [
  ['sensitivity', 'sensitivity', 'micro'],
  ['precision', 'precision', 'micro'],
  ['F1', 'f1_score', 'micro'],
  ['specificity', 'specificity', 'micro'],
  ['found', 'true_positives', 'total'],
  ['wrong', 'false_positives', 'total'],
  ['missed', 'false_negatives', 'total'],
]
const DETAILS: Columns = [
  ['limit of detection', 'limit_of_detection', 'total'],
  ['wrong in a negative sample', 'fp_per_negative_sample', 'macro'],
  ['near neighbours', 'near_neighbour_fp', 'total'],
  ['off the panel', 'off_panel_calls', 'total'],
  ['rank of the true', 'true_pathogen_rank', 'macro'],
  ['AUROC', 'auroc', 'macro'],
]

/** Predictions side by side over panel × samples; with `perSample` every sample, with what was missed and wrong. */
export const renderPathogenScores = (
  scored: ScoredOutputs,
  options: TableOptions & { readonly perSample: boolean },
): string => {
  const labels = [...new Set(scored.values.map(({ prediction }) => prediction))]
  const rank = scored.values[0]?.rank ?? ''
  const parts: PagePart[] = [
    `Calls at the rank ${rank}, all samples together.`,
    callTable(scored, labels),
    '',
    detailTable(scored, labels),
  ]
  const curve = detectionTable(scored, labels)
  if (curve !== null) parts.push('', 'Share of the taxa at each level of the truth that was found:', curve)
  if (options.perSample)
    parts.push('', {
      head: ['sample', 'prediction', ...CALLS.map(([heading]) => heading), 'missed and (wrong) taxa'],
      rows: sampleRows(scored, labels),
    })
  return renderPage(parts, () => scoreRows(scored), options)
}

const summaryCells = ({ summary }: ScoredOutputs, label: string, columns: Columns): readonly Cell[] =>
  columns.map(([, metric, how]) =>
    summary.find((one) => one.prediction === label && one.metric === metric && one.method.aggregation === how),
  )
type Cell = ScoredOutputs['summary'][number] | undefined

const callTable = (scored: ScoredOutputs, labels: readonly string[]): Table => ({
  head: ['prediction', ...CALLS.map(([heading]) => heading), 'samples'],
  rows: labels.map((label) => {
    const cells = summaryCells(scored, label, CALLS)
    const counted = cells.find((one) => one?.metric === 'true_positives')
    return [
      label,
      ...cells.map((one) => (one === undefined ? '' : formatQuantity(one, one.unit))),
      counted === undefined ? '' : `${counted.n} of ${counted.nExpected}`,
    ]
  }),
})

// Each of these speaks of some samples only, so each says of how many.
const detailTable = (scored: ScoredOutputs, labels: readonly string[]): Table => ({
  head: ['prediction', ...DETAILS.map(([heading]) => heading)],
  rows: labels.map((label) => [label, ...summaryCells(scored, label, DETAILS).map(detail)]),
})

const detail = (summary: Cell): string => {
  if (summary === undefined) return ''
  const value = formatQuantity(summary, summary.unit)
  return summary.value === null ? value : `${value} (n=${summary.n})`
}

const detectionTable = ({ summary }: ScoredOutputs, labels: readonly string[]): Table | null => {
  const rates = summary.flatMap((one) => {
    const level = one.metric === 'detection_rate' ? parseLevel(one.level) : null
    return level === null ? [] : [{ ...one, amount: level.amount, measure: level.measure }]
  })
  const amounts = [...new Set(rates.map(({ amount }) => amount))].sort((left, right) => right - left)
  const measure = rates[0]?.measure
  if (measure === undefined) return null
  return {
    head: [measure, ...labels],
    rows: amounts.map((amount) => [
      String(amount),
      ...labels.map((label) => {
        const rate = rates.find((one) => one.amount === amount && one.prediction === label)
        return rate === undefined ? '' : `${formatQuantity(rate, rate.unit)} (n=${rate.n})`
      }),
    ]),
  }
}

const sampleRows = (scored: ScoredOutputs, labels: readonly string[]): string[][] => {
  const key = (...parts: readonly (string | null)[]): string => JSON.stringify(parts)
  const cells = new Map(scored.values.map((one) => [key(one.prediction, one.sample, one.metric), one]))
  const symbols = new Map<string, string[]>()
  for (const { prediction, sample, status, truthSymbol, callSymbol } of scored.matches) {
    if (status === 'TP') continue
    const shown = status === 'FN' ? (truthSymbol ?? '') : `(${callSymbol ?? ''})`
    const of = key(prediction, sample)
    symbols.set(of, [...(symbols.get(of) ?? []), shown])
  }
  const samples = [...new Set(scored.values.map(({ sample }) => sample ?? ''))]
  return samples.flatMap((sample) =>
    labels.map((label) => [
      sample,
      label,
      ...CALLS.map(([, metric]) => {
        const score = cells.get(key(label, sample, metric))
        return score === undefined ? '' : formatQuantity(score, score.unit)
      }),
      firstFew(symbols.get(key(label, sample)) ?? []),
    ]),
  )
}
