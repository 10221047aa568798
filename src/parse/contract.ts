import type { AmrCall } from '../core/amr/call.ts'
import type { AssemblyFact } from '../core/assembly/assembly.ts'
import type { NamedBinning } from '../core/binning/binning.ts'
import type { OutputSpec } from '../core/pipeline.ts'
import type { NamedProfile, StatedAbundance } from '../core/profile/profile.ts'
import type { Findings } from './findings.ts'

/** One column a format reads, for its documentation. */
export interface ColumnDescription {
  /** Names of the column in the tool's releases, current one first. */
  readonly names: readonly string[]
  readonly required: boolean
  /** What becomes of it. */
  readonly use: string
}

/** What a reader is given besides the text. */
export interface ReadingContext<Item = AmrCall> {
  /** As the user gave it; some tools say something only in the file's name. */
  readonly file: string
  readonly columns: OutputSpec['columns']
  readonly findings: Findings
  emit(item: Item): void
  /** Whether rows that say the same, and no depth, may come as one, the surest of them with their number; default: no. */
  readonly addsUp?: boolean
  /** An oddity that does not stop the reading; said once. */
  warn(message: string): void
}

/** Takes a file's UTF-8 text block by block. Faults go to the context's findings. */
export interface OutputConsumer {
  /** Whole lines, the first of which has number `firstLine`; answers how many lines there were. */
  block(bytes: Buffer, firstLine: number): number
  end(): void
  /** Whether the rows name their sample (default: no); asked at the end. */
  namesSamples?(): boolean
}

interface FormatOf<Kind extends string, Item> {
  readonly id: string
  readonly title: string
  /** Who writes it, and under what name. */
  readonly tool: string
  readonly kind: Kind
  readonly fileNames: readonly string[]
  readonly columns: readonly ColumnDescription[]
  /** Whether a user may declare the columns; those of other formats are known. */
  readonly takesColumns?: boolean
  /** Rules a user should know about. */
  readonly notes: readonly string[]
  /** How sure the first lines make us: 1 = its own header, 0.5 = fits but other formats do too, 0 = no. */
  sniff(head: string): number
  open(context: ReadingContext<Item>): OutputConsumer
}

/** Hits of an AMR tool, one for each row. */
export type AmrFormat = FormatOf<'amr', AmrCall>

/** A taxonomic profile of each sample. */
export interface ProfileFormat extends FormatOf<'profile', NamedProfile> {
  readonly abundance: StatedAbundance
  /** Whether tools of every kind write it, so that a user may say what its percentages are shares of. */
  readonly isGeneric?: boolean
}

/** Contigs, what an evaluator reports of assemblies, or estimates of bins. */
export type AssemblyFormat = FormatOf<'assembly', AssemblyFact>

/** The bins of each sample. */
export type BinningFormat = FormatOf<'binning', NamedBinning>

/** How one kind of tool output is recognised and read. */
export type Format = AmrFormat | ProfileFormat | AssemblyFormat | BinningFormat
