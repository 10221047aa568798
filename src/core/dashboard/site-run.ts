import type { Parameters } from '../pipeline.ts'
import type { Reason, Direction } from '../score.ts'

/** One metric at a level and a rank, as it repeats over runs. */
export interface SiteSeries {
  readonly metric: string
  readonly level: string | null
  readonly rank: string | null
  readonly unit: string
  readonly direction: Direction
}

/** A summary of one pipeline in one run. */
export interface SiteValue {
  readonly series: SiteSeries
  readonly value: number | null
  readonly reason: Reason | null
  readonly n: number
  readonly nExpected: number
  readonly low: number | null
  readonly high: number | null
}

/** One pipeline with one parameter set in one run: a row of the runs table. */
export interface SiteRun {
  readonly origin: 'hub' | 'own'
  readonly runId: string
  readonly project: string | null
  readonly startedAt: string
  readonly finishedAt: string | null
  readonly state: string
  readonly benchmarkType: string
  readonly dataset: { readonly id: string; readonly version: string; readonly labels: string | null } | null
  readonly pipeline: string
  readonly version: string | null
  readonly params: Parameters
  readonly label: string | null
  readonly branch: string | null
  readonly commit: string | null
  readonly tags: readonly string[]
  /** `owner`, `unknown-owner`, `revoked` or `local`. */
  readonly trust: string
  /** Processor, number of processors and memory; null where nobody said. */
  readonly machine: string | null
  /** What times must share to be compared. */
  readonly fingerprint: string | null
  /** One text for each way of scoring with one list of samples. */
  readonly setting: string
  readonly comparability: Readonly<Record<string, string>>
  /** What the pipeline read: name of a database -> content; null: not known, or not the same throughout the run. */
  readonly databases: Readonly<Record<string, string>> | null
  readonly values: readonly SiteValue[]
}

/** Whether a run says something about its pipeline that counts: finished, and by somebody who can be believed. */
export const excludedBecause = ({ state, trust }: Pick<SiteRun, 'state' | 'trust'>): string | null => {
  if (!FINISHED.has(state)) return state
  return trust === 'owner' || trust === 'local' ? null : trust
}

const FINISHED: ReadonlySet<string> = new Set(['completed', 'incomplete', 'imported'])

/** Newest last; equally new ones by id, then by pipeline, so that every machine has the same order. */
export const byTime = (left: SiteRun, right: SiteRun): number =>
  compare(left.startedAt, right.startedAt) ||
  compare(left.runId, right.runId) ||
  compare(left.pipeline, right.pipeline) ||
  compare(left.version ?? '', right.version ?? '') ||
  compare(JSON.stringify(left.params), JSON.stringify(right.params))

const compare = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0)
