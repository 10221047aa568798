import type { BoardMetric } from './board.ts'
import { type MetricMeans, partOf, weightsOf } from './metric-means.ts'
import type { MetricSeries } from './observation.ts'
import type { UtilityTable } from './utility-table.ts'

/** The smallest change of one weight after which another candidate is first. */
export interface WeightChange extends MetricSeries {
  /** Shares of all weights, 0..1; the other weights keep their proportions. */
  readonly from: number
  readonly to: number
  /** Key of the candidate that would then be level with the winner. */
  readonly rival: string
}

/**
 * The smallest change of a single weight that brings another candidate level with the winner, or null when no weight of
 * any one metric does. Solved exactly: with metrics that do not apply to one of the two, the balance of a pair is a
 * quadratic function of the weight, else a linear one.
 */
export const smallestWeightChange = (table: UtilityTable, means: MetricMeans, winner: number): WeightChange | null => {
  let smallest: WeightChange | null = null
  const weights = weightsOf(table.board)
  for (const [k, metric] of table.board.metrics.entries())
    for (const [c, { key }] of table.candidates.entries()) {
      if (c === winner) continue
      for (const to of crossings(table, means, weights, k, winner, c)) {
        if (smallest !== null && !(Math.abs(to - metric.weight) < Math.abs(smallest.to - smallest.from))) continue
        smallest = changeOf(metric, to, key)
      }
    }
  return smallest
}

const changeOf = ({ metric, level, rank, weight }: BoardMetric, to: number, rival: string): WeightChange => ({
  metric,
  level,
  rank,
  from: weight,
  to,
  rival,
})

/** Weights of metric k at which two candidates are level, inside 0..1. */
const crossings = (
  table: UtilityTable,
  means: MetricMeans,
  weights: Float64Array,
  k: number,
  winner: number,
  rival: number,
): readonly number[] => {
  const own = weights[k] ?? 0
  // The only weighted metric keeps all the weight whatever is written for it.
  if (own >= 1) return []
  // Score of a candidate = (t a + (1 - t) b) / (t p + (1 - t) q), t = weight of metric k.
  const partsOf = (c: number): readonly [number, number, number, number] => {
    let b = 0
    let q = 0
    const at = c * weights.length
    for (const [other, weight] of weights.entries()) {
      if (other === k || means.applies[at + other] !== 1) continue
      b += (weight / (1 - own)) * partOf(means.low[at + other] ?? 0, table.board.aggregate)
      q += weight / (1 - own)
    }
    const applies = means.applies[at + k] === 1
    return [applies ? partOf(means.low[at + k] ?? 0, table.board.aggregate) : 0, b, applies ? 1 : 0, q]
  }
  const [a, b, p, q] = partsOf(winner)
  const [ofRivalA, ofRivalB, ofRivalP, ofRivalQ] = partsOf(rival)
  const balance = (t: number): number =>
    (t * a + (1 - t) * b) * (t * ofRivalP + (1 - t) * ofRivalQ) -
    (t * ofRivalA + (1 - t) * ofRivalB) * (t * p + (1 - t) * q)
  const start = balance(0)
  const middle = balance(0.5)
  const end = balance(1)
  const square = 2 * start - 4 * middle + 2 * end
  const slope = end - start - square
  return rootsOf(square, slope, start).filter((t) => t >= 0 && t <= 1)
}

/** Real roots of a x² + b x + c, without the loss of digits of the schoolbook formula; none of the zero polynomial. */
const rootsOf = (a: number, b: number, c: number): readonly number[] => {
  const dust = 1e-12
  if (Math.abs(a) < dust) return Math.abs(b) < dust ? [] : [-c / b]
  const discriminant = b * b - 4 * a * c
  if (discriminant < 0) return []
  const q = -(b + (b < 0 ? -1 : 1) * Math.sqrt(discriminant)) / 2
  return q === 0 ? [0] : [q / a, c / q]
}
