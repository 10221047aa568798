import type { CommunityComparison } from '../../app/rank/compare-with-community.ts'
import { formatMetric, formatRatio } from '../format-number.ts'
import { plainLine } from '../plain-text.ts'
import { inertProse } from '../markdown/inert-text.ts'
import { isForPrograms, numberCell, renderTable, type TableOptions } from '../table/table.ts'
import { candidateText, seriesText, unitOf } from './candidate-text.ts'

/** How a comparison with the community is written. */
export interface CommunityTextOptions extends TableOptions {
  readonly explain?: boolean
}

/** Where a run stands among everybody's, as people read it. */
export const renderCommunity = (comparison: CommunityComparison, options: CommunityTextOptions): string => {
  const { places, statistics, groupSize, rank } = comparison
  const rows = statistics.map((of) => {
    const place = places.find((one) => one.metric === of.metric && one.level === of.level && one.rank === of.rank)
    const show = (value: number): string => formatMetric(value, unitOf(of.metric))
    const { quartiles } = of
    return [
      seriesText(of),
      numberCell(place?.value ?? null, show),
      numberCell(place?.place ?? null, (value) =>
        place?.of == null ? '–' : `${String(value)} of ${String(place.of)}`,
      ),
      numberCell(place?.percentile ?? null, (value) => `better than ${value.toFixed(0)} %`),
      numberCell(quartiles?.median ?? null, show, withheldText(of.withheld, groupSize)),
      { text: quartiles ? `${show(quartiles.first)} to ${show(quartiles.third)}` : '' },
    ]
  })
  const head = ['metric', 'yours', 'place', 'percentile', 'community', 'middle half']
  const table = renderTable({ head, rows }, options)
  if (isForPrograms(options)) return table
  const prose = options.format === 'markdown' ? inertProse : (text: string): string => text
  return [
    prose(plainLine(`Run ${comparison.runId} among comparable ${comparison.category} runs on ${comparison.dataset}`)),
    prose(overall(rank, groupSize)),
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
