import type { Direction } from '../score.ts'

/** What sort of number a metric is: decides formatting and the smallest difference worth mentioning. */
type MetricKind = 'ratio01' | 'correlation' | 'distance' | 'count' | 'time' | 'bytes' | 'length' | 'percent'

/** Everything a reader needs to trust a number. Shown by `metric show`, stored by version with each score. */
export interface MetricDefinition {
  readonly id: string
  /** Raised whenever the same input could give another value. */
  readonly version: number
  readonly title: string
  /** Other names users and papers use; accepted everywhere an id is. */
  readonly aliases: readonly MetricAlias[]
  readonly family: 'classification' | 'amr' | 'profile' | 'binning' | 'assembly' | 'pathogen' | 'resources'
  readonly benchmarkTypes: readonly string[]
  readonly definition: string
  readonly formula: string
  readonly unit: string
  readonly direction: Direction
  /** Inclusive; null = unbounded. */
  readonly range: readonly [number | null, number | null]
  readonly kind: MetricKind
  readonly undefinedWhen: string
  /** What the number does not see, or what makes it look better or worse than it is: no value is to be read without it. */
  readonly weakness: string
  /** Paper, program or rule the formula comes from. */
  readonly source: string
  /** How per-sample values become one: `micro` metrics are recomputed from summed counts too. */
  readonly aggregations: readonly ('macro' | 'micro' | 'median' | 'total')[]
  /** The smallest difference worth acting on where that of the kind does not fit: in the unit, or as a share. */
  readonly smallestEffect?: SmallestEffect
}

/** What each metric of a family says of itself; the rest is the family's. */
export type OwnWords = Omit<
  MetricDefinition,
  'version' | 'aliases' | 'family' | 'benchmarkTypes' | 'aggregations' | 'smallestEffect'
>

/** A smallest difference of interest: in the metric's unit, or as a share of the value (0.05 = 5 %). */
export interface SmallestEffect {
  readonly of: 'unit' | 'share'
  readonly value: number
}

/** Another name of a metric; `level` when the name implies one (amr_gene_recall = sensitivity at level gene). */
export interface MetricAlias {
  readonly name: string
  readonly level?: string
}
