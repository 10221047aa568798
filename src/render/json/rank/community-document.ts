import type { CommunityComparison } from '../../../app/rank/compare-with-community.ts'
import { findMetric } from '../../../core/metrics/registry.ts'
import { withSixDigits } from '../../../core/ranking/six-digits.ts'
import type { CommunityDocument } from '../../../generated/community.ts'
import { basisDocument, candidateOf } from './parts.ts'

/** `benchmark.community/1` */
export const toCommunityDocument = (comparison: CommunityComparison): CommunityDocument =>
  withSixDigits<CommunityDocument>({
    schema: 'benchmark.community/1',
    hub: comparison.hub,
    synced_at: comparison.syncedAt,
    run_id: comparison.runId,
    category: comparison.category,
    dataset: comparison.dataset,
    group_size: comparison.groupSize,
    statistics: comparison.statistics.map(
      ({ metric, level, rank, dataset, n, contributorsAtLeast, quartiles, withheld, basis }) => ({
        metric,
        level,
        rank,
        unit: unitOf(metric),
        dataset,
        n,
        contributors_at_least: contributorsAtLeast,
        quartiles: quartiles && { ...quartiles },
        withheld,
        basis: basisDocument(basis),
      }),
    ),
    places: comparison.places.map(({ metric, level, rank, dataset, value, place, of, percentile, withheld }) => ({
      metric,
      level,
      rank,
      unit: unitOf(metric),
      dataset,
      value,
      place,
      of,
      percentile,
      withheld,
    })),
    rank: comparison.rank && {
      ...candidateOf(comparison.rank.entry.candidate),
      score: comparison.rank.entry.score,
      rank: comparison.rank.rank,
      of: comparison.rank.of,
      percentile: comparison.rank.percentile,
      withheld: comparison.rank.withheld,
      basis: basisDocument(comparison.rank.basis),
    },
  })

const unitOf = (metric: string): string => findMetric(metric)?.definition.unit ?? ''
