// Generated from schemas/ by `npm run generate:types`. Do not edit.

/**
 * A run among the community's comparable ones.
 */
export interface CommunityDocument {
  /**
   * Kind and version of this document.
   */
  schema: 'benchmark.community/1'
  /**
   * Hub.
   */
  hub: string
  /**
   * When it was read last.
   */
  synced_at: string | null
  /**
   * The run.
   */
  run_id: string
  /**
   * Benchmark type.
   */
  category: string
  /**
   * Dataset.
   */
  dataset: string
  /**
   * Fewest contributors behind any number.
   */
  group_size: number
  /**
   * How comparable runs do.
   */
  statistics: CommunityStatistic[]
  /**
   * Place of the run.
   */
  places: CommunityPlace[]
  /**
   * Place of its best pipeline by score; null: none is ranked.
   */
  rank: CommunityRank | null
}
/**
 * A metric over contributors.
 */
export interface CommunityStatistic {
  /**
   * Metric.
   */
  metric: string
  /**
   * Match level.
   */
  level: string | null
  /**
   * Taxonomic rank.
   */
  rank: string | null
  /**
   * Unit.
   */
  unit: string
  /**
   * Dataset.
   */
  dataset: string
  /**
   * Runs.
   */
  n: number | null
  /**
   * Contributors, rounded down.
   */
  contributors_at_least: number | null
  /**
   * Quartiles over contributors.
   */
  quartiles: CommunityQuartiles | null
  /**
   * Why it is not told.
   */
  withheld: 'fewer_than_k' | 'no_values' | null
  basis: CommunityBasis
}
/**
 * Quartiles.
 */
export interface CommunityQuartiles {
  /**
   * A quarter is below.
   */
  first: number
  /**
   * Half is below.
   */
  median: number
  /**
   * Three quarters are below.
   */
  third: number
}
/**
 * How a number was made.
 */
export interface CommunityBasis {
  /**
   * Method.
   */
  method: string
  /**
   * Draws, permutations or values it rests on.
   */
  n: number
  /**
   * Samples it rests on.
   */
  m: number
  /**
   * Degrees of freedom.
   */
  df: number | null
  /**
   * Confidence or significance level.
   */
  level: number | null
  /**
   * What must hold for it to be right.
   */
  assumption: string | null
  /**
   * Seed of the random numbers.
   */
  seed: string | null
  /**
   * What limits it.
   *
   * Items: Code.
   */
  warnings: string[]
}
/**
 * Place in one metric.
 */
export interface CommunityPlace {
  /**
   * Metric.
   */
  metric: string
  /**
   * Match level.
   */
  level: string | null
  /**
   * Taxonomic rank.
   */
  rank: string | null
  /**
   * Unit.
   */
  unit: string
  /**
   * Dataset.
   */
  dataset: string
  /**
   * Own mean.
   */
  value: number
  /**
   * Place.
   */
  place: number | null
  /**
   * Of how many.
   */
  of: number | null
  /**
   * Percent of the others that are worse.
   */
  percentile: number | null
  /**
   * Why it is not told.
   */
  withheld: 'fewer_than_k' | 'no_values' | null
}
/**
 * Place by score.
 */
export interface CommunityRank {
  /**
   * Project; null: not told.
   */
  project: string | null
  /**
   * Pipeline.
   */
  pipeline: string
  /**
   * Its version.
   */
  version: string | null
  /**
   * Parameter set.
   */
  params: {
    [k: string]: string | number | boolean | undefined
  }
  /**
   * Score.
   */
  score: number
  /**
   * Place.
   */
  rank: number | null
  /**
   * Of how many.
   */
  of: number | null
  /**
   * Percent of the others that score lower.
   */
  percentile: number | null
  /**
   * Why it is not told.
   */
  withheld: 'fewer_than_k' | 'no_values' | null
  basis: CommunityBasis
}
