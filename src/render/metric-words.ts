import type { MetricDefinition } from '../core/metrics/definition.ts'

/** `0 to 1`, `0 or more`, `any number`. */
export const rangeWords = ([low, high]: MetricDefinition['range']): string => {
  if (low !== null && high !== null) return `${String(low)} to ${String(high)}`
  if (low !== null) return `${String(low)} or more`
  return high !== null ? `${String(high)} or less` : 'any number'
}

/** `higher is better`, `lower is better`, or that the value is never ranked. */
export const directionWords = (direction: MetricDefinition['direction']): string =>
  direction === 'none' ? 'descriptive, never ranked' : `${direction} is better`

/** What each way of aggregating does, for people. */
export const AGGREGATION_WORDS: Readonly<Record<MetricDefinition['aggregations'][number], string>> = {
  macro: 'macro (mean over samples with a value)',
  micro: 'micro (formula on summed counts)',
  total: 'total (all samples together: a sum, unless the formula says otherwise)',
  median: 'median (over executions)',
}

/** Aliases with the match level they imply: `recall, amr_gene_recall (level gene)`. */
export const aliasWords = (aliases: MetricDefinition['aliases']): string =>
  aliases.map(({ name, level }) => (level === undefined ? name : `${name} (level ${level})`)).join(', ')
