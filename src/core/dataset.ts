/** How the labels of a truth were made; shown in every report, because labels made by a tool favour that tool. */
type LabelOrigin = string // 'inserted' | 'curated' | `tool:<name>@<db>`

export const isLabelOrigin = (text: string): boolean => /^(inserted|curated|tool:.+)$/.test(text)

/** A file of a dataset with what it must hash to. */
export interface DatasetFile {
  readonly path: string
  readonly sha256: string | null
  readonly bytes: number | null
  /** Where it can be fetched, best first; empty: it is kept here. */
  readonly sources: readonly string[]
}

/** The description a dataset was fetched by. */
export interface FetchedFrom {
  /** Address of the hub, or the file that describes it. */
  readonly from: string
  readonly documentVersion: number
  readonly documentSha256: string
}

/** Samples + input files + truth, versioned. Paths are absolute after loading. */
export interface Dataset {
  readonly id: string
  readonly title: string
  readonly version: string
  readonly benchmarkType: string
  readonly licence: string | null
  readonly source: string | null
  readonly labels: LabelOrigin | null
  readonly description: string | null
  readonly samplesheet: string
  readonly truth: string | null
  readonly files: readonly DatasetFile[]
  /** Folder the paths start at. */
  readonly root: string
  /** Null for a dataset that was described here. */
  readonly fetched: FetchedFrom | null
  /** The YAML it came from. */
  readonly file: string
}
