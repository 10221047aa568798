import type { ScoredOutputs } from '../../app/score-outputs.ts'
import type { Aggregation } from '../../core/score.ts'
import { formatMetric, formatQuantity } from '../format-number.ts'
import { renderAssemblyScores } from './assembly-score-table.ts'
import { renderBinningScores } from './binning-score-table.ts'
import { firstFew } from './first-few.ts'
import { renderPathogenScores } from './pathogen-score-table.ts'
import { renderProfileScores } from './profile-score-table.ts'
import { type PagePart, renderPage } from '../table/page.ts'
import type { TableOptions } from '../table/table.ts'
import { scoreRows } from './score-rows.ts'

const RATIOS = ['sensitivity', 'precision', 'f1_score', 'specificity'] as const
const COUNTS = ['true_positives', 'false_positives', 'false_negatives'] as const
const COUNT_HEADINGS = ['found', 'wrong', 'missed']

interface ScoreTableOptions extends TableOptions {
  readonly perSample: boolean
  /** Ranks the user asked for. */
  readonly ranks: readonly string[]
}

/** Predictions side by side, the way their benchmark type is read. */
export const renderScores = (scored: ScoredOutputs, options: ScoreTableOptions): string => {
  switch (scored.benchmarkType) {
    case 'assembly-quality':
      return renderAssemblyScores(scored, options)
    case 'binning':
      return renderBinningScores(scored, options)
    case 'diversity-analysis':
      return renderProfileScores(scored, options)
    case 'pathogen-detection':
      return renderPathogenScores(scored, options)
    default:
      return renderLevelScores(scored, options)
  }
}

/** At the primary level: means over samples, with the interval and how many samples count. */
const renderLevelScores = (scored: ScoredOutputs, options: ScoreTableOptions): string => {
  const labels = [...new Set(scored.values.map(({ prediction }) => prediction))]
  const parts: PagePart[] = [
    `Level ${scored.primaryLevel ?? ''}: mean over samples with its 95 % interval; genes summed over samples.`,
    {
      head: ['prediction', ...RATIOS, ...COUNT_HEADINGS, 'samples'],
      rows: labels.map((label) => summaryRow(scored, label)),
    },
  ]
  if (options.perSample)
    parts.push('', {
      head: ['prediction', 'sample', ...RATIOS.slice(0, 3), ...COUNT_HEADINGS, 'missed and (wrong) genes'],
      rows: labels.flatMap((label) => sampleRows(scored, label)),
    })
  return renderPage(parts, () => scoreRows(scored), options)
}

const summaryRow = (scored: ScoredOutputs, label: string): string[] => {
  const find = (metric: string, aggregation: Aggregation): ScoredOutputs['summary'][number] | undefined =>
    scored.summary.find(
      (one) =>
        one.prediction === label &&
        one.metric === metric &&
        one.level === scored.primaryLevel &&
        one.method.aggregation === aggregation,
    )
  const ratios = RATIOS.map((metric) => {
    const summary = find(metric, 'macro')
    if (summary === undefined) return ''
    const { low, high, unit } = summary
    const interval = low === null || high === null ? '' : ` [${formatMetric(low, unit)}, ${formatMetric(high, unit)}]`
    return `${formatQuantity(summary, unit)}${interval}`
  })
  const counts = COUNTS.map((metric) => {
    const summary = find(metric, 'total')
    return summary === undefined ? '' : formatQuantity(summary, summary.unit)
  })
  const counted = find('true_positives', 'total')
  return [label, ...ratios, ...counts, counted === undefined ? '' : `${counted.n} of ${counted.nExpected}`]
}

const sampleRows = (scored: ScoredOutputs, label: string): string[][] => {
  const values = scored.values.filter((one) => one.prediction === label && one.level === scored.primaryLevel)
  const cells = new Map(values.map((score) => [`${score.sample ?? ''}\t${score.metric}`, score]))
  const symbols = new Map<string, string[]>()
  for (const { prediction, level, sample, status, truthSymbol, callSymbol } of scored.matches) {
    if (prediction !== label || level !== scored.primaryLevel || status === 'TP') continue
    const shown = status === 'FN' ? (truthSymbol ?? '') : `(${callSymbol ?? ''})`
    symbols.set(sample, [...(symbols.get(sample) ?? []), shown])
  }
  return [...new Set(values.map(({ sample }) => sample ?? ''))].map((sample) => {
    const cell = (metric: string): string => {
      const score = cells.get(`${sample}\t${metric}`)
      return score === undefined ? '' : formatQuantity(score, score.unit)
    }
    return [label, sample, ...RATIOS.slice(0, 3).map(cell), ...COUNTS.map(cell), firstFew(symbols.get(sample) ?? [])]
  })
}
