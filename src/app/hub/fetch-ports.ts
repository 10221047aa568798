/** Fetching files of shared datasets, as use cases see it. */
import type { HubDatasetDocument } from '../../generated/hub-dataset.ts'
import type { Parsed } from './trust-ports.ts'

/** What a file must be, and where it can be had: `http:`, `https:`, `s3:`, `file:` or an absolute path, best first. */
export interface WantedContent {
  readonly sha256: string
  readonly bytes: number
  readonly sources: readonly string[]
}

/** A source that did not give the file, and why; both safe to show. */
export interface FailedSource {
  readonly source: string
  readonly reason: string
}

/** How content came into the cache. `received`: bytes that were read from sources now. */
export interface ObtainedContent {
  readonly outcome: 'cached' | 'fetched' | 'failed'
  /** The source that gave the rest of it; null when it was there, or nowhere to be had. */
  readonly source: string | null
  readonly received: number
  readonly failed: readonly FailedSource[]
}

/** Content by digest, kept once for all datasets. Whatever it hands out was verified; failures here throw `E_STORE`. */
export interface ContentCache {
  /**
   * Brings content into the cache, going on where an interrupted fetch was. A process that fetches the same content
   * is waited for. `onBytes` is told how many bytes of it are there. Throws `E_INTERRUPTED` when `signal` fires.
   */
  obtain(
    content: WantedContent,
    options: { readonly signal: AbortSignal; readonly onBytes: (there: number) => void },
  ): Promise<ObtainedContent>
  /** Puts cached content at `path` inside `root`: a hard link where that is possible, else a copy. */
  place(content: Pick<WantedContent, 'sha256'>, root: string, path: string): Promise<void>
  /** Whether exactly this content is at `path` inside `root`, as a file of its own and not through a link. */
  holds(content: Pick<WantedContent, 'sha256' | 'bytes'>, root: string, path: string): Promise<boolean>
  /** Bytes of the content that are here already, whole or in part. */
  bytesHere(content: Pick<WantedContent, 'sha256' | 'bytes'>): number
  /** Free bytes where the cache is; null when nobody knows. */
  freeBytes(): number | null
}

/** The document of a dataset as registered; one that is not signed yet (`dataset add --manifest`) has no signatures. */
export type DatasetDescription = Omit<HubDatasetDocument, 'signatures'>

/** Reads `dataset.json` files that somebody gives by path. */
export interface DatasetDocumentReader {
  /** Throws `E_NOT_FOUND` and `E_STORE` for a file that cannot be read. */
  read(file: string): Parsed<DatasetDescription> & { readonly sha256: string }
}
