/** What turns the models of a site into files; the texts and charts are the renderer's. */
import type { BoardModel } from '../../core/dashboard/board-model.ts'
import type { ProjectModel } from '../../core/dashboard/project-model.ts'
import type { SiteFile } from '../hub/dashboard-ports.ts'
import type { HubDatasetDocument } from '../../generated/hub-dataset.ts'

/** Everything pages are made of. */
export interface SiteModel {
  /** By name. */
  readonly projects: readonly ProjectModel[]
  /** By category, then dataset. */
  readonly boards: readonly BoardModel[]
  /** Registered datasets by id. */
  readonly datasets: ReadonlyMap<string, HubDatasetDocument>
  readonly pairs: readonly PairModel[]
  readonly groups: BoardGroups
  readonly facts: {
    readonly hub: string | null
    readonly head: string | null
    readonly syncedAt: string | null
    /** Anonymised runs, rounded down to a multiple of the group size. */
    readonly anonymousAtLeast: number
    readonly quarantined: number
    readonly groupSize: number
    readonly hasOwn: boolean
    readonly version: string
  }
  /** Files of runs of each project, newest first. */
  readonly shards: ReadonlyMap<string, readonly ShardFile[]>
}

/** What leaderboards are shown by besides the whole; who has no class or type stands in the whole alone. */
export interface BoardGroups {
  /** Pipeline to the class of its method. */
  readonly methodClasses: ReadonlyMap<string, string>
  /** Dataset to the type of its reads. */
  readonly readTypes: ReadonlyMap<string, string>
}

/** A shard as pages refer to it. */
export interface ShardFile {
  readonly month: string
  readonly script: string
  readonly table: string
  readonly rows: number
  /** Runs of all parts of a large month stand with its first part. */
  readonly runs: number
}

/** `api/v1/compare/<a>/<b>.json`: the newest comparable results of two projects. */
export interface PairModel {
  readonly schema: 'benchmark.dashboard-comparison/1'
  readonly category: string
  readonly dataset: string
  readonly a: PairSide
  readonly b: PairSide
  readonly verdict: string
  readonly changes: readonly {
    readonly metric: string
    readonly level: string | null
    readonly rank: string | null
    readonly unit: string
    readonly direction: string
    readonly n_common: number
    readonly a: number | null
    readonly b: number | null
    readonly effect: number | null
    readonly effect_scale: string
    readonly low: number | null
    readonly high: number | null
    readonly p_adjusted: number | null
    readonly verdict: string
  }[]
}

interface PairSide {
  readonly project: string
  readonly pipeline: string
  readonly version: string | null
  readonly run_id: string
}

export interface SitePages {
  /** Digest of templates, style sheet and script: part of the inputs of every page. */
  readonly digest: string
  /** The shard of a project's month: script and table. */
  readonly slug: (name: string) => string
  /** Names that need files of their own beside each other; to be told before the first of their slugs is used. */
  readonly distinguish: (names: Iterable<string>) => void
  /** A script that hands a value to the page under a name. */
  readonly shardScript: (name: string, value: unknown) => string
  readonly files: (site: SiteModel) => Iterable<SiteFile>
}
