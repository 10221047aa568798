/** What histories and plans read of earlier runs: as little as they need, so that thousands of runs answer at once. */
import type { ComparedRun, PrimaryMetric } from '../../core/comparison/comparison.ts'
import type { Blessing } from '../../core/history/blessing.ts'
import type { RunState } from '../../core/run.ts'

/** A run that has ended, without what it measured. */
export interface EndedRun {
  readonly runId: string
  readonly benchmarkType: string
  readonly state: RunState
  readonly startedAt: string
  readonly finishedAt: string | null
  readonly label: string | null
  readonly branch: string | null
  readonly commit: string | null
  readonly pipelines: readonly string[]
  readonly comparability: Readonly<Record<string, string>>
  /** Fingerprint; null = not known. */
  readonly machine: string | null
  readonly primaryMetrics: readonly PrimaryMetric[]
  /** Name and version; null for files without a name. */
  readonly dataset: { readonly id: string; readonly version: string } | null
}

export interface EndedRunFilter {
  readonly branch?: string
  readonly pipeline?: string
  readonly benchmarkType?: string
  readonly truthSha256?: string
  /** Id of the dataset. */
  readonly dataset?: string
  readonly exceptDataset?: string
  /** Id of a run; only it and what began before it. */
  readonly upTo?: string
  /** At most so many, the newest; default: all. */
  readonly limit?: number
}

/** Which scores of a run are wanted; resources come along. */
export interface ScoreFilter {
  readonly pipeline?: string
  readonly metrics?: readonly string[]
  readonly level?: string
  readonly rank?: string
}

export interface HistoryReads {
  /** Completed, incomplete and imported runs, newest first. */
  runs(filter: EndedRunFilter): readonly EndedRun[]
  /** The same runs with what they measured. */
  measured(runs: readonly EndedRun[], filter: ScoreFilter): readonly ComparedRun[]
}

/** What git knows of the project's commits and of who works here. */
export interface ProjectGit {
  /** Those of these commits that are in the repository, ancestors first; none without git. */
  topology(commits: readonly string[]): Promise<readonly string[]>
  /** `Ada Lovelace <ada@example.org>`; null without git or a name. */
  author(): Promise<string | null>
}

/** The file of blessed shifts, committed with the project so that CI and everybody else sees them. */
export interface BlessingFile {
  /** As messages name it. */
  readonly name: string
  /** None when there is no file. Throws `E_CONFIG` with file:line:column for one that is not right. */
  read(): readonly Blessing[]
  /** Adds blessings, and keeps what else stands in the file. */
  add(blessing: Blessing): void
  /** Takes out those at these positions of `read`. */
  remove(positions: readonly number[]): void
  /** Whether the project's `.benchmark/.gitignore` keeps the file out of the repository. */
  isIgnored(): boolean
}
