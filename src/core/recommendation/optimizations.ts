import { findMetric } from '../metrics/registry.ts'
import { meansOf } from '../ranking/metric-means.ts'
import { type Basis, basisOf, type Candidate, seedFor, seriesName } from '../ranking/observation.ts'
import { dominates, marginsOf } from '../ranking/pareto.ts'
import type { RankedEntry, Ranking } from '../ranking/rank-candidates.ts'
import { STATUS } from '../ranking/utility-table.ts'
import { mean } from '../stats/correlation.ts'
import { seededRandom } from '../stats/random.ts'
import { signFlipBounds } from '../stats/sign-flip.ts'
import type { PriceTable } from './cost.ts'
import { weightedDifferences, type WeightedDifference } from './differences.ts'
import { type Saving, savingOf, shareSaved } from './saving.ts'

/**
 * `dominates`: nowhere worse and somewhere better by more than the smallest difference of interest.
 * `equivalent_and_cheaper`: as good, and at least 5 % less of what it costs.
 */
type OptimizationKind = 'dominates' | 'equivalent_and_cheaper'

/** Another parameter set of the same pipeline that is worth taking. */
export interface Optimization {
  readonly kind: OptimizationKind
  readonly from: Candidate
  readonly to: Candidate
  readonly toKey: string
  readonly differences: readonly WeightedDifference[]
  readonly saving: Saving | null
  /** Metrics whose 90 % interval of the difference lies inside the smallest difference of interest, and those not. */
  readonly equivalentIn: readonly string[]
  readonly notShownIn: readonly string[]
  readonly basis: Basis
}

const LEAST_SAVING = 0.05
const EQUIVALENCE = 0.9

/** Parameter sets of the same pipeline and project that beat a ranked candidate, the best of them first. */
export const optimizationsOf = (
  ranking: Ranking,
  current: RankedEntry,
  prices: PriceTable | null,
): readonly Optimization[] => {
  const means = meansOf(ranking.table)
  const margins = marginsOf(ranking.table)
  return ranking.entries
    .filter((entry) => entry !== current && isSamePipeline(entry.candidate, current.candidate))
    .flatMap((other): Optimization[] => {
      const share = shareSaved(ranking.board, current, other, prices)
      const equivalence = equivalenceOf(ranking, current, other)
      const found: OptimizationKind | null = dominates(means, margins, other.position, current.position)
        ? 'dominates'
        : equivalence.isEquivalent && share !== null && share >= LEAST_SAVING
          ? 'equivalent_and_cheaper'
          : null
      if (found === null) return []
      return [
        {
          kind: found,
          from: current.candidate,
          to: other.candidate,
          toKey: other.key,
          differences: weightedDifferences(ranking, other, current),
          saving: savingOf(ranking.board, current, other, prices),
          equivalentIn: equivalence.shown,
          notShownIn: equivalence.notShown,
          basis: equivalence.basis,
        },
      ]
    })
}

const isSamePipeline = (left: Candidate, right: Candidate): boolean =>
  left.pipeline === right.pipeline && left.project === right.project

interface Equivalence {
  readonly isEquivalent: boolean
  readonly shown: readonly string[]
  readonly notShown: readonly string[]
  readonly basis: Basis
}

/**
 * Two one-sided tests at 5 %: equivalent when the 90 % sign-flip interval of the paired difference lies inside the
 * smallest difference of interest, for every counted metric but the resources (which are what is to be saved).
 */
export const equivalenceOf = ({ table, seed }: Ranking, left: RankedEntry, right: RankedEntry): Equivalence => {
  const width = table.samples.length
  const of = table.candidates[left.position]
  const other = table.candidates[right.position]
  const margins = marginsOf(table)
  const shown: string[] = []
  const notShown: string[] = []
  for (const [k, metric] of table.board.metrics.entries()) {
    if (metric.weight === 0 || findMetric(metric.metric)?.definition.family === 'resources') continue
    const cells = Array.from({ length: width }, (_none, i) => k * width + i)
    const paired = cells.filter((at) => of?.status[at] === STATUS.value && other?.status[at] === STATUS.value)
    const differences = paired.map((at) => (of?.utility[at] ?? 0) - (other?.utility[at] ?? 0))
    const margin = margins[k] ?? 0
    const random = seededRandom(seedFor(seed, `equivalence/${left.key}/${right.key}/${String(k)}`))
    // The mean lies inside its bounds: where it is too far off already, they need not be known.
    const isNear = differences.length > 0 && Math.abs(mean(differences)) < margin
    const bounds = isNear ? signFlipBounds(differences, random)(EQUIVALENCE) : null
    const inside = bounds !== null && bounds.low > -margin && bounds.high < margin
    ;(inside ? shown : notShown).push(seriesName(metric))
  }
  return {
    isEquivalent: shown.length > 0 && notShown.length === 0,
    shown,
    notShown,
    basis: basisOf({
      method: 'tost_paired_sign_flip_interval',
      n: shown.length + notShown.length,
      m: width,
      level: EQUIVALENCE,
      assumption: 'differences_symmetric',
      seed,
      // The shortest 90 % interval of a sign-flip test needs 2 / 2^m <= 10 %.
      warnings: width < 5 ? ['too_few_samples'] : [],
    }),
  }
}
