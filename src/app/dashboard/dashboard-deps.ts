import type { SiteRun } from '../../core/dashboard/site-run.ts'
import type { HubProjectDocument } from '../../generated/hub-project.ts'
import type { DashboardReads, RunFolder, SiteWriter } from '../hub/dashboard-ports.ts'
import type { RankDeps } from '../rank/rank-category.ts'
import type { BoardGroups, SitePages } from './site-pages.ts'

/** What a site is made of and with. */
export interface DashboardRequest {
  readonly rank: RankDeps
  readonly reads: DashboardReads
  readonly groupSize: number
  /** Own runs too, private ones among them. */
  readonly withOwn: boolean
  /** Registered projects by id. */
  readonly registered: ReadonlyMap<string, HubProjectDocument>
  readonly groups: BoardGroups
  readonly pages: SitePages
  /** Opened when there is something to write. */
  readonly openSite: () => SiteWriter
  readonly sha256: (text: string) => string
  readonly version: string
}

/** The same with its folder open. */
export interface DashboardDeps extends DashboardRequest {
  readonly site: SiteWriter
}

/** Runs of a folder. */
export type ReadRuns = (folder: RunFolder) => readonly SiteRun[]

/** Digest of what a file is made of, program and templates included. */
export type Digest = (value: unknown) => string
