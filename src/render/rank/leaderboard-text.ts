import type { RankedField } from '../../app/rank/rank-category.ts'
import type { MetricFigure } from '../../core/ranking/metric-figures.ts'
import type { RankedEntry, Ranking } from '../../core/ranking/rank-candidates.ts'
import { formatMetric, formatRatio, formatTime } from '../format-number.ts'
import { plainLine } from '../plain-text.ts'
import { inertProse } from '../markdown/inert-text.ts'
import { isForPrograms, renderTable, type Table, type TableOptions } from '../table/table.ts'
import {
  candidateText,
  countText,
  mixedDatabaseText,
  paramsText,
  pipelineText,
  seriesText,
  shareText,
} from './candidate-text.ts'

/** How a leaderboard is written. */
export interface LeaderboardTextOptions extends TableOptions {
  /** Entries to show; 0 shows all. */
  readonly limit: number
  /** Also how it was made. */
  readonly explain: boolean
}

/** A leaderboard as people read it, or as a spreadsheet does. */
export const renderLeaderboard = (field: RankedField, options: LeaderboardTextOptions): string => {
  const { ranking } = field
  const entries = (ranking?.entries ?? []).slice(0, options.limit === 0 ? undefined : options.limit)
  if (isForPrograms(options)) return renderTable(valuesOf(field, entries), options)
  const table: Draw = (head, rows) => renderTable({ head, rows }, options)
  const prose = options.format === 'markdown' ? inertProse : (text: string): string => text
  if (ranking === null)
    return `${prose(headText(field))}\n\nNobody has results here yet: run the benchmark, or read the hub with benchmark sync. The demonstration of benchmark test counts only where it is asked for: --dataset amr-embedded.`
  const parts = [
    prose(headText(field)),
    entries.length === 0 ? 'Nobody is ranked.' : entriesTable(entries, table),
    restText(ranking.entries.length - entries.length),
    prose(readingText(ranking)),
    prose(mixedText(field)),
    unrankedText(field, table),
    options.explain ? explanation(field, entries, table, prose) : '',
  ]
  return parts.filter((part) => part !== '').join('\n\n')
}

type Draw = (head: readonly string[], rows: readonly (readonly string[])[]) => string

const headText = ({ category, datasets, hub, syncedAt }: RankedField): string => {
  const on = datasets.length === 0 ? '' : ` on ${datasets.join(', ')}`
  const from =
    hub === null
      ? 'Own runs only: this project has no hub.'
      : syncedAt === null
        ? 'Own runs only: the hub was never read (benchmark sync).'
        : `Own runs and those of the hub, read ${formatTime(syncedAt)} UTC.`
  return `${plainLine(`Leaderboard of ${category}${on}`)}\n${from}`
}

const entriesTable = (entries: readonly RankedEntry[], table: Draw): string => {
  const [first] = entries
  const shown = (first?.figures ?? []).filter(({ weight }) => weight > 0)
  const rows = entries.map((entry) => [
    rankText(entry),
    pipelineText(entry.candidate),
    paramsText(entry.candidate),
    entry.candidate.project ?? '–',
    formatRatio(entry.score),
    ...shown.map((_figure, index) => figureText(entry.figures.filter(({ weight }) => weight > 0)[index])),
    String(entry.nSamples),
    notesOf(entry).join(', '),
  ])
  const head = ['place', 'pipeline', 'parameters', 'project', 'score', ...shown.map(seriesText), 'samples', 'notes']
  const used = head.map((name, column) => name === 'place' || rows.some((row) => row[column] !== ''))
  const kept = (row: readonly string[]): readonly string[] => row.filter((_, column) => used[column])
  return table(kept(head), rows.map(kept))
}

/** `2 (1–3)`: the place, and where it may be with other samples of the kind. */
const rankText = ({ rank, interval }: RankedEntry): string =>
  interval === null || (interval.rankLow === rank && interval.rankHigh === rank)
    ? String(rank)
    : `${String(rank)} (${String(interval.rankLow)}–${String(interval.rankHigh)})`

