import type { MetricDefinition } from '../metrics/definition.ts'
import type { EffectOptions } from '../comparison/effect-rule.ts'

/** One version of a pipeline in a series: its repeats, or none where it was not measured. */
export interface HistoryPoint {
  /** What a reader knows it by: a version, a commit, a run id. */
  readonly label: string
  /** Values of the repeats, in the metric's unit. */
  readonly values: readonly number[]
  /** Machine class; resources only. */
  readonly machine: string | null
  /** Somebody accepted that the level is another one from here on (who and why is in the registry). */
  readonly isBlessed?: boolean
  /** Name -> content of what it read; null or left out: not known. Other contents start the series anew. */
  readonly databases?: Readonly<Record<string, string>> | null
}

/** One metric of one pipeline configuration on one data set, versions in order. */
export interface HistorySeries {
  /** Unique among the series of a report. */
  readonly key: string
  readonly definition: MetricDefinition
  readonly isPrimary: boolean
  readonly points: readonly HistoryPoint[]
  /** Repeats of other configurations on the same machine class and data set, to borrow a spread from. */
  readonly storedRepeats?: readonly (readonly number[])[]
}

export type HistoryOptions = EffectOptions & {
  readonly alpha?: number
}

/** The ladder a series ends on. */
export type HistoryState = 'confirmed' | 'watch' | 'quiet' | 'unjudged'

/** Which way a level moved, by the direction of the metric. */
export type Turn = 'better' | 'worse' | 'other'

/** A step between two levels. Levels are in the metric's unit; the shift is a share where `isRelative`. */
export interface LevelShift {
  /** Label of the first version at the new level. */
  readonly from: string
  readonly index: number
  readonly before: number
  readonly after: number
  readonly shift: number
  readonly isRelative: boolean
  readonly turn: Turn
  readonly p: number
  /** Whether the series is still away from where it was before. A move that has gone back is not current. */
  readonly isCurrent: boolean
  /** Whether it also passes the correction over all series of the report. */
  readonly isConfirmed: boolean
}

/** A steady move over the whole window. */
export interface Drift {
  /** Move over the window, in the unit or as a share. */
  readonly shift: number
  readonly isRelative: boolean
  readonly turn: Turn
  readonly p: number
  readonly isConfirmed: boolean
}

/** The newest version against those before it. */
export interface NewestPoint {
  readonly label: string
  readonly value: number
  /** Where it was expected with 95 % probability. */
  readonly low: number
  readonly high: number
  /** Versions the expectation rests on, and whether their spread was borrowed. */
  readonly earlier: number
  readonly isBorrowed: boolean
  readonly df: number
  readonly p: number
  readonly pAdjusted: number | null
  readonly isOutside: boolean
  /** Outside even after Holm's correction over the primary metrics, and by more than matters. */
  readonly isSuspect: boolean
  readonly turn: Turn
}

export interface HistoryFinding {
  readonly key: string
  readonly metric: string
  readonly state: HistoryState
  /** Why, in one line each, for a reader. */
  readonly reasons: readonly string[]
  readonly newest: NewestPoint | null
  readonly shifts: readonly LevelShift[]
  readonly drift: Drift | null
  /** Versions with a value. */
  readonly n: number
}

/** All series of a report, in order of their keys, and how many were not judged and why. */
export interface HistoryReport {
  readonly findings: readonly HistoryFinding[]
  readonly judged: number
  readonly unjudged: Readonly<Record<string, number>>
}
