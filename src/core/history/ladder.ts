import { shortDigests } from '../databases.ts'
import { databaseChanges } from './database-changes.ts'
import type { HistoryFinding, HistorySeries, HistoryState } from './history.ts'
import type { Levels } from './levels.ts'

const FEWEST = 2

/** Why a series cannot be judged at all, or null. */
export const unjudgedBecause = ({ points, definition }: HistorySeries, { levels }: Levels): string | null => {
  if (points.length === 0 || points.at(-1)?.values.length === 0) return 'missing'
  if (levels.length < FEWEST) return 'too short'
  const measured = points.filter(({ values }) => values.length > 0)
  const machines = new Set(measured.map(({ machine }) => machine))
  return definition.family === 'resources' && machines.size > 1 ? 'mixed machines' : null
}

const percent = (shift: number, isRelative: boolean): string =>
  isRelative ? `${Number((shift * 100).toPrecision(3))} %` : String(Number(shift.toPrecision(3)))

/** Where another database starts a series anew. */
export const anewBecause = ({ points }: HistorySeries): readonly string[] =>
  databaseChanges(points).map(
    ({ from, database, before, after }) =>
      `judged anew from ${from} on: another database ${database} (${shortDigests(before)} → ${shortDigests(after)})`,
  )

/** State and reasons. Only what is current counts: a move that has gone back is told, and does not raise the state. */
export const stateOf = (
  {
    newest,
    shifts,
    drift,
    isFirstChange,
  }: Pick<HistoryFinding, 'newest' | 'shifts' | 'drift'> & { readonly isFirstChange: boolean },
  unjudged: string | null,
  anew: readonly string[] = [],
): { readonly state: HistoryState; readonly reasons: readonly string[] } => {
  if (unjudged !== null) return { state: 'unjudged', reasons: [unjudged, ...anew] }
  const current = shifts.filter(({ isCurrent }) => isCurrent)
  const isConfirmed = current.some((shift) => shift.isConfirmed) || drift?.isConfirmed === true
  const isWatched = current.length > 0 || drift !== null || newest?.isOutside === true || isFirstChange
  const reasons = [
    ...shifts.map(
      ({ from, shift, isRelative, isCurrent, isConfirmed: passes }) =>
        `level ${percent(shift, isRelative)} from ${from} on${isCurrent ? '' : ', not current: it went back'}${passes ? '' : ', not confirmed over all series'}`,
    ),
    ...(drift === null ? [] : [`drift of ${percent(drift.shift, drift.isRelative)} over the window`]),
    ...(newest?.isOutside === true
      ? [`${newest.label} is outside of what was expected${newest.isSuspect ? ', even after correction' : ''}`]
      : []),
    ...(isFirstChange ? ['every earlier version had the same value, and the newest has another'] : []),
  ]
  return {
    state: isConfirmed ? 'confirmed' : isWatched ? 'watch' : 'quiet',
    reasons: [...(reasons.length > 0 ? reasons : ['nothing moved by more than noise']), ...anew],
  }
}
