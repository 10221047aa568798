// Generated from schemas/ by `npm run generate:types`. Do not edit.

/**
 * What `benchmark history --json` prints.
 */
export interface HistoryDocument {
  /**
   * Kind and version of this document.
   */
  schema: 'benchmark.history/1'
  /**
   * Runs looked at, in the order they were judged, oldest first.
   */
  runs: HistoryRun[]
  /**
   * Whether there are older runs that were not looked at.
   */
  more_runs: boolean
  /**
   * Series that were judged: the family of the corrections.
   */
  judged: number
  /**
   * How many were not, by reason.
   */
  unjudged: {
    [k: string]: number | undefined
  }
  /**
   * Series left out because samples, truth or scoring changed.
   */
  ended: number
  /**
   * Primary metrics first, then by pipeline.
   */
  series: HistorySeries[]
}
/**
 * A run of the history.
 */
export interface HistoryRun {
  /**
   * Id of the run.
   */
  run_id: string
  /**
   * UTC.
   */
  started_at: string
  /**
   * UTC; null where it is not known.
   */
  finished_at: string | null
  /**
   * Name given by the user.
   */
  label: string | null
  /**
   * Branch it was made on.
   */
  branch: string | null
  /**
   * Commit it was made on.
   */
  commit: string | null
  /**
   * Id of the dataset; null for files without a name.
   */
  dataset: string | null
}
/**
 * One metric of one pipeline and parameter set on the same samples, truth and scoring; resources on one class of machine.
 */
export interface HistorySeries {
  /**
   * Pipeline.
   */
  pipeline: string
  /**
   * Parameter set.
   */
  params: {
    [k: string]: string | number | boolean | undefined
  }
  /**
   * Id of the metric.
   */
  metric: string
  /**
   * Match level, or null.
   */
  level: string | null
  /**
   * Taxonomic rank, or null.
   */
  rank: string | null
  /**
   * Unit of all values.
   */
  unit: string
  /**
   * What is better.
   */
  direction: 'higher' | 'lower' | 'none'
  /**
   * Whether it is of a metric declared as important.
   */
  primary: boolean
  /**
   * The dataset; null for files without a name.
   */
  dataset: SeriesDataset | null
  /**
   * Class of machine, for resources.
   */
  machine: string | null
  /**
   * Where it ends on the ladder.
   */
  state: 'confirmed' | 'watch' | 'quiet' | 'unjudged'
  /**
   * Whether the newest run is off even after correction, and by more than matters.
   */
  suspect: boolean
  /**
   * Why it has this state.
   */
  reasons: string[]
  /**
   * Runs with a value.
   */
  n: number
  /**
   * Oldest first.
   */
  points: SeriesPoint[]
  /**
   * Null where nothing could be expected.
   */
  newest: NewestPoint | null
  /**
   * In order.
   */
  shifts: LevelShift[]
  /**
   * Null: none.
   */
  drift: SeriesDrift | null
  /**
   * Runs from which on another content of a database was read: the series is judged anew from each.
   */
  database_changes: DatabaseChange[]
  /**
   * Levels that were accepted.
   */
  blessings: SeriesBlessing[]
}
/**
 * A dataset by name.
 */
export interface SeriesDataset {
  /**
   * Its id.
   */
  id: string
  /**
   * Its version.
   */
  version: string
}
/**
 * A run in a series.
 */
export interface SeriesPoint {
  /**
   * Id of the run.
   */
  run_id: string
  /**
   * Level in the unit of the metric: the mean over samples and repeats, geometric for times and sizes; null where the run gave none.
   */
  value: number | null
  /**
   * Repeats it is the mean of.
   */
  repeats: number
}
/**
 * The newest run against those before it.
 */
export interface NewestPoint {
  /**
   * Id of the run.
   */
  run_id: string
  /**
   * Its level.
   */
  value: number
  /**
   * Where it was expected with 95 % probability: lower end.
   */
  low: number
  /**
   * Upper end.
   */
  high: number
  /**
   * Runs that the expectation rests on.
   */
  earlier: number
  /**
   * Whether the spread is that of repeats of other pipelines.
   */
  borrowed: boolean
  /**
   * Degrees of freedom of the spread.
   */
  df: number
  /**
   * Chance of being so far off by noise.
   */
  p: number
  /**
   * After Holm's correction over the primary series; null for others.
   */
  p_adjusted: number | null
  /**
   * Whether it is outside of low to high.
   */
  outside: boolean
  /**
   * Which way, by the direction of the metric.
   */
  turn: 'better' | 'worse' | 'other'
}
/**
 * A step from one level to another.
 */
export interface LevelShift {
  /**
   * First run at the new level.
   */
  from: string
  /**
   * Last run at the level before: what changed, changed between the two.
   */
  after_run: string | null
  /**
   * Level before.
   */
  before: number
  /**
   * Level after.
   */
  after: number
  /**
   * Difference in the unit of the metric, or a share where relative.
   */
  shift: number
  /**
   * Whether the shift is a share.
   */
  relative: boolean
  /**
   * Which way, by the direction of the metric.
   */
  turn: 'better' | 'worse' | 'other'
  /**
   * Chance of such a step by noise.
   */
  p: number
  /**
   * Whether the series is still away from where it was.
   */
  current: boolean
  /**
   * Whether it passes the correction over all series.
   */
  confirmed: boolean
}
/**
 * A steady move.
 */
export interface SeriesDrift {
  /**
   * Move over all runs, in the unit or as a share.
   */
  shift: number
  /**
   * Whether the shift is a share.
   */
  relative: boolean
  /**
   * Which way, by the direction of the metric.
   */
  turn: 'better' | 'worse' | 'other'
  /**
   * Chance of such a trend by noise.
   */
  p: number
  /**
   * Whether it passes the correction over all series.
   */
  confirmed: boolean
}
/**
 * Another content of a database.
 */
export interface DatabaseChange {
  /**
   * First run with it.
   */
  from: string
  /**
   * Name of the database.
   */
  database: string
  /**
   * SHA-256 before, or none.
   */
  before: string
  /**
   * SHA-256 from there on, or none.
   */
  after: string
}
/**
 * An accepted level.
 */
export interface SeriesBlessing {
  /**
   * Run from which it counts here.
   */
  from: string
  /**
   * Why it is right.
   */
  why: string
  /**
   * Who accepted it.
   */
  by: string
  /**
   * When, UTC.
   */
  at: string
}