const figureText = (figure: MetricFigure | undefined): string =>
  figure === undefined || figure.value === null ? '–' : formatMetric(figure.value, figure.unit)

const notesOf = (entry: RankedEntry): readonly string[] => [
  ...(entry.rank > 1 && entry.tiedWithBest ? ['level with the first'] : []),
  ...(entry.provisional ? ['provisional'] : []),
  ...(entry.trust.some(({ trust }) => trust === 'local') ? ['yours'] : []),
  ...(entry.trust.some(({ trust }) => trust === 'unknown-owner') ? ['not signed by its owner'] : []),
  ...(entry.trust.some(({ trust }) => trust === 'revoked') ? ['signed with a revoked key'] : []),
  ...(entry.coverage < 1 ? [`${shareText(entry.coverage)} of the values`] : []),
]

const restText = (more: number): string =>
  more > 0 ? `${countText(more, 'further candidate')} (--limit 0 shows all).` : ''

const readingText = ({ entries, smallestWeightChange }: Ranking): string => {
  const [first] = entries
  if (!first || entries.length === 1) return ''
  const tied = entries.filter(({ tiedWithBest }) => tiedWithBest).length
  const lines = [
    tied === 1
      ? `These samples show that ${candidateText(first.candidate)} is ahead of every other.`
      : `These samples cannot tell the first ${countText(tied, 'candidate')} apart: more samples could put any of them first.`,
    `With weights like these it is first in ${shareText(first.nearWeights.first)} of the cases.`,
  ]
  const rival = entries.find(({ key }) => key === smallestWeightChange?.rival)
  if (smallestWeightChange && rival)
    lines.push(
      `${candidateText(rival.candidate)} would be level if ${seriesText(smallestWeightChange)} counted ${shareText(smallestWeightChange.to)} instead of ${shareText(smallestWeightChange.from)}.`,
    )
  if (first.provisional) lines.push('Provisional: fewer than five samples say little about others.')
  return lines.join('\n')
}

/** Rows that are not of one and the same, a sentence each. */
export const mixedText = ({ mixedDatabases }: RankedField): string =>
  mixedDatabases.map((one) => `Note: ${mixedDatabaseText(one)}.`).join('\n')

const unrankedText = (field: RankedField, table: Draw): string => {
  const rows = unrankedRows(field)
  return rows.length === 0 ? '' : `Without a place:\n\n${table(['pipeline', 'parameters', 'project', 'why'], rows)}`
}

const unrankedRows = ({ ranking, notComparable }: RankedField): readonly (readonly string[])[] => [
  ...(ranking?.excluded ?? []).map(({ candidate, broken }) => [
    ...nameCells(candidate),
    broken
      .map(({ constraint, limit, value }) =>
        value === null
          ? `${constraint}: not measured`
          : `${constraint} ${limitText(constraint, limit)}: has ${limitText(constraint, value)}`,
      )
      .join('; '),
  ]),
  ...(ranking?.unranked ?? []).map(({ candidate, missing, reason }) => [
    ...nameCells(candidate),
    reason === 'nothing_applies'
      ? 'nothing of this board applies to it'
      : `lacks ${countText(missing.length, 'required value')} (${[...new Set(missing.map((one) => `${one.metric}: ${one.reason.replaceAll('_', ' ')}`))].slice(0, 3).join(', ')})`,
  ]),
  ...notComparable.map(({ run }) => [...nameCells(run), 'was scored with other settings']),
]

/** A limit in the unit its name implies. */
export const limitText = (constraint: string, value: number): string =>
  constraint === 'max_runtime'
    ? formatMetric(value, 'seconds')
    : constraint === 'max_memory'
      ? formatMetric(value, 'bytes')
      : formatMetric(value, 'ratio')

const nameCells = (candidate: RankedEntry['candidate']): readonly string[] => [
  pipelineText(candidate),
  paramsText(candidate),
  candidate.project ?? '–',
]

