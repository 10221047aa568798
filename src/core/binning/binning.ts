/**
 * Which sequence is in which bin, row by row in parallel lists: assemblies have millions of contigs. Every sequence is
 * there once.
 */
export interface Binning {
  /** Names of the bins; `binOf` holds places in this list. */
  readonly bins: readonly string[]
  readonly sequences: readonly string[]
  readonly binOf: readonly number[]
  /** Base pairs, or null where the file does not state them. */
  readonly lengths: readonly (number | null)[]
  readonly lines: readonly number[]
}

/** A binning as an output or a truth states it. */
export interface NamedBinning extends Binning {
  /** Null when the file does not say which sample it is about. */
  readonly sample: string | null
  readonly line: number
}

/** The genome each sequence of a sample is from. */
export interface GenomeMapping {
  /** Names; `genomeOf` holds places in this list. */
  readonly genomes: readonly string[]
  /** Place of each sequence in `genomeOf` and `lengths`. */
  readonly rows: ReadonlyMap<string, number>
  readonly genomeOf: readonly number[]
  /** Base pairs. */
  readonly lengths: readonly number[]
}

/** The known origin of the sequences of each sample. */
export interface BinningTruth {
  readonly samples: ReadonlyMap<string, GenomeMapping>
  /** sha256 of the file: part of the comparability key. */
  readonly sha256: string
}

/** The tool ran and put nothing into any bin. */
export const NO_BINS: Binning = { bins: [], sequences: [], binOf: [], lengths: [], lines: [] }
