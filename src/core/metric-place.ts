import { AMR_LEVELS } from './scoring-options.ts'

/** A metric as it is written, `sensitivity` or `sensitivity:gene`, with the match level or taxonomic rank it names. */
export interface MetricPlace {
  readonly metric: string
  readonly level?: string
  readonly rank?: string
}

/** Whether a word is a match level; any other place is a taxonomic rank. */
export const placeNamed = (word: string): Pick<MetricPlace, 'level' | 'rank'> =>
  (AMR_LEVELS as readonly string[]).includes(word) ? { level: word } : { rank: word }

/** Reads `METRIC` or `METRIC:PLACE`. */
export const readMetricPlace = (written: string): MetricPlace => {
  const colon = written.indexOf(':')
  return colon < 0 ? { metric: written } : { metric: written.slice(0, colon), ...placeNamed(written.slice(colon + 1)) }
}
