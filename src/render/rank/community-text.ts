import type { CommunityComparison } from '../../app/rank/compare-with-community.ts'
import { formatMetric, formatRatio } from '../format-number.ts'
import { plainLine } from '../plain-text.ts'
import { textTable } from '../terminal/text-table.ts'
import { candidateText, seriesText, unitOf } from './candidate-text.ts'
import { csvText, markdownTable, tsvText } from './delimited.ts'

/** How a comparison with the community is written. */
export interface CommunityTextOptions {
  readonly format: 'table' | 'markdown' | 'csv' | 'tsv'
  readonly explain?: boolean
  readonly width?: number
}

/** Where a run stands among everybody's, as people read it. */
export const renderCommunity = (comparison: CommunityComparison, options: CommunityTextOptions): string => {
  const { places, statistics, groupSize, rank } = comparison
  const rows = statistics.map((of) => {
    const place = places.find((one) => one.metric === of.metric && one.level === of.level && one.rank === of.rank)
    const show = (value: number): string => formatMetric(value, unitOf(of.metric))
    return [
      seriesText(of),
      place ? show(place.value) : '–',
      place?.place == null || place.of === null ? '–' : `${String(place.place)} of ${String(place.of)}`,
      place?.percentile == null ? '–' : `better than ${place.percentile.toFixed(0)} %`,
      of.quartiles === null ? withheldText(of.withheld, groupSize) : show(of.quartiles.median),
      of.quartiles === null ? '' : `${show(of.quartiles.first)} to ${show(of.quartiles.third)}`,
    ]
  })
  const head = ['metric', 'yours', 'place', 'percentile', 'community', 'middle half']
  if (options.format === 'csv') return csvText(head, rows)
  if (options.format === 'tsv') return tsvText(head, rows)
  const table = options.format === 'markdown' ? markdownTable(head, rows) : textTable(head, rows, options.width)
  return [
    plainLine(`Run ${comparison.runId} among comparable ${comparison.category} runs on ${comparison.dataset}`),
    overall(rank, groupSize),
    table,
    options.explain === true
      ? `Each contributor counts once, with the mean of what they shared; numbers with fewer than ${String(groupSize)} contributors are withheld. Anonymous contributors are counted within one month.`
      : '',
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

const overall = (rank: CommunityComparison['rank'], groupSize: number): string => {
  if (rank === null) return 'None of its pipelines has every value the score needs.'
  const what = `${candidateText(rank.entry.candidate)} scores ${formatRatio(rank.entry.score)}`
  return rank.rank === null || rank.of === null || rank.percentile === null
    ? `${what}; its place is not told: ${withheldText(rank.withheld, groupSize)}.`
    : `${what}: place ${String(rank.rank)} of ${String(rank.of)}, better than ${rank.percentile.toFixed(0)} % of the others.`
}

const withheldText = (withheld: 'fewer_than_k' | 'no_values' | null, groupSize: number): string =>
  withheld === 'no_values' ? 'nobody else has values' : `fewer than ${String(groupSize)} contributors`
