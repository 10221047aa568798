import { metricById } from '../metrics/registry.ts'
import type { Quantity } from '../score.ts'

const MOST_NAMED = 3

/** A warning when a report says other values than the contigs have, beyond the rounding of its numbers; else null. */
export const reportDifferences = (
  sample: string,
  computed: ReadonlyMap<string, Quantity>,
  reported: ReadonlyMap<string, Quantity>,
): string | null => {
  const differing = [...computed].flatMap(([metric, { value }]) => {
    const said = reported.get(metric)?.value ?? null
    if (value === null || said === null || Math.abs(value - said) < roundingOf(metric)) return []
    return [`${metric} ${String(said)} instead of ${String(value)}`]
  })
  if (differing.length === 0) return null
  const more = differing.length > MOST_NAMED ? `, and ${String(differing.length - MOST_NAMED)} more` : ''
  return `${sample}: the report says ${differing.slice(0, MOST_NAMED).join(', ')}${more}. The values computed from the contigs are taken; is the report about these contigs, and --min-contig that of QUAST?`
}

const roundingOf = (metric: string): number => {
  const { unit } = metricById(metric)
  return unit === 'bp' || unit === 'count' ? 0.5 : 0.01
}