const explanation = (
  field: RankedField,
  entries: readonly RankedEntry[],
  table: Draw,
  prose: (text: string) => string,
): string => {
  const { ranking } = field
  if (ranking === null) return ''
  const scales = ranking.board.metrics.map(({ anchor, weight, required, ...series }) => [
    seriesText(series),
    shareText(weight),
    String(anchor.worst),
    String(anchor.best),
    anchor.scale,
    required ? 'yes' : 'no',
  ])
  const opinions = entries.map((entry) => [
    String(entry.rank),
    candidateText(entry.candidate),
    String(entry.secondOpinion.bordaRank),
    String(entry.secondOpinion.positionsRank),
    String(entry.secondOpinion.ratioRank),
    `${entry.pareto.place} (${shareText(entry.pareto.share)})`,
    shareText(entry.nearWeights.first),
    shareText(entry.anyWeights.first),
    entry.pAgainstBest === null ? '–' : formatRatio(entry.pAgainstBest),
  ])
  const bases = Object.entries(ranking.bases ?? {}).map(
    ([name, { method, n, m, level, assumption, seed, warnings }]) =>
      `  ${name}: ${method}, n = ${String(n)}, ${countText(m, 'sample')}${level === null ? '' : `, level ${String(level)}`}${assumption === null ? '' : `, assumes ${assumption}`}${seed === null ? '' : `, seed ${seed}`}${warnings.length === 0 ? '' : `; ${warnings.join(', ')}`}`,
  )
  const agreements = ranking.agreements
    .filter(({ rules: [left] }) => left === 'score')
    .map(({ rules: [, other], tauB }) => `${other} ${tauB === null ? '–' : tauB.toFixed(2)}`)
  return [
    'How it was made',
    `Each value becomes a number from 0 (worst) to 1 (best) on a fixed scale; the score is their weighted mean over samples. Weights are those of the ${field.weightsFrom === 'configuration' ? 'configuration (evaluation.priority)' : field.definition === null ? 'built-in definition' : `hub's definition, version ${String(field.definition)}`}.`,
    table(['metric', 'weight', 'worst', 'best', 'scale', 'required'], scales),
    ...(opinions.length === 0
      ? []
      : [
          'Other rules and weights: places by Borda points, sum of positions and mean ratio; share of the draws nobody is better in everything; share of weightings that put it first; adjusted p against the first.',
          table(
            ['place', 'candidate', 'Borda', 'positions', 'ratio', 'Pareto', 'near weights', 'any weights', 'p'],
            opinions,
          ),
          `Agreement with the score (Kendall's tau-b): ${agreements.join(', ')}.`,
        ]),
    ...(bases.length === 0 ? [] : [prose(bases.join('\n'))]),
  ].join('\n\n')
}

const valuesOf = (field: RankedField, entries: readonly RankedEntry[]): Table => {
  const metrics = field.ranking?.board.metrics ?? []
  const names = metrics.map(({ metric, level, rank }) =>
    [metric, level, rank].filter((part) => part !== null).join('@'),
  )
  const number = (value: number | null | undefined): string =>
    value === null || value === undefined ? '' : String(Number(value.toPrecision(6)))
  const head = [
    'rank',
    'rank_low',
    'rank_high',
    'project',
    'pipeline',
    'version',
    'params',
    'score',
    'n_samples',
    'coverage',
    'provisional',
    'tied_with_best',
    ...names,
    'reason',
  ]
  const ranked = entries.map((entry) => [
    ...[entry.rank, entry.interval?.rankLow, entry.interval?.rankHigh].map(number),
    entry.candidate.project ?? '',
    entry.candidate.pipeline,
    entry.candidate.version ?? '',
    paramsText(entry.candidate),
    number(entry.score),
    number(entry.nSamples),
    number(entry.coverage),
    String(entry.provisional),
    String(entry.tiedWithBest),
    ...entry.figures.map(({ value }) => number(value)),
    '',
  ])
  const rest = unrankedRows(field).map(([pipeline = '', params = '', project = '', why = '']) => [
    '',
    '',
    '',
    project,
    pipeline,
    '',
    params,
    '',
    '',
    '',
    '',
    '',
    ...names.map(() => ''),
    why,
  ])
  return { head, keys: head, rows: [...ranked, ...rest] }
}
