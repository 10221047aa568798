import type { AmrCall } from './amr/call.ts'
import type { AssemblyFact } from './assembly/assembly.ts'
import type { NamedBinning } from './binning/binning.ts'
import type { NamedProfile, StatedAbundance } from './profile/profile.ts'

/** What a parser hands to the metrics. One member for each kind of tool output; metrics never see a file. */
export type Observations = AmrObservations | ProfileObservations | AssemblyObservations | BinningObservations

interface ObservationsOf<Kind extends string> {
  readonly kind: Kind
  readonly format: string
  readonly file: string
  /** Whether the file names its samples, so that one file may report on several. */
  readonly namesSamples: boolean
  /** Oddities of the file that did not stop the reading. */
  readonly warnings: readonly string[]
}

/** Hits of an AMR tool. An empty list is a statement: the tool ran and found nothing. */
export interface AmrObservations extends ObservationsOf<'amr'> {
  readonly calls: readonly AmrCall[]
}

/** Compositions of samples. */
export interface ProfileObservations extends ObservationsOf<'profile'> {
  readonly profiles: readonly NamedProfile[]
  /** What the percentages are shares of, as far as the format tells. */
  readonly abundance: StatedAbundance
  /** Whether tools of every kind write this format, so that a user may know better than it. */
  readonly isGeneric: boolean
}

/** What is known of assemblies: their contigs, what an evaluator reports of them, or estimates of their bins. */
export interface AssemblyObservations extends ObservationsOf<'assembly'> {
  readonly facts: readonly AssemblyFact[]
}

/** Bins of samples. */
export interface BinningObservations extends ObservationsOf<'binning'> {
  readonly binnings: readonly NamedBinning[]
}
