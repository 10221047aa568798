import { neededFor } from '../comparison/needed.ts'
import { meansOf, partOf } from '../ranking/metric-means.ts'
import type { MetricSeries } from '../ranking/observation.ts'
import type { RankedEntry, Ranking } from '../ranking/rank-candidates.ts'
import { samplePoints } from '../ranking/tie-group.ts'
import type { UtilityTable } from '../ranking/utility-table.ts'
import type { Direction } from '../score.ts'

/** What one metric adds to the lead of one candidate over another. */
export interface WeightedDifference extends MetricSeries {
  readonly unit: string
  readonly direction: Direction
  readonly weight: number
  /** Means in the metric's unit; null where there is none. */
  readonly ofCandidate: number | null
  readonly ofOther: number | null
  /** Its part of the difference of scores (geometric scores: of their logarithms); the parts add up to it. */
  readonly contribution: number
}

/** The lead of a ranked candidate over another, metric by metric, the largest advantage first. */
export const weightedDifferences = (
  ranking: Pick<Ranking, 'table'>,
  candidate: RankedEntry,
  other: RankedEntry,
): readonly WeightedDifference[] => {
  const own = partsOf(ranking.table, candidate.position)
  const others = partsOf(ranking.table, other.position)
  return candidate.figures
    .map((figure, k): WeightedDifference => ({
      metric: figure.metric,
      level: figure.level,
      rank: figure.rank,
      unit: figure.unit,
      direction: figure.direction,
      weight: figure.weight,
      ofCandidate: figure.value,
      ofOther: other.figures[k]?.value ?? null,
      contribution: (own[k] ?? 0) - (others[k] ?? 0),
    }))
    .filter(({ weight }) => weight > 0)
    .sort((left, right) => right.contribution - left.contribution)
}

/** What each metric adds to a score. */
const partsOf = (table: UtilityTable, position: number): readonly number[] => {
  const means = meansOf(table)
  const { metrics, aggregate } = table.board
  const at = (k: number): number => position * metrics.length + k
  const total = metrics.reduce((sum, { weight }, k) => sum + (means.applies[at(k)] === 1 ? weight : 0), 0)
  return metrics.map(({ weight }, k) =>
    means.applies[at(k)] === 1 && total > 0 ? (weight / total) * partOf(means.low[at(k)] ?? 0, aggregate) : 0,
  )
}

/**
 * Samples with which a difference like the present one between two ranked candidates would be found in four of five
 * cases, among the tests of the tie group. Null where the mean difference is 0, or one sample shows no spread.
 */
export const samplesNeeded = (
  ranking: Pick<Ranking, 'table' | 'bases'>,
  left: number,
  right: number,
): number | null => {
  const { table, bases } = ranking
  const [of, other] = [samplePoints(table, left, 'low'), samplePoints(table, right, 'low')]
  const m = table.samples.length
  const differences = table.samples.map(({ weight }, i) => m * weight * ((of[i] ?? 0) - (other[i] ?? 0)))
  const centre = differences.reduce((sum, value) => sum + value, 0) / m
  if (m < 2 || Math.abs(centre) < 1e-12) return null
  const variance = differences.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (m - 1)
  const tests = bases?.tieGroup.n ?? 1
  return neededFor(Math.abs(centre), Math.sqrt(variance), { what: 'samples', tests, alpha: 0.05 })
}
