import type { JudgedSeries, ProjectHistory } from '../../app/history/project-history.ts'
import { plainLine } from '../plain-text.ts'
import { countText } from '../rank/candidate-text.ts'
import { inertProse } from '../markdown/inert-text.ts'
import { type Cell, isForPrograms, renderTable, type TableOptions } from '../table/table.ts'
import {
  blessCommand,
  currentShift,
  databaseLines,
  expectedText,
  findingLines,
  newestText,
  pText,
  seriesName,
  spanText,
  stateText,
  unjudgedText,
} from './history-words.ts'
import { historyRows } from './history-rows.ts'
import { sparkline } from './sparkline.ts'

export interface HistoryTextOptions extends TableOptions {
  /** Also quiet series of metrics that are not important. */
  readonly all: boolean
  readonly explain: boolean
  readonly ascii: boolean
}

const ALWAYS_SHOWN: readonly string[] = ['wall_seconds', 'peak_rss_bytes']

/** A history as people read it: one series a row, then what was found. */
export const renderHistory = (history: ProjectHistory, options: HistoryTextOptions): string => {
  if (isForPrograms(options)) return historyRows(history, options.format === 'tsv' ? 'tsv' : 'csv')
  if (history.runs.length === 0)
    return 'No finished run yet; a history begins with the second one. Start one with `benchmark run`.'
  const isMarkdown = options.format === 'markdown'
  const shown = history.series.filter((one) => options.all || isOfInterest(one))
  const parts = [
    `${isMarkdown ? '## ' : ''}History of ${countText(history.runs.length, 'run')}${history.isCut ? ' (the newest; --limit 0 takes all)' : ''}, ${spanText(history.runs)}`,
    shown.length === 0 ? 'No series has a value.' : seriesTable(shown, options),
    foundText(shown, history, isMarkdown),
    alsoText(
      history.series.filter((one) => !shown.includes(one)),
      isMarkdown,
    ),
    databaseLines(history)
      .map((line) => proseOf(line, isMarkdown))
      .join('\n'),
    acceptText(shown, history.series, isMarkdown),
    summaryText(history, history.series.length - shown.length),
    options.explain ? explanation(shown, history, isMarkdown) : '',
  ]
  return parts.filter((part) => part !== '').join('\n\n')
}

/** Text with names of the user's in it, made harmless for where it is read. */
const proseOf = (text: string, isMarkdown: boolean): string => {
  const line = plainLine(text)
  return isMarkdown ? inertProse(line) : line
}

const isOfInterest = ({ series, finding }: JudgedSeries): boolean =>
  series.isPrimary || ALWAYS_SHOWN.includes(finding.metric)

const seriesTable = (shown: readonly JudgedSeries[], options: HistoryTextOptions): string => {
  const isMixed = new Set(shown.map(({ dataset }) => dataset?.id)).size > 1
  const machines = [...new Set(shown.flatMap(({ machine }) => machine ?? []))]
  const rows = shown.map((one) => [
    stateCell(one),
    seriesName(one),
    ...(isMixed ? [one.dataset?.id ?? ''] : []),
    ...(machines.length > 1 ? [one.machine?.slice(0, 8) ?? ''] : []),
    String(one.finding.n),
    sparkline(one.levels, { ascii: options.ascii }),
    newestText(one),
    expectedText(one),
  ])
  const head = [
    ...['state', 'series'],
    ...(isMixed ? ['dataset'] : []),
    ...(machines.length > 1 ? ['machine'] : []),
    ...['runs', 'oldest to newest', 'newest', 'expected'],
  ]
  return renderTable({ head, rows }, options)
}

const stateCell = (one: JudgedSeries): Cell => {
  const { state, shifts, drift, newest } = one.finding
  const text = stateText(one)
  if (state !== 'confirmed' && state !== 'watch') return text
  const turn = shifts.filter(({ isCurrent }) => isCurrent).at(-1)?.turn ?? drift?.turn ?? newest?.turn
  return { text, tone: turn === 'better' ? 'good' : turn === 'worse' && state === 'confirmed' ? 'bad' : 'warning' }
}

const foundText = (shown: readonly JudgedSeries[], history: ProjectHistory, isMarkdown: boolean): string =>
  shown
    .flatMap((one) => {
      const lines = findingLines(one, history)
      if (lines.length === 0) return []
      const told = lines.map((line) => proseOf(line, isMarkdown))
      const head = proseOf(`${seriesName(one)}: ${stateText(one)}`, isMarkdown)
      return [
        isMarkdown
          ? [`**${head}**`, '', ...told.map((line) => `- ${line}`)].join('\n')
          : [head, ...told.map((line) => `  ${line}`)].join('\n'),
      ]
    })
    .join('\n\n')

