import type { MetricDefinition, OwnWords } from './definition.ts'

const TYPES = ['diversity-analysis']
export const OPAL = 'Meyer et al. (OPAL), Genome Biol. 20 (2019) 51, doi:10.1186/s13059-019-1646-y'
export const RANK_EMPTY = 'the truth has no taxa at this rank'
export const OTHER_TYPE = '; or the two sides state abundances of different types and were not forced to be compared'
export const EITHER_EMPTY = `${RANK_EMPTY}, or the prediction has none`

/** What a definition of this family has to say. */
export type Given = OwnWords & Partial<Pick<MetricDefinition, 'aliases' | 'aggregations' | 'smallestEffect'>>

/** A metric of profiles. */
export const profile = (given: Given): MetricDefinition => ({
  aliases: [],
  aggregations: ['macro'],
  ...given,
  version: 1,
  family: 'profile',
  benchmarkTypes: TYPES,
})

/** One of them that measures how wrong a prediction is. */
export const error = (given: Omit<Given, 'direction' | 'kind'>): MetricDefinition =>
  profile({ ...given, direction: 'lower', kind: 'distance' })
