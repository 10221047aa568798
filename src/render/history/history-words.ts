import type { JudgedSeries, ProjectHistory } from '../../app/history/project-history.ts'
import type { EndedRun } from '../../app/history/history-ports.ts'
import { shortDigests } from '../../core/databases.ts'
import { databaseChanges } from '../../core/history/database-changes.ts'
import type { LevelShift } from '../../core/history/history.ts'
import { formatCommand } from '../../core/split-command.ts'
import { formatMetric, formatTime } from '../format-number.ts'
import { countText, seriesText } from '../rank/candidate-text.ts'

/** `watch (suspect)`, `unjudged: too short`. */
export const stateText = ({ finding: { state, newest, reasons } }: JudgedSeries): string => {
  if (state === 'unjudged') return `unjudged: ${unjudgedText(reasons[0] ?? '')}`
  return newest?.isSuspect === true ? `${state} (suspect)` : state
}

const UNJUDGED: Readonly<Record<string, string>> = {
  missing: 'no value in the newest run',
  'too short': 'too few runs',
  'zero spread': 'moved, and no noise is known',
}

/** Why a series was not judged, for people. */
export const unjudgedText = (reason: string): string => UNJUDGED[reason] ?? reason

/** `kma sensitivity (gene)`, with the parameters where there are any. */
export const seriesName = ({ series, finding }: JudgedSeries): string => {
  const params = Object.entries(series.params)
    .map(([name, value]) => `${name}=${String(value)}`)
    .join(' ')
  const of = seriesText({ metric: finding.metric, level: series.level, rank: series.rank })
  return `${series.pipeline}${params === '' ? '' : ` (${params})`} ${of}`
}

/** The newest level, or that there is none. */
export const newestText = ({ levels, series }: JudgedSeries): string => {
  const newest = levels.at(-1) ?? null
  return newest === null ? '–' : formatMetric(newest, series.definition.unit)
}

/** `0.912 to 0.951`: where the newest level was expected. */
export const expectedText = ({ finding: { newest }, series }: JudgedSeries): string =>
  newest === null
    ? '–'
    : `${formatMetric(newest.low, series.definition.unit)} to ${formatMetric(newest.high, series.definition.unit)}`

/** What was found in a series, one sentence a line; nothing for a quiet one without a story. */
export const findingLines = (judged: JudgedSeries, { runs }: Pick<ProjectHistory, 'runs'>): readonly string[] => {
  const { finding, series, blessings } = judged
  const byId = new Map(runs.map((run) => [run.runId, run]))
  const unit = series.definition.unit
  const lines = finding.shifts.map((shift) => shiftLine(judged, shift, byId))
  if (finding.drift !== null) {
    const { shift, isRelative, turn, p, isConfirmed } = finding.drift
    lines.push(
      `${turnWord(turn)} steadily, by ${sizeText(shift, isRelative, unit)} over ${countText(finding.n, 'run')} (p ${pText(p)}${isConfirmed ? '' : ', not confirmed over all series'}).`,
    )
  }
  const { newest } = finding
  if (newest?.isOutside === true)
    lines.push(
      `${runText(byId.get(newest.label), newest.label)} has ${formatMetric(newest.value, unit)}, outside of what was expected (${expectedText(judged)})${newest.isSuspect ? ', even after correction' : ''}.`,
    )
  if (lines.length === 0 && finding.state === 'watch') lines.push(...finding.reasons.map(sentence))
  for (const { from, by, at, why } of blessings)
    lines.push(`Accepted from ${from} on by ${by}, ${at.slice(0, 10)}: ${why}`)
  return lines
}

/** The newest step a series has not gone back from. */
export const currentShift = ({ finding }: Pick<JudgedSeries, 'finding'>): LevelShift | undefined =>
  finding.shifts.filter(({ isCurrent }) => isCurrent).at(-1)