/** What else moved, in few words: one change shows in many metrics. */
const alsoText = (hidden: readonly JudgedSeries[], isMarkdown: boolean): string =>
  (['confirmed', 'watch'] as const)
    .flatMap((state) => {
      const groups = new Map<string, string[]>()
      for (const { series, finding } of hidden) {
        if (finding.state !== state) continue
        const name = `${series.pipeline} ${finding.metric}`
        const details = [series.level, series.rank].flatMap((part) => part ?? []).join(' ')
        groups.set(name, [...(groups.get(name) ?? []), details])
      }
      const names = [...groups].map(([name, details]) => {
        const known = [...new Set(details)].filter((detail) => detail !== '')
        return known.length === 0 ? name : `${name} (${known.join(', ')})`
      })
      const head = state === 'confirmed' ? 'Also confirmed' : 'Also to watch'
      return names.length === 0 ? [] : [proseOf(`${head}, of other metrics (--all): ${names.join('; ')}.`, isMarkdown)]
    })
    .join('\n')

/** How to accept a level that is right, with the first one found as the example. */
const acceptText = (shown: readonly JudgedSeries[], all: readonly JudgedSeries[], isMarkdown: boolean): string => {
  const first = shown.find((one) => blessCommand(one) !== null)
  if (first === undefined) return ''
  const run = currentShift(first)?.from
  const others = run === undefined ? [] : all.filter((one) => one !== first && currentShift(one)?.from === run)
  return [
    `If a new level is right, accept it: ${blessCommand(first) ?? ''}`,
    ...(others.length === 0
      ? []
      : [`Everything that moved at that run: benchmark history bless ${run ?? ''} --all --why "…"`]),
  ]
    .map((line) => proseOf(line, isMarkdown))
    .join(isMarkdown ? '\n\n' : '\n')
}

const summaryText = ({ series, unjudged, judged, ended }: ProjectHistory, hidden: number): string => {
  const count = (state: string): number => series.filter(({ finding }) => finding.state === state).length
  const reasons = Object.entries(unjudged)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([reason, number]) => `${String(number)} ${unjudgedText(reason)}`)
  const lines = [
    `${String(judged)} series judged: ${String(count('confirmed'))} confirmed, ${String(count('watch'))} to watch, ${String(count('quiet'))} quiet.${reasons.length === 0 ? '' : ` Not judged: ${reasons.join('; ')}.`}`,
  ]
  const left = [
    ...(hidden === 0 ? [] : [`${String(hidden)} of other metrics`]),
    ...(ended === 0 ? [] : [`${String(ended)} that ended because samples, truth or scoring changed`]),
  ]
  if (left.length > 0) lines.push(`Not shown: ${left.join(', ')} (--all).`)
  return lines.join('\n')
}

const explanation = (shown: readonly JudgedSeries[], history: ProjectHistory, isMarkdown: boolean): string => {
  const primary = history.series.filter(
    ({ series, finding }) => series.isPrimary && finding.newest !== null && finding.state !== 'unjudged',
  ).length
  const lines = [
    'Each run is one point, the mean over its samples and repeats (geometric for times and sizes), in the order of commits where git knows them.',
    `Expected: 95 % prediction interval from the runs at the same level. Holm's correction over ${String(primary)} primary series decides who is suspect.`,
    `Steps: rank scan over at least 8 runs, p <= 0.05, by more than what matters and three times the noise; confirmed when it passes Benjamini-Hochberg over all ${String(history.judged)} judged series. Drift: Mann-Kendall and Theil-Sen over at least 10 runs.`,
    ...shown.map((one) => proseOf(`${seriesName(one)}: ${ladderText(one)}`, isMarkdown)),
  ]
  const head = 'How it was judged'
  return isMarkdown
    ? [`### ${head}`, '', ...lines.map((line) => `- ${line}`)].join('\n')
    : [head, ...lines.map((line) => `  ${line}`)].join('\n')
}

const ladderText = ({ finding: { newest, shifts, drift, reasons, n, state } }: JudgedSeries): string => {
  const spread = newest?.isBorrowed === true ? 'borrowed spread' : 'own spread'
  const expectation =
    newest === null
      ? 'nothing to expect'
      : `newest against ${countText(newest.earlier, 'run')} before (${spread}, df ${String(newest.df)}): p ${pText(newest.p)}${newest.pAdjusted === null ? '' : `, corrected ${pText(newest.pAdjusted)}`}`
  const moved = [
    shifts.length === 0 ? 'no step' : `steps with p ${shifts.map(({ p }) => pText(p)).join(', ')}`,
    drift === null ? 'no drift' : `drift with p ${pText(drift.p)}`,
  ]
  return `${countText(n, 'run')} with a value; ${expectation}; ${moved.join(', ')}; ${state}: ${reasons.join('; ')}`
}
