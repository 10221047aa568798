import type { ScoredOutputs } from '../../app/score-outputs.ts'
import { RANKS, TABLE_RANKS } from '../../core/profile/ranks.ts'
import type { Aggregation } from '../../core/score.ts'
import { formatMetric, formatQuantity } from '../format-number.ts'
import { plainText } from '../plain-text.ts'
import { textTable } from './text-table.ts'

/** What each column shows: its heading, the metric, and how samples become one number. */
const COLUMNS: readonly (readonly [heading: string, metric: string, aggregation: Aggregation])[] = [
  ['Bray-Curtis', 'bray_curtis_distance', 'macro'],
  ['L1', 'l1_norm_error', 'macro'],
  ['completeness', 'completeness', 'macro'],
  ['purity', 'purity', 'macro'],
  ['F1', 'f1_score', 'macro'],
  ['sum', 'sum_of_abundances', 'macro'],
  ['found', 'true_positives', 'total'],
  ['wrong', 'false_positives', 'total'],
  ['missed', 'false_negatives', 'total'],
]
const TREE_COLUMNS: typeof COLUMNS = [
  ['weighted UniFrac error', 'weighted_unifrac_error', 'macro'],
  ['unweighted UniFrac error', 'unweighted_unifrac_error', 'macro'],
]

/** Profiles side by side, rank by rank, and over the whole tree; with `perSample` every rank and every sample. */
export const renderProfileScores = (
  scored: ScoredOutputs,
  options: { readonly perSample: boolean; readonly ranks: readonly string[]; readonly width?: number },
): string => {
  const labels = [...new Set(scored.values.map(({ prediction }) => prediction))]
  const samples = [...new Set(scored.values.map(({ sample }) => sample ?? ''))]
  const ranks = shownRanks(scored, options)
  const head = samples.length === 1 ? [] : ['samples']
  const parts = [
    samples.length === 1
      ? `Sample ${samples[0] ?? ''}; taxa are counted. Lower is better for Bray-Curtis, L1 and UniFrac.`
      : 'Means over samples with 95 % intervals; taxa summed over samples. Lower is better for Bray-Curtis, L1 and UniFrac.',
    textTable(
      ['rank', 'prediction', ...COLUMNS.map(([heading]) => heading), ...head],
      ranks.flatMap((rank) => labels.map((label) => [rank, ...summaryRow(scored, label, rank, COLUMNS, samples)])),
      options.width,
    ),
    '',
    textTable(
      ['prediction', ...TREE_COLUMNS.map(([heading]) => heading), ...head],
      labels.map((label) => summaryRow(scored, label, null, TREE_COLUMNS, samples)),
      options.width,
    ),
  ]
  if (options.perSample && samples.length > 1)
    parts.push(
      '',
      textTable(
        ['sample', 'rank', 'prediction', ...COLUMNS.map(([heading]) => heading)],
        sampleRows(scored, samples, ranks, labels),
        options.width,
      ),
    )
  return parts.map(plainText).join('\n')
}

const shownRanks = (
  scored: ScoredOutputs,
  { perSample, ranks }: { readonly perSample: boolean; readonly ranks: readonly string[] },
): readonly string[] => {
  const all = [...new Set(scored.values.flatMap(({ rank }) => (rank === null ? [] : [rank])))]
  const usual = all.filter((rank) => TABLE_RANKS.includes(rank))
  const shown = perSample || ranks.length > 0 || usual.length === 0 ? all : usual
  const place = (rank: string): number => (RANKS as readonly string[]).indexOf(rank)
  return shown.sort((left, right) => place(left) - place(right))
}

const summaryRow = (
  scored: ScoredOutputs,
  label: string,
  rank: string | null,
  columns: typeof COLUMNS,
  samples: readonly string[],
): string[] => {
  const summaries = columns.map(([, metric, aggregation]) =>
    scored.summary.find(
      (one) =>
        one.prediction === label &&
        one.rank === rank &&
        one.metric === metric &&
        one.method.aggregation === aggregation,
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

const sampleRows = (
  scored: ScoredOutputs,
  samples: readonly string[],
  ranks: readonly string[],
  labels: readonly string[],
): string[][] => {
  const key = (...parts: readonly (string | null)[]): string => JSON.stringify(parts)
  const cells = new Map(scored.values.map((one) => [key(one.sample, one.rank, one.prediction, one.metric), one]))
  return samples.flatMap((sample) =>
    ranks.flatMap((rank) =>
      labels.map((label) => [
        sample,
        rank,
        label,
        ...COLUMNS.map(([, metric]) => {
          const score = cells.get(key(sample, rank, label, metric))
          return score === undefined ? '' : formatQuantity(score, score.unit)
        }),
      ]),
    ),
  )
}
