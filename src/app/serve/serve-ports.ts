/** What `benchmark serve` answers with. Documents are those the commands print under `--json`. */
import type { RunRequestDocument } from '../../generated/run-request.ts'

/** Two projects to hold against each other. */
export interface PairWish {
  readonly projectA: string
  readonly projectB: string
  /** Only this metric, as `compare --metric` reads it; null: all. */
  readonly metric: string | null
}

/** A run that is asked for over http. Paths are absolute or relative to the project. */
export type RunWish = RunRequestDocument

/** A run in a process of its own. */
export interface StartedRun {
  readonly runId: string
  /** `benchmark.run-started/1` */
  readonly document: object
  /** `benchmark.run/1`, when nothing more happens to the run by itself. */
  readonly finished: () => Promise<object>
}

/** The dashboard as files. */
interface ServedSite {
  readonly folder: string
  /** Renews it where results changed. Rejects where there is nothing to show, and says why. */
  readonly renew: () => Promise<void>
  /** Resolves when it shows the results of now; rejects with what prevents that. */
  readonly renewFully: () => Promise<void>
}

export interface ServedProject {
  /** `benchmark.status/1` of what a run may be called. */
  status(reference: string): Promise<object>
  /** `benchmark.leaderboard/1`; a limit of 0 is none. */
  leaderboard(category: string, limit: number): Promise<object>
  /** `benchmark.dashboard-comparison/1` */
  compare(wish: PairWish): Promise<object>
  startRun(wish: RunWish): Promise<StartedRun>
  /** OpenAPI of everything that is answered. */
  openApi(): Promise<object>
  readonly site: ServedSite
}
