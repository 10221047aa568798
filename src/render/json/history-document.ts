import type { BlessingChange } from '../../app/history/bless-shift.ts'
import type { JudgedSeries, ProjectHistory } from '../../app/history/project-history.ts'
import { databaseChanges } from '../../core/history/database-changes.ts'
import type { Blessing } from '../../core/history/blessing.ts'
import type { BlessedLevel, BlessingListDocument } from '../../generated/blessing-list.ts'
import type { HistoryDocument, HistorySeries } from '../../generated/history.ts'
import { runBefore } from '../history/history-words.ts'

/** What `history --json` prints. */
export const toHistoryDocument = (history: ProjectHistory): HistoryDocument => ({
  schema: 'benchmark.history/1',
  runs: history.runs.map(({ runId, startedAt, finishedAt, label, branch, commit, dataset }) => ({
    run_id: runId,
    started_at: startedAt,
    finished_at: finishedAt,
    ...{ label, branch, commit },
    dataset: dataset?.id ?? null,
  })),
  more_runs: history.isCut,
  judged: history.judged,
  unjudged: { ...history.unjudged },
  ended: history.ended,
  series: history.series.map(seriesDocument),
})

const seriesDocument = ({ series, finding, levels, dataset, machine, blessings }: JudgedSeries): HistorySeries => ({
  ...{ pipeline: series.pipeline, params: series.params, metric: finding.metric },
  ...{ level: series.level, rank: series.rank, unit: series.definition.unit, direction: series.definition.direction },
  primary: series.isPrimary,
  dataset: dataset && { id: dataset.id, version: dataset.version },
  machine,
  state: finding.state,
  suspect: finding.newest?.isSuspect ?? false,
  reasons: [...finding.reasons],
  n: finding.n,
  points: series.points.map(({ label, values }, index) => ({
    run_id: label,
    value: levels[index] ?? null,
    repeats: values.length,
  })),
  newest: finding.newest && {
    run_id: finding.newest.label,
    value: finding.newest.value,
    low: finding.newest.low,
    high: finding.newest.high,
    earlier: finding.newest.earlier,
    borrowed: finding.newest.isBorrowed,
    df: finding.newest.df,
    p: finding.newest.p,
    p_adjusted: finding.newest.pAdjusted,
    outside: finding.newest.isOutside,
    turn: finding.newest.turn,
  },
  shifts: finding.shifts.map((shift) => ({
    from: shift.from,
    after_run: runBefore(series.points, shift.from),
    before: shift.before,
    after: shift.after,
    shift: shift.shift,
    relative: shift.isRelative,
    turn: shift.turn,
    p: shift.p,
    current: shift.isCurrent,
    confirmed: shift.isConfirmed,
  })),
  drift: finding.drift && {
    shift: finding.drift.shift,
    relative: finding.drift.isRelative,
    turn: finding.drift.turn,
    p: finding.drift.p,
    confirmed: finding.drift.isConfirmed,
  },
  blessings: blessings.map(({ from, why, by, at }) => ({ from, why, by, at })),
  database_changes: databaseChanges(series.points).map(({ from, database, before, after }) => ({
    ...{ from, database, before, after },
  })),
})

/** What `history bless --json` prints. */
export const toBlessingListDocument = (change: BlessingChange): BlessingListDocument => ({
  schema: 'benchmark.blessing-list/1',
  file: change.file,
  ignored_by_git: change.isIgnored,
  added: change.added.map(blessingDocument),
  removed: change.removed.map(blessingDocument),
  blessings: change.blessings.map(blessingDocument),
})

const blessingDocument = ({ run, commit, metric, level, rank, pipeline, why, by, at }: Blessing): BlessedLevel => ({
  ...{ run, commit, metric, level, rank, pipeline, why, by, at },
})
