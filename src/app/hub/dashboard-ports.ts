/** What a dashboard reads of the database, and where its files go. */
import type { Baseline } from '../../core/baseline.ts'
import type { ComparedRun } from '../../core/comparison/comparison.ts'
import type { SiteRun } from '../../core/dashboard/site-run.ts'

/** The runs of one project in one month: what one shard of the site holds. */
export interface RunFolder {
  readonly origin: 'hub' | 'own'
  /** Name in the hub; null: own runs of a project without a name. */
  readonly project: string | null
  /** `2026-11`: of the upload for shared runs, of the start for own ones. */
  readonly month: string
  /** Where the database has it. */
  readonly key: string
  readonly runs: number
  /** Entries that `runs(folder)` has: one for each pipeline of a run. */
  readonly rows: number
  /** UTF-8 bytes of what each run says for itself: label, branch and tags. */
  readonly textBytes: number
  /** Of everything that is shown of its runs: the same digest, the same shard. */
  readonly digest: string
}

/** What is known of a hub besides its runs. */
export interface HubFacts {
  readonly url: string
  /** Commit the runs were read at. */
  readonly head: string | null
  readonly syncedAt: string | null
  /** Anonymised runs: they stand in statistics only. */
  readonly anonymousRuns: number
  readonly quarantined: number
}

/** Reads for a dashboard. Own runs that were shared publicly are left out of the hub's: nobody counts twice. */
export interface DashboardReads {
  /** Null: there is no hub, or nobody has read it. */
  facts(): HubFacts | null
  /** By project, then month. Anonymised runs are in none. */
  folders(): readonly RunFolder[]
  /** Runs of a folder, one entry for each pipeline of a run, in the order of time, run id and pipeline. */
  runs(folder: RunFolder): readonly SiteRun[]
  /** Executions of a run with their scores, as comparisons see them; null where it is gone. */
  compared(origin: RunFolder['origin'], runId: string): ComparedRun | null
  /** What `baseline set` named on this machine; none for a site without its runs. */
  baselines(): readonly Baseline[]
  /** Processor, processors and memory of a run's machine; null where nobody said. */
  machine(origin: RunFolder['origin'], runId: string): string | null
}

/** A file of a site. */
export interface SiteFile {
  /** Below the site's folder, with `/`. Of a `hashed` file without the digest of its content. */
  readonly path: string
  /** Digest of everything the bytes are made of; with equal digests they are not made again. */
  readonly inputs: string
  readonly text: () => string
  /** The name carries a digest of the content, so that it can be kept by browsers for ever. */
  readonly hashed?: boolean
}

/** What became of a site's files. */
export interface SiteReport {
  readonly files: number
  readonly written: number
  readonly unchanged: number
  readonly removed: number
  readonly bytes: number
}

/** A folder that becomes a site. Nothing that somebody else put there is changed or removed. */
export interface SiteWriter {
  /** A file of an earlier build with what it was made from, when it is still the one it wrote; else null. */
  earlier(path: string): { readonly inputs: string; readonly text: string } | null
  /** Path the file has in the site: the given one, or with the digest of the content. */
  write(file: SiteFile): string
  /** Removes what earlier builds made and this one did not, and writes the manifest: the site is then whole. */
  finish(): SiteReport
}

/** Opens a folder for a site. Throws `E_USAGE` for a folder that is somebody else's, unless forced. */
export type OpenSite = (folder: string, options: { readonly force: boolean; readonly version: string }) => SiteWriter
