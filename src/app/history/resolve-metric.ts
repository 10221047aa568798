import { showMetric } from '../list-metrics.ts'

/** A metric as somebody names it. */
export interface MetricWish {
  readonly metric?: string
  readonly level?: string
  readonly rank?: string
}

/** Which series the names mean; null: every one. Throws `E_NOT_FOUND` for a metric nobody knows. */
export const resolveMetric = ({
  metric,
  level,
  rank,
}: MetricWish): { readonly metrics?: readonly string[]; readonly level?: string; readonly rank?: string } | null => {
  if (metric === undefined && level === undefined && rank === undefined) return null
  const found = metric === undefined ? undefined : showMetric(metric)
  // `amr_gene_recall` is the sensitivity of genes: a name can say the level too.
  const meant = level ?? found?.level ?? undefined
  return {
    ...(found === undefined ? {} : { metrics: [found.definition.id] }),
    ...(meant === undefined ? {} : { level: meant }),
    ...(rank === undefined ? {} : { rank }),
  }
}
