import type { SeriesIdentity } from './series-of-runs.ts'

/** Somebody accepted that a metric has another level from a run on. */
export interface Blessing {
  readonly run: string
  /** Commit of that run: where the database has not got it (another machine), its first run of this commit counts. */
  readonly commit: string | null
  readonly metric: string
  /** Null: any. */
  readonly level: string | null
  readonly rank: string | null
  readonly pipeline: string | null
  readonly why: string
  readonly by: string
  /** ISO 8601, UTC. */
  readonly at: string
}

/** Which series a blessing is about. */
export type BlessedSeries = Pick<Blessing, 'metric' | 'level' | 'rank' | 'pipeline'>

/** Whether a blessing is about a series. */
export const isAbout = (blessing: BlessedSeries, series: Omit<SeriesIdentity, 'params'>): boolean =>
  blessing.metric === series.metric &&
  (blessing.level === null || blessing.level === series.level) &&
  (blessing.rank === null || blessing.rank === series.rank) &&
  (blessing.pipeline === null || blessing.pipeline === series.pipeline)

/** Whether two blessings are of one run and the same series: the later one takes the place of the earlier. */
export const isSameBlessing = (
  left: BlessedSeries & { run: string },
  right: BlessedSeries & { run: string },
): boolean =>
  left.run === right.run &&
  left.metric === right.metric &&
  left.level === right.level &&
  left.rank === right.rank &&
  left.pipeline === right.pipeline

/** Runs in order -> the run from which each blessing counts here. Blessings of runs and commits nobody has here are not in it. */
export const placeBlessings = (
  blessings: readonly Blessing[],
  runs: readonly { readonly runId: string; readonly commit: string | null }[],
): ReadonlyMap<string, readonly Blessing[]> => {
  const placed = new Map<string, Blessing[]>()
  for (const blessing of blessings) {
    const from =
      runs.find(({ runId }) => runId === blessing.run) ??
      (blessing.commit === null ? undefined : runs.find(({ commit }) => commit === blessing.commit))
    if (from !== undefined) placed.set(from.runId, [...(placed.get(from.runId) ?? []), blessing])
  }
  return placed
}
