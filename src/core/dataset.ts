/** How the labels of a truth were made; shown in every report, because labels made by a tool favour that tool. */
type LabelOrigin = string // 'inserted' | 'curated' | `tool:<name>@<db>`

/** A file of a dataset with what it must hash to. */
export interface DatasetFile {
  readonly path: string
  readonly sha256: string | null
  readonly bytes: number | null
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
  /** The YAML it came from. */
  readonly file: string
}
