import type { SourceLocation } from '../problem.ts'

/** One gene known to be present in (or, as a panel negative, absent from) a sample. */
export interface AmrTruthGene {
  readonly geneSymbol: string
  readonly allele: string | null
  readonly geneFamily: string | null
  readonly drugClasses: readonly string[]
  readonly aro: string | null
  readonly contig: string | null
  readonly start: number | null
  readonly stop: number | null
  readonly strand: '+' | '-' | null
  readonly copies: number | null
  readonly depth: number | null
  readonly status: 'present' | 'absent'
  readonly location: SourceLocation
}

/** The truth of an amr-detection dataset: every sample has an entry, possibly with no gene. */
export interface AmrTruth {
  readonly samples: ReadonlyMap<string, readonly AmrTruthGene[]>
  /** sha256 of the file: part of the comparability key. */
  readonly sha256: string
}
