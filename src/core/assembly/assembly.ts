import type { Quantity } from '../score.ts'
import type { AlignedContig } from './alignment.ts'

/** Contigs that have the same length. Few assemblies have many lengths, however many contigs they have. */
interface LengthClass {
  /** Bases. */
  readonly length: number
  readonly contigs: number
  /** G and C in all of them together. */
  readonly gc: number
  /** A, C, G and T (U counts as T); the rest is N and other ambiguity codes. */
  readonly acgt: number
}

/** The contigs of an assembly or the sequences of a reference, longest first. */
export type ContigLengths = readonly LengthClass[]

/** A metric and what is known of it. */
export type MetricValue = readonly [metric: string, quantity: Quantity]

/** Programs that estimate from marker genes how complete and how clean a bin is. */
export type BinEstimator = 'checkm' | 'checkm2' | 'busco'

/** What a program estimates of one bin, in percent. */
export interface BinEstimate {
  readonly name: string
  readonly completeness: number
  readonly contamination: number
}

/** The contigs themselves, read from a FASTA. */
interface ContigsFact {
  readonly what: 'contigs'
  readonly sample: null
  readonly line: number
  readonly lengths: ContigLengths
}

/** What QUAST reports of an assembly, under the name it has there. */
interface ReportFact {
  readonly what: 'report'
  readonly sample: string
  readonly line: number
  /** `quast`, or the level of a MetaQUAST report: all references together, or one of them. */
  readonly level: string
  readonly values: ReadonlyMap<string, Quantity>
}

/** Estimates of the bins of an assembly. */
interface BinsFact {
  readonly what: 'bins'
  readonly sample: null
  readonly line: number
  readonly estimator: BinEstimator
  readonly bins: readonly BinEstimate[]
}

/** Where contigs align to a reference. */
interface AlignmentFact {
  readonly what: 'alignment'
  readonly sample: null
  readonly line: number
  readonly contigs: readonly AlignedContig[]
}

/** One thing a file says of an assembly; `sample` is the name it gives, or null. */
export type AssemblyFact = ContigsFact | AlignmentFact | ReportFact | BinsFact

/** Sequences an assembly should consist of. */
export interface Reference {
  /** Path of the FASTA. */
  readonly file: string
  readonly lengths: ContigLengths
}

/** The truth of an assembly-quality dataset: references by sample, or one for any sample. */
export interface AssemblyTruth {
  readonly samples: ReadonlyMap<string, Reference>
  readonly anySample: Reference | null
  /** Every reference a table names. */
  readonly files: readonly string[]
  /** Digest of the table and of every reference; `none` where there is no truth. */
  readonly sha256: string
}

/** Sum of all lengths. */
export const totalLength = (lengths: ContigLengths): number =>
  lengths.reduce((sum, { length, contigs }) => sum + length * contigs, 0)
