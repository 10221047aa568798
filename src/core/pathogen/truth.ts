import type { SourceLocation } from '../problem.ts'

/** One taxon of which the truth says that it is, or is not, in a sample. */
export interface PathogenTruthTaxon {
  /** A string: NCBI numbers, `36874.1` for a strain without a number, or a GTDB name. */
  readonly taxid: string
  /** One of the ranks profiles are compared at; everything below species is a strain. */
  readonly rank: string
  readonly status: 'present' | 'absent'
  readonly name: string | null
  /** Percent of all reads of the sample. */
  readonly abundance: number | null
  /** Reads of the taxon in the sample; a pair counts once, as classifiers count. */
  readonly reads: number | null
  /** Genome copies in the sample. */
  readonly copies: number | null
  /** Taxids by rank, the taxon's own included, as far as the truth knows them. */
  readonly lineage: ReadonlyMap<string, string>
  readonly location: SourceLocation
}

/** What is known of each sample of a pathogen-detection dataset. A sample without present taxa is a negative control. */
export interface PathogenTruth {
  readonly samples: ReadonlyMap<string, readonly PathogenTruthTaxon[]>
  /** sha256 of the file: part of the comparability key. */
  readonly sha256: string
}