/** Where databases changed, and where nobody knows whether they did; one sentence for all series of a pipeline. */
export const databaseLines = ({ series, runs }: Pick<ProjectHistory, 'series' | 'runs'>): readonly string[] => {
  const byId = new Map(runs.map((run) => [run.runId, run]))
  const lines = series.flatMap(({ series: { pipeline, points } }) => {
    const changes = databaseChanges(points).map(
      ({ from, database, before, after }) =>
        `${pipeline} read another database ${database} from ${runText(byId.get(from), from)} on (${shortDigests(before)} → ${shortDigests(after)}): its series are judged anew from there.`,
    )
    const unknown = points.filter(({ databases }) => databases == null).length
    const isTold = points.some(({ databases }) => databases != null && Object.keys(databases).length > 0)
    return isTold && unknown > 0
      ? [
          ...changes,
          `Which databases ${pipeline} read is not known of ${countText(unknown, 'run')}: a change there could not be seen.`,
        ]
      : changes
  })
  return [...new Set(lines)]
}

/** The command that accepts what was found as the new level; null where nothing moved. */
export const blessCommand = ({ finding, series }: JudgedSeries): string | null => {
  if (finding.state !== 'confirmed' && finding.state !== 'watch') return null
  const run = currentShift({ finding })?.from ?? finding.newest?.label ?? series.points.at(-1)?.label
  if (run === undefined) return null
  const level = series.level === null ? [] : ['--level', series.level]
  const rank = series.rank === null ? [] : ['--rank', series.rank]
  const words = ['benchmark', 'history', 'bless', run, '--metric', finding.metric, ...level, ...rank]
  return `${formatCommand([...words, '--pipeline', series.pipeline])} --why "…"`
}

const shiftLine = (
  { finding, series: { definition, points } }: JudgedSeries,
  { from, before, after, shift, isRelative, turn, p, isCurrent, isConfirmed }: LevelShift,
  runs: ReadonlyMap<string, EndedRun>,
): string => {
  const { unit } = definition
  const previous = runBefore(points, from)
  const since = previous === null ? '' : `, after ${runText(runs.get(previous), previous)}`
  const notes = [
    `p ${pText(p)}`,
    ...(isConfirmed || finding.drift !== null ? [] : ['not confirmed over all series']),
    ...(isCurrent ? [] : ['not current: it went back']),
  ]
  return `${turnWord(turn)} from ${runText(runs.get(from), from)} on${since}: ${formatMetric(before, unit)} → ${formatMetric(after, unit)}, ${sizeText(shift, isRelative, unit)} (${notes.join('; ')}).`
}

/** The last run with a value before another: what changed, changed between the two. */
export const runBefore = (points: JudgedSeries['series']['points'], runId: string): string | null => {
  const measured = points.filter(({ values }) => values.length > 0)
  const index = measured.findIndex(({ label }) => label === runId)
  return index < 1 ? null : (measured[index - 1]?.label ?? null)
}

const runText = (run: EndedRun | undefined, runId: string): string => {
  const commit = run?.commit == null ? '' : ` (commit ${run.commit.slice(0, 10)})`
  return `${runId}${commit}`
}

/** `2026-11-23 10:15 to 2026-11-26 11:46 UTC`. */
export const spanText = (runs: readonly EndedRun[]): string => {
  const times = runs.map(({ startedAt }) => startedAt).sort()
  return `${formatTime(times[0] ?? '')} to ${formatTime(times.at(-1) ?? '')} UTC`
}

const turnWord = (turn: LevelShift['turn']): string =>
  turn === 'better' ? 'Better' : turn === 'worse' ? 'Worse' : 'Moved'

const sizeText = (shift: number, isRelative: boolean, unit: string): string => {
  const sign = shift > 0 ? '+' : shift < 0 ? '-' : ''
  const size = Math.abs(shift)
  return `${sign}${isRelative ? `${Number((size * 100).toPrecision(3))} %` : formatMetric(size, unit)}`
}

/** Three digits, never 0. */
export const pText = (p: number): string => (p < 0.0001 ? '<0.0001' : String(Number(p.toPrecision(2))))

const sentence = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`
