import type { ScoredOutputs } from '../../app/score-outputs.ts'
import { RANKS, TABLE_RANKS } from '../../core/profile/ranks.ts'
import type { Aggregation } from '../../core/score.ts'
import { formatMetric, formatQuantity } from '../format-number.ts'
import { type PagePart, renderPage } from '../table/page.ts'
import type { Table, TableOptions } from '../table/table.ts'
import { scoreRows } from './score-rows.ts'

type Column = readonly [heading: string, metric: string, aggregation: Aggregation]

/** What each column shows: its heading, the metric, and how samples become one number. */
const COLUMNS: readonly Column[] = [
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
/** Beside the errors as stated, where ranks do not sum to 100 %. */
const SCALED_COLUMNS: readonly Column[] = [
  ['scaled: Bray-Curtis', 'bray_curtis_distance_normalized', 'macro'],
  ['scaled: L1', 'l1_norm_error_normalized', 'macro'],
]
const TREE_COLUMNS: readonly Column[] = [
  ['weighted UniFrac error', 'weighted_unifrac_error', 'macro'],
  ['unweighted UniFrac error', 'unweighted_unifrac_error', 'macro'],
]
const BETA_COLUMNS: readonly Column[] = [
  ['Bray-Curtis', 'bray_curtis'],
  ['Jaccard', 'jaccard'],
  ['Aitchison', 'aitchison'],
].flatMap(([title = '', name = '']): Column[] => [
  [`${title}: Mantel r`, `beta_${name}_mantel`, 'macro'],
  [`${title}: error`, `beta_${name}_difference`, 'macro'],
])

/**
 * Profiles side by side, rank by rank, over the whole tree, and between samples; with `perSample` every rank and every
 * sample.
 */
export const renderProfileScores = (
  scored: ScoredOutputs,
  options: TableOptions & { readonly perSample: boolean; readonly ranks: readonly string[] },
): string => {
  const labels = [...new Set(scored.values.map(({ prediction }) => prediction))]
  const samples = [...new Set(scored.values.flatMap(({ sample }) => (sample === null ? [] : [sample])))]
  const ranks = shownRanks(scored, options)
  const scaled = scalingMatters(scored, ranks) ? SCALED_COLUMNS : []
  const columns = [...COLUMNS.slice(0, 2), ...scaled, ...COLUMNS.slice(2)]
  const head = samples.length === 1 ? [] : ['samples']
  const table = (first: readonly string[], of: readonly Column[], rows: string[][]): Table => ({
    head: [...first, ...of.map(([heading]) => heading)],
    rows,
  })
  const parts: PagePart[] = [
    samples.length === 1
      ? `Sample ${samples[0] ?? ''}; taxa are counted. Lower is better for Bray-Curtis, L1 and UniFrac.`
      : 'Means over samples with 95 % intervals; taxa summed over samples. Lower is better for Bray-Curtis, L1 and UniFrac.',
    ...(scaled.length === 0 ? [] : [SCALED_NOTE]),
    {
      head: ['rank', 'prediction', ...columns.map(([heading]) => heading), ...head],
      rows: ranks.flatMap((rank) =>
        labels.map((label) => [rank, ...summaryRow(scored, label, rank, columns, samples)]),
      ),
    },
    '',
    {
      head: ['prediction', ...TREE_COLUMNS.map(([heading]) => heading), ...head],
      rows: labels.map((label) => summaryRow(scored, label, null, TREE_COLUMNS, samples)),
    },
  ]
  const beta = BETA_COLUMNS.filter(([, metric]) =>
    scored.values.some((one) => one.value !== null && one.metric.startsWith(metric.replace(/_[a-z]+$/, '_'))),
  )
  if (beta.length > 0)
    parts.push(
      '',
      'Whether samples differ from each other as they do in truth: correlation (higher is better) and mean error of the distances between them.',
      table(
        ['rank', 'prediction'],
        beta,
        ranks.flatMap((rank) => labels.map((label) => [rank, ...summaryRow(scored, label, rank, beta, ['one'])])),
      ),
    )
  if (options.perSample && samples.length > 1)
    parts.push(
      '',
      table(['sample', 'rank', 'prediction'], columns, sampleRows(scored, columns, { samples, ranks, labels })),
    )
  return renderPage(parts, () => scoreRows(scored), options)
}

const SCALED_NOTE =
  'Not every rank sums to 100 % (see the warnings). "scaled" takes each rank of truth and prediction as 100 %, so that only the shares of what was classified are compared; without it, what is missing on either side counts as an error.'

/** Whether errors as stated and of scaled ranks would be shown as different numbers. */
const scalingMatters = (scored: ScoredOutputs, ranks: readonly string[]): boolean => {
  const shown = new Set<string | null>(ranks)
  const scaledMetrics = new Set(SCALED_COLUMNS.map(([, metric]) => metric))
  const key = (of: ScoredOutputs['values'][number], metric: string): string =>
    JSON.stringify([of.prediction, of.sample, of.rank, metric])
  const values = new Map(
    scored.values
      .filter(({ metric }) => scaledMetrics.has(metric))
      .map((one) => [key(one, one.metric), one.value] as const),
  )
  return scored.values.some((one) => {
    const metric = `${one.metric}_normalized`
    if (!scaledMetrics.has(metric) || !shown.has(one.rank) || one.value === null) return false
    const scaled = values.get(key(one, metric)) ?? null
    return scaled !== null && Math.abs(scaled - one.value) > 0.0005
  })
}

const shownRanks = (
  scored: ScoredOutputs,
  { perSample, ranks }: { readonly perSample: boolean; readonly ranks: readonly string[] },
): readonly string[] => {
  const all = [...new Set(scored.values.flatMap(({ rank }) => (rank === null ? [] : [rank])))]
  // Ranks at which no sample has true taxa tell nothing, unless they are asked for.
  const known = all.filter((rank) =>
    scored.values.some((one) => one.rank === rank && one.metric === 'completeness' && one.reason !== 'no_truth'),
  )
  const usual = known.filter((rank) => TABLE_RANKS.includes(rank))
  const telling = usual.length > 0 ? usual : known.length > 0 ? known : all
  const shown = perSample || ranks.length > 0 ? all : telling
  const place = (rank: string): number => (RANKS as readonly string[]).indexOf(rank)
  return shown.sort((left, right) => place(left) - place(right))
}

const summaryRow = (
  scored: ScoredOutputs,
  label: string,
  rank: string | null,
  columns: readonly Column[],
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
  // What compares abundances may have no value where what compares presence has.
  const counted = summaries.reduce((most, one) => ((one?.n ?? -1) > (most?.n ?? -1) ? one : most))
  const n = samples.length === 1 ? [] : [counted === undefined ? '' : `${counted.n} of ${counted.nExpected}`]
  return [label, ...cells, ...n]
}

const sampleRows = (
  scored: ScoredOutputs,
  columns: readonly Column[],
  { samples, ranks, labels }: Readonly<Record<'samples' | 'ranks' | 'labels', readonly string[]>>,
): string[][] => {
  const key = (...parts: readonly (string | null)[]): string => JSON.stringify(parts)
  const cells = new Map(scored.values.map((one) => [key(one.sample, one.rank, one.prediction, one.metric), one]))
  return samples.flatMap((sample) =>
    ranks.flatMap((rank) =>
      labels.map((label) => [
        sample,
        rank,
        label,
        ...columns.map(([, metric]) => {
          const score = cells.get(key(sample, rank, label, metric))
          return score === undefined ? '' : formatQuantity(score, score.unit)
        }),
      ]),
    ),
  )
}
