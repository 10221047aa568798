import type { PathogenScoringOptions } from './pathogen/scoring-options.ts'
import type { AssemblyScoringOptions } from './assembly/scoring-options.ts'
import type { BinningScoringOptions } from './binning/scoring-options.ts'
import type { ProfileScoringOptions } from './profile/scoring-options.ts'

/** Match levels of amr-detection, from strictest to loosest. */
export const AMR_LEVELS = ['locus', 'allele', 'gene', 'family', 'drug_class', 'mechanism'] as const
export type AmrLevel = (typeof AMR_LEVELS)[number]

/** Where true negatives come from: panel negatives, genes of the whole dataset, or a list. */
export type UniverseChoice =
  | { readonly kind: 'auto' } // panel when the truth lists negatives, else dataset when >= 2 samples, else none
  | { readonly kind: 'panel' | 'dataset' | 'none' }
  | { readonly kind: 'list'; readonly name: string; readonly symbols: readonly string[] }

/** Everything that changes an AMR score besides truth and prediction; all of it is in the comparability key. */
export interface AmrScoringOptions {
  readonly levels: readonly AmrLevel[]
  readonly primaryLevel: AmrLevel
  readonly universe: UniverseChoice
  readonly locusPolicy: 'all' | 'best'
  /** Percent; null = no filter. Calls that do not state the value pass, with a warning. */
  readonly minIdentity: number | null
  readonly minCoverage: number | null
  /** Which variation types count (default: gene presence only). */
  readonly variationTypes: readonly string[]
  /** User alias table: alias (normalised) -> canonical symbol. */
  readonly aliases: Readonly<Record<string, string>>
}

/**
 * Everything that changes a score besides truth and prediction. Options of other types than amr-detection stand in parts
 * of their own, so that plans stored before there were any are still read; a part that is missing means its defaults.
 */
export interface ScoringOptions extends AmrScoringOptions {
  readonly profile?: ProfileScoringOptions
  readonly pathogen?: PathogenScoringOptions
  readonly assembly?: AssemblyScoringOptions
  readonly binning?: BinningScoringOptions
}

/** Every level, the gene level first; nothing filtered but the tools' own quality words. */
export const DEFAULT_AMR_SCORING: AmrScoringOptions = {
  levels: AMR_LEVELS,
  primaryLevel: 'gene',
  universe: { kind: 'auto' },
  locusPolicy: 'all',
  minIdentity: null,
  minCoverage: null,
  variationTypes: ['gene_presence'],
  aliases: {},
}
