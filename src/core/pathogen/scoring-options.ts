/** The taxa of interest, the only ones that can be right or wrong: those the truth lists, those of a file, or no limit. */
export type PanelChoice =
  | { readonly kind: 'auto' } // the truth's taxa, when it lists absent ones or has several samples; else none
  | { readonly kind: 'truth' | 'none' }
  | { readonly kind: 'list'; readonly name: string; readonly taxids: readonly string[] }

/** Everything that changes a pathogen score besides truth and prediction; all of it is in the comparability key. */
export interface PathogenScoringOptions {
  /** What is reported below this rank is lifted to it, what is reported above is no call. */
  readonly callRank: string
  /** Fewest reads of the clade that make a call; null = any number. */
  readonly minReads: number | null
  /** Smallest percentage of the clade, as the tool states it, that makes a call; null = any. */
  readonly minPercentage: number | null
  /** Taxa of the host: they and what is below them are never calls. */
  readonly hostTaxids: readonly string[]
  readonly panel: PanelChoice
  /** Taxids that were merged into others, null when no list was given. */
  readonly merged: MergedTaxids | null
}

export interface MergedTaxids {
  /** Digest of the pairs, for the comparability key. */
  readonly digest: string
  readonly pairs: readonly (readonly [old: string, current: string])[]
}

/** Every species a tool reports is a call, however few its reads. */
export const DEFAULT_PATHOGEN_SCORING: PathogenScoringOptions = {
  callRank: 'species',
  minReads: null,
  minPercentage: null,
  hostTaxids: [],
  panel: { kind: 'auto' },
  merged: null,
}
