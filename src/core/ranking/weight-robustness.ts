import { seededRandom } from '../stats/random.ts'
import { drawDirichlet } from './dirichlet.ts'
import { type MetricMeans, scoresOf, weightsOf } from './metric-means.ts'
import { type Basis, basisOf, seedFor } from './observation.ts'
import type { UtilityTable } from './utility-table.ts'

const DRAWS = 2000
/** Concentration around the given weights: "near my priorities". */
const NEAR = 20

/** How often a candidate comes first, and among the first three, when weights vary; 0..1. Ties count for each. */
export interface WeightShares {
  readonly first: number
  readonly topThree: number
}

/** Shares in the order of the table. */
export interface WeightRobustness {
  /** Weights near the given ones. */
  readonly near: readonly WeightShares[]
  /** All weightings alike. */
  readonly uniform: readonly WeightShares[]
  readonly basis: Basis
}

/**
 * Share of weightings under which each candidate wins, in the manner of stochastic multicriteria acceptability analysis
 * (Lahdelma, Hokkanen and Salminen, Eur. J. Oper. Res. 106 (1998) 137): 2,000 seeded weightings from a Dirichlet
 * distribution with 20 times the given weights, and 2,000 from the uniform one. Metrics of weight 0 stay out.
 */
export const weightRobustness = (
  table: UtilityTable,
  means: MetricMeans,
  seed: string,
  draws = DRAWS,
): WeightRobustness => {
  const given = [...weightsOf(table.board)]
  const counted = given.map((weight): number => (weight > 0 ? 1 : 0))
  const basis = basisOf({
    method: 'smaa_dirichlet',
    n: draws,
    m: table.samples.length,
    seed,
    warnings: counted.filter((count) => count === 1).length === 1 ? ['one_metric'] : [],
  })
  const near = given.map((weight) => NEAR * weight)
  return {
    near: sharesUnder(table, means, near, seedFor(seed, 'weights/near'), draws),
    uniform: sharesUnder(table, means, counted, seedFor(seed, 'weights/uniform'), draws),
    basis,
  }
}

const sharesUnder = (
  table: UtilityTable,
  means: MetricMeans,
  concentrations: readonly number[],
  seed: bigint,
  draws: number,
): readonly WeightShares[] => {
  const random = seededRandom(seed)
  const scores = new Float64Array(table.candidates.length)
  const first = new Uint32Array(scores.length)
  const topThree = new Uint32Array(scores.length)
  for (let draw = 0; draw < draws; draw++) {
    scoresOf(means.low, means.applies, drawDirichlet(concentrations, random), table.board.aggregate, scores)
    // Rank 3 or better: fewer than three are above, so at least as good as the third from the top (or the last of fewer).
    let best = -Infinity
    let second = -Infinity
    let third = -Infinity
    for (let c = 0; c < scores.length; c++) {
      const score = scores[c] ?? 0
      if (score >= best) {
        third = second
        second = best
        best = score
      } else if (score >= second) {
        third = second
        second = score
      } else if (score >= third) third = score
    }
    for (let c = 0; c < scores.length; c++) {
      const score = scores[c] ?? 0
      if (score === best) first[c] = (first[c] ?? 0) + 1
      if (score >= third) topThree[c] = (topThree[c] ?? 0) + 1
    }
  }
  return table.candidates.map((_candidate, c) => ({
    first: (first[c] ?? 0) / draws,
    topThree: (topThree[c] ?? 0) / draws,
  }))
}
