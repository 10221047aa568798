/** Input files of one sample, absolute paths. */
interface SampleFiles {
  readonly reads1: string | null
  readonly reads2: string | null
  readonly fasta: string | null
}

/** One row of a sample sheet. Ids are exact: they are never matched by substring. */
export interface Sample {
  readonly id: string
  readonly group: string | null
  readonly files: SampleFiles
}
